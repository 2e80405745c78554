/** Graphs of C# expressions: calls, places, choices, objects. */
import assert from 'node:assert/strict';
import { CSHARP } from '../../../../src/analyzers/languages/csharp/index.ts';
import { withoutMargin } from '../draw-graph.ts';
import { SourceReader } from './graphs-of.ts';

describe('C# expressions', () => {
  let reader: SourceReader;
  before(async () => {
    reader = await SourceReader.for(CSHARP);
  });

  function draws(source: string, graph: string): void {
    assert.equal(reader.draw(source), withoutMargin(graph));
  }

  it('a static call keeps its type, and a chain goes through a temporary', () => {
    draws(
      `
        class A {
          void M() {
            var view = MemoryMappedFile.CreateNew("name", 10).CreateViewAccessor(0, 0);
          }
        }
      `,
      `
        A.M()
        0:
          t1 = MemoryMappedFile.CreateNew("name", 10)
          view = t1.CreateViewAccessor(null, null)
          end view
          return (implicit)
      `,
    );
  });

  it('a qualified type name is one qualifier', () => {
    draws(
      `
        class A {
          object M() => System.IO.MemoryMappedFiles.MemoryMappedFile.OpenExisting("name");
        }
      `,
      `
        A.M()
        0:
          t1 = System.IO.MemoryMappedFiles.MemoryMappedFile.OpenExisting("name")
          return t1
      `,
    );
  });

  it('a result that nothing uses has no place', () => {
    draws(
      `
        class A {
          void M() {
            MemoryMappedFile.CreateNew(null, 1);
            _ = MemoryMappedFile.CreateNew(null, 2);
          }
        }
      `,
      `
        A.M()
        0:
          MemoryMappedFile.CreateNew(null, 1)
          MemoryMappedFile.CreateNew(null, 2)
          return (implicit)
      `,
    );
  });

  it('bare names and this are fields, a property of one field is that field', () => {
    draws(
      `
        class A {
          MemoryMappedFile map;
          MemoryMappedFile Map => map;
          MemoryMappedFile Other { get { return this.map; } set { this.map = value; } }
          void M() {
            this.map = MemoryMappedFile.CreateNew(null, 1);
            Map.Dispose();
            this.Other.Dispose();
            Other = null;
          }
        }
      `,
      `
        A.get_Map()
        0:
          return S.map
        A.get_Other()
        0:
          t1 <- S.map
          return t1
        A.set_Other(value)
        0:
          S.map <- value
          return (implicit)
        A.M()
        0:
          S.map = MemoryMappedFile.CreateNew(null, 1)
          S.map.Dispose()
          S.map.Dispose()
          S.map <- null
          return (implicit)
      `,
    );
  });

  it('a property that makes its value is a call', () => {
    draws(
      `
        class A {
          private MemoryMappedFile map;
          MemoryMappedFile Map => map ??= MemoryMappedFile.CreateNew(null, 1);
          void M() => Map.CreateViewStream().Close();
        }
      `,
      `
        A.get_Map()
        0:
          if S.map is null -> 1 else 2
        1:
          S.map = MemoryMappedFile.CreateNew(null, 1)
          goto 2
        2:
          return S.map
        A.M()
        0:
          t1 = S.get_Map()
          t2 = t1.CreateViewStream()
          t2.Close()
          return (implicit)
      `,
    );
  });

  it('a property named like its type may be meant either way', () => {
    draws(
      `
        class A {
          MemoryMappedFile MemoryMappedFile { get; set; }
          void M() => MemoryMappedFile = MemoryMappedFile.CreateNew(null, 1);
        }
      `,
      `
        A.M()
        0:
          S.MemoryMappedFile = S.MemoryMappedFile|MemoryMappedFile.CreateNew(null, 1)
          return (implicit)
      `,
    );
  });

  it('a name that the file does not explain is an inherited property where only that makes sense', () => {
    draws(
      `
        class A : Base {
          void M() {
            Map.Dispose();
            Cache.Items.Add(this);
            NativeMethods.Kernel32.CloseHandle(x);
          }
        }
      `,
      `
        A.M()
        0:
          S.Map|Map.Dispose()
          S.Cache.Items|Cache.Items.Add(S)
          NativeMethods.Kernel32.CloseHandle(S.x)
          return (implicit)
      `,
    );
  });

  it('transparent wrappings', () => {
    draws(
      `
        class A {
          async Task M(Lazy<MemoryMappedFile> lazy, object o) {
            var a = (MemoryMappedFile)(o);
            var b = o as MemoryMappedFile;
            var c = lazy.Value!;
            var d = await Open().ConfigureAwait(false);
          }
        }
      `,
      `
        A.M(lazy: Lazy, o: object)
        0:
          a <- o
          b <- o
          c <- lazy
          d = Open()
          end a, b, c, d
          return (implicit)
      `,
    );
  });

  it('out, ref and address', () => {
    draws(
      `
        class A {
          bool M(ref MemoryMappedFile given, out MemoryMappedFile made) {
            given.Dispose();
            made = null;
            return N(ref given, out made, out var more, out _);
          }
        }
      `,
      `
        A.M(given: MemoryMappedFile, made: MemoryMappedFile)
        0:
          given.*.Dispose()
          made.* <- null
          t1 = N(&given.*, &made.*, &more, \`_\`)
          t2 <- t1
          end more
          return t2
      `,
    );
  });

  it('objects, initialisers, arrays, tuples', () => {
    draws(
      `
        class A {
          object M(MemoryMappedFile map) {
            var holder = new Holder(1) { Map = map, Inner = { Map = map } };
            MemoryMappedFile[] two = { map, null };
            var list = new List<MemoryMappedFile> { map };
            List<MemoryMappedFile> spread = [map, .. two];
            var named = new Dictionary<string, MemoryMappedFile> { ["a"] = map, { "b", map } };
            return (map, new { Map = map });
          }
        }
      `,
      `
        A.M(map: MemoryMappedFile)
        0:
          holder = new Holder(1)
          holder.Map <- map
          holder.Inner.Map <- map
          two <- fresh
          two[] <- map
          two[] <- null
          list <- fresh
          list[] <- map
          spread <- fresh
          spread[] <- map
          spread[] <- two[]
          named <- fresh
          named[] <- map
          named[] <- map
          t1 <- fresh
          t1.Item1 <- map
          t1.Item2 <- fresh
          t1.Item2.Map <- map
          t2 <- t1
          end holder, two, list, spread, named
          return t2
      `,
    );
  });

  it('new without a type takes it from the declaration', () => {
    draws(
      `
        class A {
          Holder field = new(1);
          Holder M() {
            Holder local = new(2);
            field = new(3);
            return new(4);
          }
        }
      `,
      `
        A.<field>()
        0:
          S.field = new Holder(1)
          return (implicit)
        A.M()
        0:
          local = new Holder(2)
          S.field = new Holder(3)
          t1 = new Holder(4)
          t2 <- t1
          end local
          return t2
      `,
    );
  });

  it('tuples are taken apart', () => {
    draws(
      `
        class A {
          void M(MemoryMappedFile x, MemoryMappedFile y) {
            (x, y) = (y, x);
            var (a, b) = Make();
            (this.map, _) = Make();
          }
        }
      `,
      `
        A.M(x: MemoryMappedFile, y: MemoryMappedFile)
        0:
          t1 <- y
          t2 <- x
          x <- t1
          y <- t2
          t3 = Make()
          a <- t3.Item1
          b <- t3.Item2
          t4 = Make()
          S.map <- t4.Item1
          end a, b
          return (implicit)
      `,
    );
  });

  it('a chain after a question mark runs only where there is something', () => {
    draws(
      `
        class A {
          int M(MemoryMappedFile map) {
            map?.Dispose();
            return map?.SafeMemoryMappedFileHandle.Size() ?? 0;
          }
        }
      `,
      `
        A.M(map: MemoryMappedFile)
        0:
          if map is null -> 1 else 6
        1:
          if map is null -> 2 else 4
        2:
          t1 <- null
          goto 3
        3:
          t2 <- t1
          return t2
        4:
          t3 = map.SafeMemoryMappedFileHandle.Size()
          if t3 is null -> 2 else 5
        5:
          t1 <- t3
          goto 3
        6:
          map.Dispose()
          goto 1
      `,
    );
  });

  it('null coalescing and choices', () => {
    draws(
      `
        class A {
          MemoryMappedFile M(MemoryMappedFile map, bool other) {
            var a = map ?? throw new ArgumentNullException();
            map ??= MemoryMappedFile.CreateNew(null, 1);
            return other ? a : map;
          }
        }
      `,
      `
        A.M(map: MemoryMappedFile, other: bool)
        0:
          if map is null -> 1 else 2
        1:
          t1 = new ArgumentNullException()
          end a
          throw t1
        2:
          a <- map
          if map is null -> 3 else 4
        3:
          map = MemoryMappedFile.CreateNew(null, 1)
          goto 4
        4:
          if other is true -> 5 else 7
        5:
          t2 <- a
          goto 6
        6:
          t3 <- t2
          end a
          return t3
        7:
          t2 <- map
          goto 6
      `,
    );
  });

  it('a condition as a value', () => {
    draws(
      `
        class A {
          bool M(MemoryMappedFile map, MemoryMappedViewAccessor view) {
            var ok = map != null && view != null;
            return ok;
          }
        }
      `,
      `
        A.M(map: MemoryMappedFile, view: MemoryMappedViewAccessor)
        0:
          if map is null -> 1 else 3
        1:
          ok <- false
          goto 2
        2:
          t1 <- ok
          end ok
          return t1
        3:
          if view is null -> 1 else 4
        4:
          ok <- true
          goto 2
      `,
    );
  });

  it('numbers change by arithmetic, pointers stay in what they point into', () => {
    draws(
      `
        class A {
          unsafe void M(byte* start, int n) {
            int count = 0;
            count++;
            count += n;
            byte* end = start + n;
            end += n;
          }
        }
      `,
      `
        A.M(start: byte*, n: int)
        0:
          count <- null
          count <- \`count++\`
          count <- \`count += n\`
          end <- start
          end count, end
          return (implicit)
      `,
    );
  });

  it("interlocked exchange takes the field's value and leaves another", () => {
    draws(
      `
        class A {
          MemoryMappedFile map;
          void M() => Interlocked.Exchange(ref map, null)?.Dispose();
          void N(MemoryMappedFile made) {
            if (Interlocked.CompareExchange(ref map, made, null) != null) made.Dispose();
          }
        }
      `,
      `
        A.M()
        0:
          t1 <- S.map
          S.map <- null
          if t1 is null -> 1 else 2
        1:
          return (implicit)
        2:
          t1.Dispose()
          goto 1
        A.N(made: MemoryMappedFile)
        0:
          t1 <- S.map
          if t1 is null -> 1 else 2
        1:
          S.map <- made
          goto 2
        2:
          if t1 is null -> 3 else 4
        3:
          return (implicit)
        4:
          made.Dispose()
          goto 3
      `,
    );
  });

  it('closures capture, method groups too', () => {
    draws(
      `
        class A {
          Action M(MemoryMappedFile map, MemoryMappedFile other) {
            Task.Run(other.Dispose);
            return () => map.Dispose();
          }
        }
      `,
      `
        A.M(map: MemoryMappedFile, other: MemoryMappedFile)
        0:
          Task.Run(closure other)
          return closure \`() => map.Dispose()\`
        captured other, map
        A.M.<lambda>()
        0:
          t1 = C.map.Dispose()
          return t1
      `,
    );
  });

  it('collections give their elements', () => {
    draws(
      `
        class A {
          void M(Queue<MemoryMappedFile> queue, Dictionary<string, MemoryMappedFile> named) {
            queue.Dequeue().Dispose();
            if (named.TryGetValue("a", out var found)) found.Dispose();
            named["b"].Dispose();
          }
        }
      `,
      `
        A.M(queue: Queue, named: Dictionary)
        0:
          t1 = queue.Dequeue()
          t1 <- queue[]
          t1.Dispose()
          t2 = named.TryGetValue("a", &found)
          found <- named[]
          if t2 is true -> 1 else 2
        1:
          found.Dispose()
          goto 2
        2:
          named[].Dispose()
          end found
          return (implicit)
      `,
    );
  });

  it('switch expressions', () => {
    draws(
      `
        class A {
          MemoryMappedFile M(MemoryMappedFile map, int kind) =>
            kind switch { 1 => map, 2 when map.Ok => null, _ => throw new Exception() };
        }
      `,
      `
        A.M(map: MemoryMappedFile, kind: int)
        0:
          if \`kind is 1\` -> 1 else 3
        1:
          t1 <- map
          goto 2
        2:
          return t1
        3:
          if \`kind is 2\` -> 4 else 6
        4:
          if map.Ok is true -> 5 else 6
        5:
          t1 <- null
          goto 2
        6:
          t2 = new Exception()
          throw t2
      `,
    );
  });

  it('strings and constants', () => {
    draws(
      `
        class A {
          void M() {
            F("a\\\\b", @"a\\b", """raw""", null, default, IntPtr.Zero, 0, -1, new IntPtr(-1), INVALID_HANDLE_VALUE, true, 0x20);
            F($"text {G()}", nameof(A), typeof(A));
          }
        }
      `,
      `
        A.M()
        0:
          F("a\\\\\\\\b", "a\\\\b", "raw", null, null, null, null, minus-one, minus-one, minus-one, true, 0x20)
          t1 = G()
          F(\`$"text {G()}"\`, nameof(A), typeof(A))
          return (implicit)
      `,
    );
  });

  it('a test for null of an optional chain tests its parts', () => {
    draws(
      `
        class A {
          void M(Holder a) {
            if (a?.Map == null) F(1);
            if (a?.Map?.View is not null) F(2);
            Use(a?.Map ?? Make());
          }
        }
      `,
      `
        A.M(a: Holder)
        0:
          if a is null -> 1 else 11
        1:
          F(1)
          goto 2
        2:
          if a is null -> 3 else 8
        3:
          if a is null -> 4 else 6
        4:
          t1 = Make()
          goto 5
        5:
          Use(t1)
          return (implicit)
        6:
          if a.Map is null -> 4 else 7
        7:
          t1 <- a.Map
          goto 5
        8:
          if a.Map is null -> 3 else 9
        9:
          if a.Map.View is null -> 3 else 10
        10:
          F(2)
          goto 3
        11:
          if a.Map is null -> 1 else 2
      `,
    );
  });
});
