/** Graphs of the uses of a file's own macros: a return, a jump or a release that a macro hides. */
import assert from 'node:assert/strict';
import { C } from '../../../../src/analyzers/languages/c/index.ts';
import { withoutMargin } from '../draw-graph.ts';
import { SourceReader } from './graphs-of.ts';

describe('C macros', () => {
  let reader: SourceReader;
  before(async () => {
    reader = await SourceReader.for(C);
  });

  function draws(source: string, graph: string): void {
    assert.equal(reader.draw(source), withoutMargin(graph));
  }

  it('show the return that they hide, and its test', () => {
    draws(
      `
        #define RETURN_IF_NULL(handle) \\
          do { \\
            if ((handle) == NULL) return FALSE; \\
          } while (0)
        BOOL f(void) {
          HANDLE h = open_one();
          RETURN_IF_NULL(h);
          CloseHandle(h);
          return TRUE;
        }
      `,
      `
        f()
        0:
          h = open_one()
          if h is null -> 1 else 2
        1:
          end h
          return false (braceless)
        2:
          CloseHandle(h)
          end h
          return true
      `,
    );
  });

  it('show the jump that they hide', () => {
    draws(
      `
        #define CHECK(call) if ((status = (call)) < 0) goto fail
        int f(void) {
          NTSTATUS status;
          HANDLE h = 0;
          CHECK(NtCreateSection(&h, 1, 0, 0, 1, 1, 0));
          return 0;
        fail:
          return status;
        }
      `,
      `
        f()
        0:
          h <- null
          t1 = NtCreateSection(&h, 1, null, null, 1, 1, null)
          status <- t1
          if status is negative -> 1 else 2
        1:
          t2 <- status
          end status, h
          return t2
        2:
          end status, h
          return null
      `,
    );
  });

  it('show the release that they hide', () => {
    draws(
      `
        #define SAFE_CLOSE(h) { if (h) CloseHandle(h); (h) = NULL; }
        #define DROP(view) UnmapViewOfFile(view)
        void f(struct ctx *c) {
          SAFE_CLOSE(c->map)
          DROP(c->view);
        }
      `,
      `
        f(c: ctx*)
        0:
          if c.map is null -> 1 else 2
        1:
          c.map <- null
          UnmapViewOfFile(c.view)
          return (implicit)
        2:
          CloseHandle(c.map)
          goto 1
      `,
    );
  });

  it('stand for conditions', () => {
    draws(
      `
        #define VALID(h) ((h) && (h) != INVALID_HANDLE_VALUE)
        #define NO_FD (-1)
        #define FAILED_FD(fd) ((fd) == NO_FD)
        void f(HANDLE h, int fd) {
          if (!VALID(h)) return;
          if (FAILED_FD(fd) || fd == NO_FD) return;
          use(h);
        }
      `,
      `
        f(h: HANDLE, fd: int)
        0:
          if h is null -> 1 else 2
        1:
          return (braceless)
        2:
          if h is minus-one -> 1 else 3
        3:
          if fd is minus-one -> 4 else 5
        4:
          return (braceless)
        5:
          if fd is minus-one -> 4 else 6
        6:
          use(h)
          return (implicit)
      `,
    );
  });

  it('stand for functions, values and places', () => {
    draws(
      `
        #define CREATE_MAP CreateFileMappingA
        #define MAPPING (ctx->map)
        #define open_anonymous(bytes) CREATE_MAP(INVALID_HANDLE_VALUE, NULL, 4, 0, bytes, NULL)
        void f(struct ctx *ctx) {
          MAPPING = open_anonymous(4096);
          CloseHandle(MAPPING);
        }
      `,
      `
        f(ctx: ctx*)
        0:
          ctx.map = CreateFileMappingA(minus-one, null, 4, null, 4096, null)
          CloseHandle(ctx.map)
          return (implicit)
      `,
    );
  });

  it('are used within each other, not without end', () => {
    draws(
      `
        #define CLOSE(h) do_close(h)
        #define do_close(h) CloseHandle(h)
        #define LOOP(h) LOOP(h)
        void f(HANDLE h) { CLOSE(h); LOOP(h); }
      `,
      `
        f(h: HANDLE)
        0:
          CloseHandle(h)
          LOOP(h)
          return (implicit)
      `,
    );
  });

  it('take several arguments', () => {
    draws(
      `
        #define LOG(format, ...) print(format, __VA_ARGS__)
        #define ASSERT_OR(condition, ...) do { if (!(condition)) { __VA_ARGS__; } } while (0)
        int f(HANDLE h) {
          LOG("%p", h);
          ASSERT_OR(h != NULL, return 5);
          return 0;
        }
      `,
      `
        f(h: HANDLE)
        0:
          print("%p", h)
          if h is null -> 1 else 2
        1:
          return 5
        2:
          return null
      `,
    );
  });

  it('that paste names are a way out that may be taken', () => {
    draws(
      `
        #define TRY(kind, call) do { kind##_result r = call; if (r) { note(r); return r; } } while (0)
        #define JUMP(kind) kind##_log(); goto out
        int f(HANDLE h) {
          TRY(nt, open_one(h));
          JUMP(nt);
          CloseHandle(h);
        out:
          return 0;
        }
      `,
      `
        f(h: HANDLE)
        0:
          t1 = open_one(h)
          if \`TRY(nt, open_one(h))\` -> 1 else 2
        1:
          return
        2:
          if \`JUMP(nt)\` -> 3 else 4
        3:
          return null
        4:
          CloseHandle(h)
          goto 3
      `,
    );
  });

  it('that stand alone', () => {
    draws(
      `
        #define CLEAN_UP_AND_LEAVE CloseHandle(h); return
        void f(HANDLE h) {
          CLEAN_UP_AND_LEAVE;
        }
      `,
      `
        f(h: HANDLE)
        0:
          CloseHandle(h)
          return
      `,
    );
  });

  it('that nobody knows, given a statement that leaves', () => {
    draws(
      `
        int f(HANDLE h) {
          CHECK_OR(h != NULL, return -1);
          ENSURE(ready(), goto out);
          while (more()) { SKIP_IF(done(), break); }
        out:
          return 0;
        }
      `,
      `
        f(h: HANDLE)
        0:
          if h is null -> 1 else 8
        1:
          t1 <- false
          goto 2
        2:
          if \`CHECK_OR(h != NULL, return -1)\` -> 3 else 4
        3:
          return minus-one
        4:
          t2 = ready()
          if \`ENSURE(ready(), goto out)\` -> 5 else 6
        5:
          return null
        6:
          t3 = more()
          if t3 is null -> 5 else 7
        7:
          t4 = done()
          if \`SKIP_IF(done(), break)\` -> 5 else 6
        8:
          t1 <- true
          goto 2
      `,
    );
  });
});
