/** Graphs of C# conditions and patterns: what an edge tells of a value. */
import assert from 'node:assert/strict';
import { CSHARP } from '../../../../src/analyzers/languages/csharp/index.ts';
import { withoutMargin } from '../draw-graph.ts';
import { SourceReader } from './graphs-of.ts';

describe('C# conditions', () => {
  let reader: SourceReader;
  before(async () => {
    reader = await SourceReader.for(CSHARP);
  });

  function draws(source: string, graph: string): void {
    assert.equal(reader.draw(source), withoutMargin(graph));
  }

  it('tests for null, in all spellings', () => {
    draws(
      `
        class A {
          void M(object a) {
            if (a == null) F(1);
            if (null != a) F(2);
            if (a is null) F(3);
            if (a is not null) F(4);
            if (!(a is object)) F(5);
            if (ReferenceEquals(a, null)) F(6);
            if (a.Equals(null)) F(7);
          }
        }
      `,
      `
        A.M(a: object)
        0:
          if a is null -> 1 else 2
        1:
          F(1)
          goto 2
        2:
          if a is null -> 3 else 15
        3:
          if a is null -> 4 else 5
        4:
          F(3)
          goto 5
        5:
          if a is null -> 6 else 14
        6:
          if a is null -> 7 else 13
        7:
          F(5)
          goto 8
        8:
          if a is null -> 9 else 10
        9:
          F(6)
          goto 10
        10:
          if a is null -> 11 else 12
        11:
          F(7)
          goto 12
        12:
          return (implicit)
        13:
          if \`a is object\` -> 8 else 7
        14:
          F(4)
          goto 6
        15:
          F(2)
          goto 3
      `,
    );
  });

  it('tests of handles and statuses', () => {
    draws(
      `
        class A {
          void M(IntPtr h, int status) {
            if (h == IntPtr.Zero || h == new IntPtr(-1)) F(1);
            if (h == INVALID_HANDLE_VALUE) F(2);
            if (status < 0) F(3);
            if (status >= 0) F(4);
            if (NT_SUCCESS(status)) F(5);
          }
        }
      `,
      `
        A.M(h: IntPtr, status: int)
        0:
          if h is null -> 1 else 11
        1:
          F(1)
          goto 2
        2:
          if h is minus-one -> 3 else 4
        3:
          F(2)
          goto 4
        4:
          if status is negative -> 5 else 6
        5:
          F(3)
          goto 6
        6:
          if status is negative -> 7 else 10
        7:
          if status is success -> 8 else 9
        8:
          F(5)
          goto 9
        9:
          return (implicit)
        10:
          F(4)
          goto 7
        11:
          if h is minus-one -> 1 else 2
      `,
    );
  });

  it('safe handles and nullables', () => {
    draws(
      `
        class A {
          void M(SafeHandle h, int? n) {
            if (h.IsInvalid) F(1);
            if (!h.IsClosed) F(2);
            if (n.HasValue) F(3);
          }
        }
      `,
      `
        A.M(h: SafeHandle, n: int)
        0:
          if h is null -> 1 else 2
        1:
          F(1)
          goto 2
        2:
          if h is null -> 3 else 6
        3:
          if n is null -> 4 else 5
        4:
          return (implicit)
        5:
          F(3)
          goto 4
        6:
          F(2)
          goto 3
      `,
    );
  });

  it('flags', () => {
    draws(
      `
        class A {
          bool open;
          void M(bool a) {
            if (a) F(1);
            if (!open) F(2);
            if (open == false) F(3);
            if (true) F(4);
          }
        }
      `,
      `
        A.M(a: bool)
        0:
          if a is true -> 1 else 2
        1:
          F(1)
          goto 2
        2:
          if S.open is true -> 3 else 6
        3:
          if S.open is false -> 4 else 5
        4:
          F(3)
          goto 5
        5:
          F(4)
          return (implicit)
        6:
          F(2)
          goto 3
      `,
    );
  });

  it('and, or', () => {
    draws(
      `
        class A {
          void M(object a, object b) {
            if (a != null && (b == null || F())) G();
          }
        }
      `,
      `
        A.M(a: object, b: object)
        0:
          if a is null -> 1 else 2
        1:
          return (implicit)
        2:
          if b is null -> 3 else 4
        3:
          G()
          goto 1
        4:
          t1 = F()
          if t1 is true -> 3 else 1
      `,
    );
  });

  it('the grammar lets a pattern swallow the rest of the condition', () => {
    draws(
      `
        class A {
          void M(object a, object b, bool c) {
            if (a is null || b == null) F(1);
            if (c && a is not null && b is null || c) F(2);
          }
        }
      `,
      `
        A.M(a: object, b: object, c: bool)
        0:
          if a is null -> 1 else 8
        1:
          F(1)
          goto 2
        2:
          if c is true -> 3 else 4
        3:
          if a is null -> 4 else 7
        4:
          if c is true -> 5 else 6
        5:
          F(2)
          goto 6
        6:
          return (implicit)
        7:
          if b is null -> 5 else 4
        8:
          if b is null -> 1 else 2
      `,
    );
  });

  it('a pattern declares', () => {
    draws(
      `
        class A {
          void M(object a) {
            if (a is MemoryMappedFile map) map.Dispose();
            if (a is not IDisposable other) return;
            other.Dispose();
            if (a is { } some) some.Use();
            if (a is Holder { Map: { } inner, Count: 0 }) inner.Dispose();
            if (a is var any && any != null) any.Use();
          }
        }
      `,
      `
        A.M(a: object)
        0:
          if a is null -> 1 else 13
        1:
          if a is null -> 2 else 3
        2:
          end map, other
          return (braceless)
        3:
          other <- a
          other.Dispose()
          if a is null -> 4 else 12
        4:
          if a is null -> 5 else 8
        5:
          any <- a
          if any is null -> 6 else 7
        6:
          end map, other, some, inner, any
          return (implicit)
        7:
          any.Use()
          goto 6
        8:
          if \`a is Holder\` -> 9 else 5
        9:
          if a.Map is null -> 5 else 10
        10:
          inner <- a.Map
          if a.Count is null -> 11 else 5
        11:
          inner.Dispose()
          goto 5
        12:
          some <- a
          some.Use()
          goto 4
        13:
          map <- a
          map.Dispose()
          goto 1
      `,
    );
  });

  it('an assignment is tested at its place', () => {
    draws(
      `
        class A {
          IntPtr h;
          void M() {
            if ((h = Open()) == IntPtr.Zero) return;
            Use(h);
          }
        }
      `,
      `
        A.M()
        0:
          S.h = Open()
          if S.h is null -> 1 else 2
        1:
          return (braceless)
        2:
          Use(S.h)
          return (implicit)
      `,
    );
  });

  it('a call is tested at its result', () => {
    draws(
      `
        class A {
          void M() {
            if (Open() == null) F();
            if (TryOpen(out var a)) a.Dispose();
          }
        }
      `,
      `
        A.M()
        0:
          t1 = Open()
          if t1 is null -> 1 else 2
        1:
          F()
          goto 2
        2:
          t2 = TryOpen(&a)
          if t2 is true -> 3 else 4
        3:
          a.Dispose()
          goto 4
        4:
          end a
          return (implicit)
      `,
    );
  });

  it('pattern alternatives', () => {
    draws(
      `
        class A {
          void M(object a, int n) {
            if (a is null or "") F(1);
            if (n is > 3 and < 5) F(2);
            if (n is < 0) F(3);
            if (a is [1, .., var last]) F(last);
          }
        }
      `,
      `
        A.M(a: object, n: int)
        0:
          if a is null -> 1 else 10
        1:
          F(1)
          goto 2
        2:
          if \`n is > 3\` -> 3 else 5
        3:
          if \`n is < 5\` -> 4 else 5
        4:
          F(2)
          goto 5
        5:
          if n is negative -> 6 else 7
        6:
          F(3)
          goto 7
        7:
          if \`a is [1, .., var last]\` -> 8 else 9
        8:
          F(last)
          goto 9
        9:
          end last
          return (implicit)
        10:
          if \`a is ""\` -> 1 else 2
      `,
    );
  });
});
