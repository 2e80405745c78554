/** Functions that a C# file has, and the graphs of those that are not methods. */
import assert from 'node:assert/strict';
import { CSHARP } from '../../../../src/analyzers/languages/csharp/index.ts';
import { withoutMargin } from '../draw-graph.ts';
import { SourceReader } from './graphs-of.ts';

describe('C# functions', () => {
  let reader: SourceReader;
  before(async () => {
    reader = await SourceReader.for(CSHARP);
  });

  function draws(source: string, graph: string): void {
    assert.equal(reader.draw(source), withoutMargin(graph));
  }

  it('constructors call the base, destructors, operators', () => {
    draws(
      `
        class A : B {
          A(int n) : base(n) { F(); }
          A() : this(1) => F();
          ~A() { F(); }
          public static A operator +(A a, A b) => a;
          public static implicit operator int(A a) => 1;
        }
      `,
      `
        A..ctor(n: int)
        0:
          B..ctor(n)
          F()
          return (implicit)
        A..ctor()
        0:
          A..ctor(1)
          F()
          return (implicit)
        A.~()
        0:
          F()
          return (implicit)
        A.operator +(a: A, b: A)
        0:
          return a
        A.operator int(a: A)
        0:
          return 1
      `,
    );
  });

  it('primary constructors keep their parameters', () => {
    draws(
      `
        class A(MemoryMappedFile map, int n) : B(n) {
          void M() => map.Dispose();
        }
        record R(MemoryMappedFile Map);
      `,
      `
        A..ctor(map: MemoryMappedFile, n: int)
        0:
          S.map <- map
          S.n <- n
          B..ctor(n)
          return (implicit)
        A.M()
        0:
          S.map.Dispose()
          return (implicit)
        R..ctor(Map: MemoryMappedFile)
        0:
          S.Map <- Map
          return (implicit)
      `,
    );
  });

  it('accessors', () => {
    draws(
      `
        class A {
          int Count { get { return F(); } set { G(value); } }
          int this[int i] { get => F(i); }
          event Action E { add { F(value); } remove { } }
        }
      `,
      `
        A.get_Count()
        0:
          t1 = F()
          t2 <- t1
          return t2
        A.set_Count(value)
        0:
          G(value)
          return (implicit)
        A.get_Item(i)
        0:
          t1 = F(i)
          return t1
        A.add_E(value)
        0:
          F(value)
          return (implicit)
        A.remove_E(value)
        0:
          return (implicit)
      `,
    );
  });

  it('initialisers of fields that call something', () => {
    draws(
      `
        class A {
          MemoryMappedFile map = MemoryMappedFile.CreateNew(null, 1);
          static readonly List<int> list = new();
          MemoryMappedFile Map { get; } = Open(2);
        }
      `,
      `
        A.<field>()
        0:
          S.map = MemoryMappedFile.CreateNew(null, 1)
          return (implicit)
        A.<field>()
        0:
          S.Map = Open(2)
          return (implicit)
      `,
    );
  });

  it('local functions and lambdas are functions of their own', () => {
    draws(
      `
        class A {
          void M(MemoryMappedFile map) {
            var other = F();
            void Close() { map.Dispose(); }
            G(() => { Close(); H(x => other.Use(x)); });
          }
        }
      `,
      `
        A.M(map: MemoryMappedFile)
        0:
          other = F()
          G(closure \`() => { Close(); H(x => other.Use(x)); }\`)
          end other
          return (implicit)
        captured map, other
        A.M.Close()
        0:
          C.map.Dispose()
          return (implicit)
        A.M.<lambda>()
        0:
          Close()
          H(closure \`x => other.Use(x)\`)
          return (implicit)
        A.M.<lambda>.<lambda>(x)
        0:
          t1 = C.other.Use(x)
          return t1
      `,
    );
  });

  it('top-level statements are an entry point', () => {
    draws(
      `
        using System;
        var map = MemoryMappedFile.CreateNew(null, 1);
        Close(map);
        void Close(MemoryMappedFile m) => m.Dispose();
        class A { void M() { } }
      `,
      `
        <top>()
        0:
          map = MemoryMappedFile.CreateNew(null, 1)
          Close(map)
          return (implicit)
        <top>.Close(m: MemoryMappedFile)
        0:
          m.Dispose()
          return (implicit)
        A.M()
        0:
          return (implicit)
      `,
    );
  });

  it('functions without a body tell nothing', () => {
    draws(
      `
        abstract class A {
          abstract void M();
          [DllImport("kernel32")] static extern bool CloseHandle(IntPtr h);
          partial void P();
          void Q() { }
        }
        interface I { void M(); void Default() { } }
      `,
      `
        A.Q()
        0:
          return (implicit)
        I.Default()
        0:
          return (implicit)
      `,
    );
  });

  it('nested classes see the members around them', () => {
    draws(
      `
        class A {
          static MemoryMappedFile Shared;
          class B { void M() => Shared.Dispose(); }
        }
      `,
      `
        A.B.M()
        0:
          S.Shared.Dispose()
          return (implicit)
      `,
    );
  });
});
