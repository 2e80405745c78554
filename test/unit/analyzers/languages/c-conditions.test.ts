/** Graphs of conditions in C: what an edge tells of a handle, a descriptor, a status code or a flag. */
import assert from 'node:assert/strict';
import { C } from '../../../../src/analyzers/languages/c/index.ts';
import { withoutMargin } from '../draw-graph.ts';
import { SourceReader } from './graphs-of.ts';

describe('C conditions', () => {
  let reader: SourceReader;
  before(async () => {
    reader = await SourceReader.for(C);
  });

  function draws(source: string, graph: string): void {
    assert.equal(reader.draw(source), withoutMargin(graph));
  }

  it('test handles for null and for INVALID_HANDLE_VALUE, in all spellings', () => {
    draws(
      `
        void f(HANDLE h) {
          if (!h) a();
          if (h) b();
          if (h == NULL) c();
          if (NULL != h) d();
          if (h == 0) e();
          if (h == INVALID_HANDLE_VALUE) g();
          if (h != (HANDLE)-1) i();
          if ((h) && h != INVALID_HANDLE_VALUE) j();
        }
      `,
      `
        f(h: HANDLE)
        0:
          if h is null -> 1 else 2
        1:
          a()
          goto 2
        2:
          if h is null -> 3 else 17
        3:
          if h is null -> 4 else 5
        4:
          c()
          goto 5
        5:
          if h is null -> 6 else 16
        6:
          if h is null -> 7 else 8
        7:
          e()
          goto 8
        8:
          if h is minus-one -> 9 else 10
        9:
          g()
          goto 10
        10:
          if h is minus-one -> 11 else 15
        11:
          if h is null -> 12 else 13
        12:
          return (implicit)
        13:
          if h is minus-one -> 12 else 14
        14:
          j()
          goto 12
        15:
          i()
          goto 11
        16:
          d()
          goto 6
        17:
          b()
          goto 3
      `,
    );
  });

  it('test descriptors for being negative', () => {
    draws(
      `
        void f(int fd) {
          if (fd < 0) a();
          if (fd >= 0) b();
          if (fd == -1) c();
          if (-1 != fd) d();
          if (fd > -1) e();
          if (fd <= -1) g();
          if (0 > fd) h();
          if (fd > 0) i();
        }
      `,
      `
        f(fd: int)
        0:
          if fd is negative -> 1 else 2
        1:
          a()
          goto 2
        2:
          if fd is negative -> 3 else 17
        3:
          if fd is minus-one -> 4 else 5
        4:
          c()
          goto 5
        5:
          if fd is minus-one -> 6 else 16
        6:
          if fd is negative -> 7 else 15
        7:
          if fd is negative -> 8 else 9
        8:
          g()
          goto 9
        9:
          if fd is negative -> 10 else 11
        10:
          h()
          goto 11
        11:
          if fd is negative -> 12 else 13
        12:
          return (implicit)
        13:
          if fd is null -> 12 else 14
        14:
          i()
          goto 12
        15:
          e()
          goto 7
        16:
          d()
          goto 6
        17:
          b()
          goto 3
      `,
    );
  });

  it('test mappings for MAP_FAILED', () => {
    draws(
      `
        void f(char *view) {
          if (view == MAP_FAILED) a();
          if (view != (void *)-1) b();
          if (view == (char *)MAP_FAILED) c();
        }
      `,
      `
        f(view: char*)
        0:
          if view is minus-one -> 1 else 2
        1:
          a()
          goto 2
        2:
          if view is minus-one -> 3 else 6
        3:
          if view is minus-one -> 4 else 5
        4:
          c()
          goto 5
        5:
          return (implicit)
        6:
          b()
          goto 3
      `,
    );
  });

  it('test status codes for success', () => {
    draws(
      `
        void f(NTSTATUS status, HRESULT hr, DWORD error) {
          if (NT_SUCCESS(status)) a();
          if (!NT_SUCCESS(status)) b();
          if (FAILED(hr)) c();
          if (SUCCEEDED(hr)) d();
          if (status != STATUS_SUCCESS) e();
          if (hr == S_OK) g();
          if (status < 0) h();
          if (status == 0) i();
          if (status) j();
          if (error != ERROR_SUCCESS) k();
        }
      `,
      `
        f(status: NTSTATUS, hr: HRESULT, error: DWORD)
        0:
          if status is success -> 1 else 2
        1:
          a()
          goto 2
        2:
          if status is success -> 3 else 20
        3:
          if hr is success -> 4 else 19
        4:
          if hr is success -> 5 else 6
        5:
          d()
          goto 6
        6:
          if status is success -> 7 else 18
        7:
          if hr is success -> 8 else 9
        8:
          g()
          goto 9
        9:
          if status is negative -> 10 else 11
        10:
          h()
          goto 11
        11:
          if status is success -> 12 else 13
        12:
          i()
          goto 13
        13:
          if status is success -> 14 else 17
        14:
          if error is success -> 15 else 16
        15:
          return (implicit)
        16:
          k()
          goto 15
        17:
          j()
          goto 14
        18:
          e()
          goto 7
        19:
          c()
          goto 4
        20:
          b()
          goto 3
      `,
    );
  });

  it('test the value of an assignment', () => {
    draws(
      `
        void f(void) {
          HANDLE h;
          int fd;
          NTSTATUS s;
          if ((h = CreateFileMappingA(0, 0, 0, 0, 1, 0)) == NULL) return;
          if ((fd = memfd_create("a", 0)) < 0) return;
          if (!NT_SUCCESS(s = NtCreateSection(&h, 1, 0, 0, 1, 1, 0))) return;
          while ((h = next()) != NULL) use(h);
        }
      `,
      `
        f()
        0:
          h = CreateFileMappingA(null, null, null, null, 1, null)
          if h is null -> 1 else 2
        1:
          end h, fd, s
          return (braceless)
        2:
          fd = memfd_create("a", null)
          if fd is negative -> 3 else 4
        3:
          end h, fd, s
          return (braceless)
        4:
          s = NtCreateSection(&h, 1, null, null, 1, 1, null)
          if s is success -> 5 else 8
        5:
          h = next()
          if h is null -> 6 else 7
        6:
          end h, fd, s
          return (implicit)
        7:
          use(h)
          goto 5
        8:
          end h, fd, s
          return (braceless)
      `,
    );
  });

  it('test the result of a call that nothing holds', () => {
    draws(
      `
        int f(void) {
          if (NtCreateSection(&h, 1, 0, 0, 1, 1, 0) != 0) return 1;
          if (!CloseHandle(h)) return 2;
          return open_it() == -1 ? 3 : 4;
        }
      `,
      `
        f()
        0:
          t1 = NtCreateSection(&G.h, 1, null, null, 1, 1, null)
          if t1 is success -> 1 else 7
        1:
          t2 = CloseHandle(G.h)
          if t2 is null -> 2 else 3
        2:
          return 2 (braceless)
        3:
          t3 = open_it()
          if t3 is minus-one -> 4 else 6
        4:
          t4 <- 3
          goto 5
        5:
          t5 <- t4
          return t5
        6:
          t4 <- 4
          goto 5
        7:
          return 1 (braceless)
      `,
    );
  });

  it('test flags for true', () => {
    draws(
      `
        void f(BOOL ok, bool done, int count) {
          if (ok) a();
          if (!done) b();
          if (ok == TRUE) c();
          if (done == false) d();
          if (ok != 0) e();
          if (count) g();
        }
      `,
      `
        f(ok: BOOL, done: bool, count: int)
        0:
          if ok is true -> 1 else 2
        1:
          a()
          goto 2
        2:
          if done is true -> 3 else 12
        3:
          if ok is true -> 4 else 5
        4:
          c()
          goto 5
        5:
          if done is false -> 6 else 7
        6:
          d()
          goto 7
        7:
          if ok is false -> 8 else 11
        8:
          if count is null -> 9 else 10
        9:
          return (implicit)
        10:
          g()
          goto 9
        11:
          e()
          goto 8
        12:
          b()
          goto 3
      `,
    );
  });

  it('follow and, or, not and the comma', () => {
    draws(
      `
        void f(HANDLE a, HANDLE b) {
          if (a && (!b || a == b)) g();
          if (log("x"), a) h();
          if (!(a || b)) i();
        }
      `,
      `
        f(a: HANDLE, b: HANDLE)
        0:
          if a is null -> 1 else 7
        1:
          log("x")
          if a is null -> 2 else 6
        2:
          if a is null -> 3 else 5
        3:
          if b is null -> 4 else 5
        4:
          i()
          goto 5
        5:
          return (implicit)
        6:
          h()
          goto 2
        7:
          if b is null -> 8 else 9
        8:
          g()
          goto 1
        9:
          if \`a == b\` -> 8 else 1
      `,
    );
  });

  it('see through what only tells the compiler what to expect', () => {
    draws(
      `
        void f(int fd) {
          if (unlikely(fd < 0)) a();
          if (__builtin_expect(fd == -1, 0)) b();
          if (G_LIKELY(fd >= 0)) c();
        }
      `,
      `
        f(fd: int)
        0:
          if fd is negative -> 1 else 2
        1:
          a()
          goto 2
        2:
          if fd is minus-one -> 3 else 4
        3:
          b()
          goto 4
        4:
          if fd is negative -> 5 else 6
        5:
          return (implicit)
        6:
          c()
          goto 5
      `,
    );
  });

  it('know what never and always holds', () => {
    draws(
      `
        void f(void) {
          while (1) { if (a()) break; }
          while (TRUE) { if (b()) break; }
          do { c(); } while (0);
          if (0) d();
          for (;;) { if (e()) break; }
        }
      `,
      `
        f()
        0:
          goto 1
        1:
          t1 = a()
          if t1 is null -> 1 else 2
        2:
          t2 = b()
          if t2 is null -> 2 else 3
        3:
          c()
          goto 4
        4:
          t3 = e()
          if t3 is null -> 4 else 5
        5:
          return (implicit)
      `,
    );
  });

  it('give their outcome as a value', () => {
    draws(
      `
        int f(void *view, HANDLE h, int n) {
          int ok = h != NULL && view;
          int bad = !ok;
          int more = n > 5;
          return view != MAP_FAILED;
        }
      `,
      `
        f(view: void*, h: HANDLE, n: int)
        0:
          if h is null -> 1 else 9
        1:
          ok <- false
          goto 2
        2:
          if ok is null -> 3 else 8
        3:
          bad <- true
          goto 4
        4:
          more <- \`n > 5\`
          if view is minus-one -> 5 else 7
        5:
          t1 <- false
          goto 6
        6:
          t2 <- t1
          end ok, bad, more
          return t2
        7:
          t1 <- true
          goto 6
        8:
          bad <- false
          goto 4
        9:
          if view is null -> 1 else 10
        10:
          ok <- true
          goto 2
      `,
    );
  });

  it('keep numbers out of the tests', () => {
    draws(
      `
        void f(int a, int b, unsigned flags) {
          if (a < b) g();
          if (a == 5) h();
          if (flags & 4) i();
          if (a + b) j();
        }
      `,
      `
        f(a: int, b: int, flags: unsigned)
        0:
          if \`a < b\` -> 1 else 2
        1:
          g()
          goto 2
        2:
          if \`a == 5\` -> 3 else 4
        3:
          h()
          goto 4
        4:
          if \`flags & 4\` -> 5 else 6
        5:
          i()
          goto 6
        6:
          if \`a + b\` -> 7 else 8
        7:
          j()
          goto 8
        8:
          return (implicit)
      `,
    );
  });
});
