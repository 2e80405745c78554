/** Graphs of expressions in C: places, casts, calls, what is passed by address. */
import assert from 'node:assert/strict';
import { C } from '../../../../src/analyzers/languages/c/index.ts';
import { withoutMargin } from '../draw-graph.ts';
import { SourceReader } from './graphs-of.ts';

describe('C expressions', () => {
  let reader: SourceReader;
  before(async () => {
    reader = await SourceReader.for(C);
  });

  function draws(source: string, graph: string): void {
    assert.equal(reader.draw(source), withoutMargin(graph));
  }

  it('name places: locals, globals, fields, elements, what a pointer points to', () => {
    draws(
      `
        void f(struct ctx *c, HANDLE *out, HANDLE all[]) {
          HANDLE h = open_one();
          c->map = h;
          (*c).map = h;
          c->inner.deep.deeper.deepest = h;
          *out = h;
          out[0] = h;
          all[c->count++] = h;
          global = h;
        }
      `,
      `
        f(c: ctx*, out: HANDLE*, all: HANDLE[])
        0:
          h = open_one()
          c.map <- h
          c.map <- h
          c.inner.deep.deeper <- h
          out.* <- h
          out[] <- h
          all[] <- h
          G.global <- h
          end h
          return (implicit)
      `,
    );
  });

  it('see through casts and parentheses', () => {
    draws(
      `
        void f(void *p) {
          HANDLE h = (HANDLE)(ULONG_PTR)(p);
          char *view = (char *)MapViewOfFile((HANDLE)h, 1, 0, 0, 0);
          UnmapViewOfFile((LPCVOID)(view));
        }
      `,
      `
        f(p: void*)
        0:
          h = ULONG_PTR(p)
          view = MapViewOfFile(h, 1, null, null, null)
          UnmapViewOfFile(view)
          end h, view
          return (implicit)
      `,
    );
  });

  it('keep a pointer that is moved within what it points to', () => {
    draws(
      `
        char *f(HANDLE h, int off) {
          char *base = MapViewOfFile(h, 1, 0, 0, 0);
          char *start = base + off;
          base += off;
          base++;
          return (char *)base - off;
        }
      `,
      `
        f(h: HANDLE, off: int)
        0:
          base = MapViewOfFile(h, 1, null, null, null)
          start <- base
          t1 <- base
          end base, start
          return t1
      `,
    );
  });

  it('forget numbers that are counted', () => {
    draws(
      `
        void f(int fd) {
          int count = 0;
          count++;
          count += 2;
          use(fd + 1);
        }
      `,
      `
        f(fd: int)
        0:
          count <- null
          count <- \`1\`
          count <- \`2\`
          use(\`fd + 1\`)
          end count
          return (implicit)
      `,
    );
  });

  it('put the result of a call where it belongs', () => {
    draws(
      `
        HANDLE f(struct ctx *c) {
          HANDLE a, b;
          a = b = CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, 4, 0, 1, "name");
          c->map = CreateFileMappingW(NULL, NULL, 4, 0, 1, L"na" L"me");
          c->map = OpenFileMapping(4, 0, TEXT("text"));
          (void)CreateFileMappingA(0, 0, 4, 0, 1, 0);
          return OpenFileMappingA(4, 0, "name");
        }
      `,
      `
        f(c: ctx*)
        0:
          b = CreateFileMappingA(minus-one, null, 4, null, 1, "name")
          a <- b
          c.map = CreateFileMappingW(null, null, 4, null, 1, "name")
          c.map = OpenFileMapping(4, null, "text")
          CreateFileMappingA(null, null, 4, null, 1, null)
          t1 = OpenFileMappingA(4, null, "name")
          t2 <- t1
          end a, b
          return t2
      `,
    );
  });

  it('pass variables by address', () => {
    draws(
      `
        void f(struct ctx *c) {
          HANDLE h;
          PVOID base = 0;
          NtCreateSection(&h, 1, 0, 0, 1, 1, 0);
          NtCreateSection(&c->map, 1, 0, 0, 1, 1, 0);
          NtMapViewOfSection(h, (HANDLE)-1, &base, 0, 0, 0, &c->bytes, 1, 0, 4);
        }
      `,
      `
        f(c: ctx*)
        0:
          base <- null
          NtCreateSection(&h, 1, null, null, 1, 1, null)
          NtCreateSection(&c.map, 1, null, null, 1, 1, null)
          NtMapViewOfSection(h, minus-one, &base, null, null, null, &c.bytes, 1, null, 4)
          end h, base
          return (implicit)
      `,
    );
  });

  it('remember whose address is kept', () => {
    draws(
      `
        HANDLE *f(struct registry *r) {
          HANDLE kept, other;
          HANDLE *alias = &kept;
          *alias = CreateFileMappingA(0, 0, 4, 0, 1, 0);
          r->slot = &other;
          return alias;
        }
      `,
      `
        f(r: registry*)
        0:
          kept = CreateFileMappingA(null, null, 4, null, 1, null)
          r.slot <- \`&other\`
          end kept, other, alias
          return \`alias\`
        captured other
      `,
    );
  });

  it('choose between values', () => {
    draws(
      `
        HANDLE f(int n) {
          HANDLE h = n ? CreateFileMappingA(0, 0, 4, 0, 1, 0) : NULL;
          return n > 2 ? h : (free(h), NULL);
        }
      `,
      `
        f(n: int)
        0:
          if n is null -> 1 else 6
        1:
          h <- null
          goto 2
        2:
          if \`n > 2\` -> 3 else 5
        3:
          t1 <- h
          goto 4
        4:
          t2 <- t1
          end h
          return t2
        5:
          free(h)
          t1 <- null
          goto 4
        6:
          h = CreateFileMappingA(null, null, 4, null, 1, null)
          goto 2
      `,
    );
  });

  it('know calls through pointers by the function that they are named after', () => {
    draws(
      `
        void f(struct api *api, HANDLE h) {
          pNtClose(h);
          fnUnmapViewOfFile(h);
          g_pfnCloseHandle(h);
          _NtUnmapViewOfSection((HANDLE)-1, h);
          api->NtClose(h);
          (*api->CloseHandle)(h);
          table[2](h);
          ((CLOSE)GetProcAddress(dll, "NtClose"))(h);
          CLOSE look = (CLOSE)GetProcAddress(dll, "CloseHandle");
          look(h);
          pFrobnicate(h);
          vfs->close(h);
        }
      `,
      `
        f(api: api*, h: HANDLE)
        0:
          NtClose(h)
          UnmapViewOfFile(h)
          CloseHandle(h)
          NtUnmapViewOfSection(minus-one, h)
          NtClose(h)
          CloseHandle(h)
          table(h)
          NtClose(h)
          look = GetProcAddress(G.dll, "CloseHandle")
          CloseHandle(h)
          pFrobnicate(h)
          close(h)
          end look
          return (implicit)
      `,
    );
  });

  it('make objects: structures, arrays, memory', () => {
    draws(
      `
        void f(size_t n) {
          struct pair { HANDLE map; void *view; } one = { CreateFileMappingA(0, 0, 4, 0, 1, 0), NULL };
          struct pair two = { .view = 0, .map = open_one() };
          HANDLE all[2] = { open_one(), open_one() };
          struct unknown three = { open_one() };
          PROCESSENTRY32 entry = { 0 };
          HANDLE none = { 0 };
          struct pair *heap = malloc(sizeof *heap);
          heap->map = open_one();
          heap = realloc(heap, n);
          take((struct pair){ .map = open_one() });
        }
      `,
      `
        f(n: size_t)
        0:
          one <- fresh
          one.?0 = CreateFileMappingA(null, null, 4, null, 1, null)
          one.?1 <- null
          two <- fresh
          two.view <- null
          two.map = open_one()
          all <- fresh
          all[] = open_one()
          all[] = open_one()
          three <- fresh
          three.?0 = open_one()
          entry <- fresh
          entry.?0 <- null
          none <- null
          heap = malloc(\`sizeof *heap\`)
          heap <- fresh
          heap.map = open_one()
          t1 <- fresh
          t1.map = open_one()
          take(t1)
          end one, two, all, three, entry, none, heap
          return (implicit)
      `,
    );
  });

  it('exchange values', () => {
    draws(
      `
        HANDLE f(struct ctx *c) {
          UnmapViewOfFile(InterlockedExchangePointer(&c->view, NULL));
          return (HANDLE)InterlockedExchangePointer((void **)&c->map, 0);
        }
      `,
      `
        f(c: ctx*)
        0:
          t1 <- c.view
          c.view <- null
          UnmapViewOfFile(t1)
          t2 <- c.map
          c.map <- null
          t3 <- t2
          return t3
      `,
    );
  });

  it('take the value of a statement expression', () => {
    draws(
      `
        int f(void) {
          int fd = ({ int t = memfd_create("a", 0); check(t); t; });
          return fd;
        }
      `,
      `
        f()
        0:
          t = memfd_create("a", null)
          check(t)
          t2 <- t
          end t
          fd <- t2
          t3 <- fd
          end fd
          return t3
      `,
    );
  });

  it('evaluate nothing that is only measured', () => {
    draws(
      `
        void f(void) {
          n = sizeof(open_one()) + sizeof(struct pair) + offsetof(struct pair, view);
        }
      `,
      `
        f()
        0:
          G.n <- \`sizeof(open_one()) + sizeof(struct pair) + offsetof(struct pair, view)\`
          return (implicit)
      `,
    );
  });
});
