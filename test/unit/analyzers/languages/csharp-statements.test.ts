/** Graphs of C# statements: blocks, loops, clean-ups, jumps. */
import assert from 'node:assert/strict';
import { CSHARP } from '../../../../src/analyzers/languages/csharp/index.ts';
import { withoutMargin } from '../draw-graph.ts';
import { SourceReader } from './graphs-of.ts';

describe('C# statements', () => {
  let reader: SourceReader;
  before(async () => {
    reader = await SourceReader.for(CSHARP);
  });

  function draws(source: string, graph: string): void {
    assert.equal(reader.draw(source), withoutMargin(graph));
  }

  it('locals end with their block', () => {
    draws(
      `
        class A {
          void M() {
            { var a = F(); }
            var b = F();
          }
        }
      `,
      `
        A.M()
        0:
          a = F()
          end a
          b = F()
          end b
          return (implicit)
      `,
    );
  });

  it('a using declaration disposes at the end of its block, last first', () => {
    draws(
      `
        class A {
          void M() {
            using var a = F();
            using MemoryMappedFile b = G(a), c = H(b);
            b.Use();
          }
        }
      `,
      `
        A.M()
        0:
          a = F()
          goto 1
        1 !6:
          b = G(a)
          c = H(b)
          goto 2
        2 !8:
          b.Use()
          goto 3
        3 !7:
          implicit c.Dispose()
          goto 4
        4 !6:
          implicit b.Dispose()
          goto 5
        5:
          implicit a.Dispose()
          end b, c
          end a
          return (implicit)
        6:
          end b, c
          implicit a.Dispose()
          throw (implicit)
        7 !6:
          implicit b.Dispose()
          goto 6
        8 !7:
          implicit c.Dispose()
          goto 7
      `,
    );
  });

  it('a using statement disposes on every way out', () => {
    draws(
      `
        class A {
          int M() {
            using (var a = F()) {
              if (a.Bad) return 1;
              a.Use();
            }
            return 0;
          }
        }
      `,
      `
        A.M()
        0:
          a = F()
          if a.Bad is true -> 1 else 2
        1:
          implicit a.Dispose()
          end a
          return 1 (braceless)
        2 !4:
          a.Use()
          goto 3
        3:
          implicit a.Dispose()
          end a
          return null
        4:
          implicit a.Dispose()
          throw (implicit)
      `,
    );
  });

  it('using an expression keeps its value', () => {
    draws(
      `
        class A {
          void M(MemoryMappedFile a) {
            using (a) a = null;
            using (F()) { }
          }
        }
      `,
      `
        A.M(a: MemoryMappedFile)
        0:
          t1 <- a
          a <- null
          implicit t1.Dispose()
          t2 = F()
          implicit t2.Dispose()
          return (implicit)
      `,
    );
  });

  it('await using', () => {
    draws(
      `
        class A {
          async Task M() {
            await using var a = F();
            await using (var b = F()) { }
          }
        }
      `,
      `
        A.M()
        0:
          a = F()
          goto 1
        1 !3:
          b = F()
          implicit b.DisposeAsync()
          end b
          goto 2
        2:
          implicit a.DisposeAsync()
          end a
          return (implicit)
        3:
          end b
          implicit a.DisposeAsync()
          throw (implicit)
      `,
    );
  });

  it('finally runs on return, and sees the names around the try', () => {
    draws(
      `
        class A {
          MemoryMappedFile a;
          int M() {
            try {
              var a = F();
              return 1;
            } finally {
              a.Dispose();
            }
          }
        }
      `,
      `
        A.M()
        0 !2:
          a = F()
          end a
          goto 1
        1:
          S.a.Dispose()
          return 1
        2:
          end a
          S.a.Dispose()
          throw (implicit)
      `,
    );
  });

  it('catches are tried in order, a catch without a filter takes all', () => {
    draws(
      `
        class A {
          void M() {
            var a = F();
            try {
              a.Use();
            } catch (IOException) when (a.Ok()) {
              throw;
            } catch (Exception e) {
              Log(e);
            }
          }
        }
      `,
      `
        A.M()
        0:
          a = F()
          goto 1
        1 !3:
          a.Use()
          goto 2
        2:
          end a
          return (implicit)
        3:
          if \`\` -> 4 else 5
        4:
          t1 = a.Ok()
          end a
          throw
        5:
          Log(e)
          end e
          goto 2
      `,
    );
  });

  it('an exception goes on past catches of certain types', () => {
    draws(
      `
        class A {
          void M() {
            try { F(); } catch (IOException) { }
            G();
          }
        }
      `,
      `
        A.M()
        0 !2:
          F()
          goto 1
        1:
          G()
          return (implicit)
        2:
          if \`\` -> 1 else 3
        3:
          throw (implicit)
      `,
    );
  });

  it('foreach assigns each element, whatever it is filtered by', () => {
    draws(
      `
        class A {
          List<MemoryMappedFile> maps;
          void M() {
            foreach (var map in maps) map.Dispose();
            foreach (var map in maps.Where(m => m.Ok).ToList()) map.Dispose();
            foreach (var pair in named) pair.Value.Dispose();
            foreach (var map in named.Values) map.Dispose();
            foreach (var (key, map) in named) map.Dispose();
          }
        }
      `,
      `
        A.M()
        0:
          goto 1
        1:
          if loop over S.maps[] -> 2 else 3
        2:
          map <- S.maps[]
          map.Dispose()
          end map
          goto 1
        3:
          if loop over S.maps[] -> 4 else 5
        4:
          map'2 <- S.maps[]
          map'2.Dispose()
          end map'2
          goto 3
        5:
          if loop over S.named[] -> 6 else 7
        6:
          pair <- S.named[]
          pair.Dispose()
          end pair
          goto 5
        7:
          if loop over S.named[] -> 8 else 9
        8:
          map'3 <- S.named[]
          map'3.Dispose()
          end map'3
          goto 7
        9:
          if loop over S.named[] -> 10 else 11
        10:
          key <- S.named[].Item1
          map'4 <- S.named[]
          map'4.Dispose()
          end key, map'4
          goto 9
        11:
          return (implicit)
        A.M.<lambda>(m)
        0:
          return m.Ok
      `,
    );
  });

  it('a counting loop over elements is not skipped', () => {
    draws(
      `
        class A {
          MemoryMappedFile[] maps;
          void M() {
            for (int i = 0; i < maps.Length; i++) {
              maps[i].Dispose();
            }
            while (queue.Count > 0) queue.Dequeue().Dispose();
          }
        }
      `,
      `
        A.M()
        0:
          i <- null
          goto 1
        1:
          if loop over S.maps[] -> 2 else 3
        2:
          S.maps[].Dispose()
          i <- \`i++\`
          goto 1
        3:
          end i
          goto 4
        4:
          if loop over S.queue[] -> 5 else 6
        5:
          t1 = S.queue.Dequeue()
          t1 <- S.queue[]
          t1.Dispose()
          goto 4
        6:
          return (implicit)
      `,
    );
  });

  it('loops with break and continue', () => {
    draws(
      `
        class A {
          void M() {
            while (true) {
              var a = F();
              if (a == null) continue;
              if (a.Last) break;
            }
            do { G(); } while (More());
            for (;;) { }
          }
        }
      `,
      `
        A.M()
        0:
          goto 1
        1:
          a = F()
          if a is null -> 2 else 3
        2:
          end a
          goto 1
        3:
          if a.Last is true -> 4 else 7
        4:
          end a
          goto 5
        5:
          G()
          t1 = More()
          if t1 is true -> 5 else 6
        6:
          goto 6
        7:
          end a
          goto 1
      `,
    );
  });

  it('switch sections fall together, guards and goto case', () => {
    draws(
      `
        class A {
          void M(object x) {
            switch (x) {
              case null:
              case MemoryMappedFile map when map.Ok:
                F();
                break;
              case 1:
                goto case null;
              default:
                return;
            }
            G();
          }
        }
      `,
      `
        A.M(x: object)
        0:
          if x is null -> 1 else 2
        1:
          F()
          end map
          G()
          return (implicit)
        2:
          if x is null -> 3 else 5
        3:
          if \`x is 1\` -> 1 else 4
        4:
          end map
          return
        5:
          if \`x is MemoryMappedFile\` -> 6 else 3
        6:
          map <- x
          if map.Ok is true -> 1 else 3
      `,
    );
  });

  it('goto and labels', () => {
    draws(
      `
        class A {
          void M() {
            again:
            if (F()) goto again;
          }
        }
      `,
      `
        A.M()
        0:
          goto 1
        1:
          t1 = F()
          if t1 is true -> 1 else 2
        2:
          return (implicit)
      `,
    );
  });

  it('braceless exits are told of', () => {
    draws(
      `
        class A {
          int M(bool a) {
            if (a) return 1; else throw new E();
          }
          int N(bool a) {
            if (a) { return 1; }
            while (a) return 2;
            return 3;
          }
        }
      `,
      `
        A.M(a: bool)
        0:
          if a is true -> 1 else 2
        1:
          return 1 (braceless)
        2:
          t1 = new E()
          throw t1 (braceless)
        A.N(a: bool)
        0:
          if a is true -> 1 else 2
        1:
          return 1
        2:
          if a is true -> 3 else 4
        3:
          return 2 (braceless)
        4:
          return 3
      `,
    );
  });

  it('yield hands an element over', () => {
    draws(
      `
        class A {
          IEnumerable<MemoryMappedFile> M() {
            var a = F();
            yield return a;
            yield break;
          }
        }
      `,
      `
        A.M()
        0:
          a = F()
          yield(a)
          end a
          return
      `,
    );
  });

  it('lock, unsafe, fixed and checked are their parts', () => {
    draws(
      `
        class A {
          unsafe void M() {
            lock (this) { F(); }
            unsafe { G(); }
            fixed (byte* p = Make()) H(p);
            checked { K(); }
          }
        }
      `,
      `
        A.M()
        0:
          F()
          G()
          p = Make()
          H(p)
          end p
          K()
          return (implicit)
      `,
    );
  });

  it('conditional compilation takes the same way throughout', () => {
    draws(
      `
        class A {
          void M() {
        #if WINDOWS
            var a = F();
        #endif
            G();
        #if WINDOWS && !TEST
            a.Dispose();
        #elif OTHER
            H();
        #endif
          }
        }
      `,
      `
        A.M()
        0:
          if #WINDOWS is true -> 1 else 2
        1:
          a = F()
          goto 2
        2:
          G()
          if #WINDOWS is true -> 3 else 4
        3:
          if #TEST is true -> 4 else 7
        4:
          if #OTHER is true -> 5 else 6
        5:
          H()
          goto 6
        6:
          end a
          return (implicit)
        7:
          a.Dispose()
          goto 6
      `,
    );
  });

  it('a local that refers to another place is that place', () => {
    draws(
      `
        class A {
          void M() {
            ref var slot = ref this.slots[0];
            slot = F();
          }
        }
      `,
      `
        A.M()
        0:
          S.slots[] = F()
          return (implicit)
      `,
    );
  });
});
