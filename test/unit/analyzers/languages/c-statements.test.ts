/** Graphs of statements in C: loops, switches, jumps, structured exception handling, alternatives of the preprocessor. */
import assert from 'node:assert/strict';
import { C } from '../../../../src/analyzers/languages/c/index.ts';
import { withoutMargin } from '../draw-graph.ts';
import { SourceReader } from './graphs-of.ts';

describe('C statements', () => {
  let reader: SourceReader;
  before(async () => {
    reader = await SourceReader.for(C);
  });

  function draws(source: string, graph: string): void {
    assert.equal(reader.draw(source), withoutMargin(graph));
  }

  it('run clean-up behind labels', () => {
    draws(
      `
        int f(void) {
          int result = -1;
          HANDLE h = open_one();
          if (!h) goto out;
          { HANDLE inner = open_one(); if (!inner) goto close; CloseHandle(inner); }
          result = 0;
        close:
          CloseHandle(h);
        out:
          return result;
        }
      `,
      `
        f()
        0:
          result <- minus-one
          h = open_one()
          if h is null -> 1 else 2
        1:
          t1 <- result
          end result, h
          return t1
        2:
          inner = open_one()
          if inner is null -> 3 else 4
        3:
          CloseHandle(h)
          goto 1
        4:
          CloseHandle(inner)
          end inner
          result <- null
          goto 3
      `,
    );
  });

  it('fall through the cases of a switch', () => {
    draws(
      `
        int f(int kind, HANDLE h) {
          switch (kind) {
          case 0:
            a();
          case 1: {
            b();
            break;
          }
          case 2:
            return 2;
          default:
            c();
          }
          switch ((int)h) { case 0: return 1; case -1: return 2; }
          return 0;
        }
      `,
      `
        f(kind: int, h: HANDLE)
        0:
          if kind is null -> 1 else 8
        1:
          a()
          goto 2
        2:
          b()
          goto 3
        3:
          if h is null -> 4 else 5
        4:
          return 1
        5:
          if h is minus-one -> 6 else 7
        6:
          return 2
        7:
          return null
        8:
          if \`case 1\` -> 2 else 9
        9:
          if \`case 2\` -> 10 else 11
        10:
          return 2
        11:
          c()
          goto 3
      `,
    );
  });

  it('go round loops', () => {
    draws(
      `
        void f(int n) {
          for (int i = 0; i < n; i++) { if (a(i)) continue; b(i); }
          while (n > 0) { if (c()) break; n--; }
          do d(); while (more());
        }
      `,
      `
        f(n: int)
        0:
          i <- null
          goto 1
        1:
          if \`i < n\` -> 2 else 5
        2:
          t1 = a(i)
          if t1 is null -> 3 else 4
        3:
          b(i)
          goto 4
        4:
          i <- \`1\`
          goto 1
        5:
          end i
          goto 6
        6:
          if n is negative -> 7 else 9
        7:
          d()
          t2 = more()
          if t2 is null -> 8 else 7
        8:
          return (implicit)
        9:
          if n is null -> 7 else 10
        10:
          t3 = c()
          if t3 is null -> 11 else 7
        11:
          n <- \`1\`
          goto 6
      `,
    );
  });

  it('tell loops that work on elements', () => {
    draws(
      `
        void f(struct all *all, int n) {
          for (int i = 0; i < n; i++) CloseHandle(all->maps[i]);
          while (n--) close(kept[n]);
          for (int i = 0; i < n && ok; ++i) { UnmapViewOfFile(all->views[i].base); }
        }
      `,
      `
        f(all: all*, n: int)
        0:
          i <- null
          goto 1
        1:
          if loop over all.maps[] -> 2 else 3
        2:
          CloseHandle(all.maps[])
          i <- \`1\`
          goto 1
        3:
          end i
          goto 4
        4:
          n <- \`1\`
          if loop over G.kept[] -> 5 else 6
        5:
          close(G.kept[])
          goto 4
        6:
          i'2 <- null
          goto 7
        7:
          if loop over all.views[] -> 8 else 9
        8:
          if G.ok is null -> 9 else 10
        9:
          end i'2
          return (implicit)
        10:
          UnmapViewOfFile(all.views[].base)
          i'2 <- \`1\`
          goto 7
      `,
    );
  });

  it('say which statement has no braces of its own', () => {
    draws(
      `
        int f(HANDLE h) {
          if (!h) return 1;
          else return 2;
        }
      `,
      `
        f(h: HANDLE)
        0:
          if h is null -> 1 else 2
        1:
          return 1 (braceless)
        2:
          return 2 (braceless)
      `,
    );
  });

  it('run __finally on every way out', () => {
    draws(
      `
        void f(HANDLE h) {
          __try {
            if (a(h)) __leave;
            if (b(h)) return;
            while (c()) { if (d()) break; }
          } __finally {
            CloseHandle(h);
          }
        }
      `,
      `
        f(h: HANDLE)
        0 !6:
          t1 = a(h)
          if t1 is null -> 1 else 8
        1 !6:
          t2 = b(h)
          if t2 is null -> 2 else 7
        2 !6:
          t3 = c()
          if t3 is null -> 3 else 5
        3:
          CloseHandle(h)
          goto 4
        4:
          return (implicit)
        5 !6:
          t4 = d()
          if t4 is null -> 2 else 3
        6:
          CloseHandle(h)
          throw (implicit)
        7:
          CloseHandle(h)
          return (braceless)
        8:
          CloseHandle(h)
          goto 4
      `,
    );
  });

  it('go on in __except', () => {
    draws(
      `
        int f(void *view) {
          __try {
            read(view);
          } __except (EXCEPTION_EXECUTE_HANDLER) {
            UnmapViewOfFile(view);
            return -1;
          }
          return 0;
        }
      `,
      `
        f(view: void*)
        0 !1:
          read(view)
          return null
        1:
          UnmapViewOfFile(view)
          return minus-one
      `,
    );
  });

  it('keep alternatives of the preprocessor apart, the same way everywhere', () => {
    draws(
      `
        void f(void) {
          int fd = -1;
        #ifdef HAVE_MEMFD
          fd = memfd_create("a", 0);
        #else
          fd = shm_open("/a", 0, 0600);
        #endif
        #if defined(HAVE_MEMFD) && !defined(KEEP)
          close(fd);
        #endif
        }
      `,
      `
        f()
        0:
          fd <- minus-one
          if #HAVE_MEMFD is true -> 1 else 6
        1:
          fd = memfd_create("a", null)
          goto 2
        2:
          if #HAVE_MEMFD is true -> 3 else 4
        3:
          if \`defined(KEEP)\` -> 4 else 5
        4:
          end fd
          return (implicit)
        5:
          close(fd)
          goto 4
        6:
          fd = shm_open("/a", null, \`0600\`)
          goto 2
      `,
    );
  });

  it('know a local that each alternative declares', () => {
    draws(
      `
        void f(HANDLE h) {
        #ifdef _WIN32
          void *view = MapViewOfFile(h, 1, 0, 0, 0);
        #else
          void *view = mmap(0, 1, 3, 1, fd, 0);
        #endif
          keep(view);
        }
      `,
      `
        f(h: HANDLE)
        0:
          if \`_WIN32\` -> 1 else 3
        1:
          view = MapViewOfFile(h, 1, null, null, null)
          goto 2
        2:
          keep(view)
          end view
          return (implicit)
        3:
          view = mmap(null, 1, 3, 1, G.fd, null)
          goto 2
      `,
    );
  });

  it('need no memory of a condition that stands alone', () => {
    draws(
      `
        void f(HANDLE h) {
        #ifdef VERBOSE
          print(h);
        #endif
          CloseHandle(h);
        }
      `,
      `
        f(h: HANDLE)
        0:
          if \`VERBOSE\` -> 1 else 2
        1:
          print(h)
          goto 2
        2:
          CloseHandle(h)
          return (implicit)
      `,
    );
  });

  it('keep what lasts longer than the call out of the locals', () => {
    draws(
      `
        int f(void) {
          static int fd = -1;
          static HANDLE once = 0;
          extern int shared;
          if (fd == -1) fd = memfd_create("a", 0);
          shared = fd;
          return fd;
        }
      `,
      `
        f()
        0:
          if G.fd is minus-one -> 1 else 2
        1:
          G.fd = memfd_create("a", null)
          goto 2
        2:
          G.shared <- G.fd
          t1 <- G.fd
          return t1
      `,
    );
  });

  it('read old definitions', () => {
    draws(
      `
        int f(h, count)
          HANDLE h;
          int *count;
        {
          *count = 1;
          return CloseHandle(h);
        }
      `,
      `
        f(h: HANDLE, count: int*)
        0:
          count.* <- 1
          t1 = CloseHandle(h)
          t2 <- t1
          return t2
      `,
    );
  });

  it('read names that are words of C++', () => {
    draws(
      `
        void f(struct class *this, int new, int delete) {
          this->template = new + delete;
          close(new);
        }
      `,
      `
        f(this: class*, new: int, delete: int)
        0:
          this.template <- \`new + delete\`
          close(new)
          return (implicit)
      `,
    );
  });

  it('end at the brace of main', () => {
    draws(
      `
        int main(int argc, char **argv) {
          int fd = memfd_create(argv[0], 0);
        }
      `,
      `
        main(argc: int, argv: char**)
        0:
          fd = memfd_create(argv[], null)
          end fd
          return (implicit)
      `,
    );
  });
});
