/** What the outline of a C# file says: classes, functions, what is broken, declarations that a quick fix may change. */
import assert from 'node:assert/strict';
import { CSHARP } from '../../../../src/analyzers/languages/csharp/index.ts';
import { withoutMargin } from '../draw-graph.ts';
import { SourceReader } from './graphs-of.ts';

describe('C# outline', () => {
  let reader: SourceReader;
  before(async () => {
    reader = await SourceReader.for(CSHARP);
  });

  function functionsOf(text: string): readonly string[] {
    return reader.read(text, ({ functions }) =>
      functions.map(({ qualifiedName, broken }) => qualifiedName + (broken ? ' broken' : '')),
    );
  }

  it('classes with bases, fields and statics; parts of a partial class are one', () => {
    const classes = reader.read(
      `namespace N;
      partial class A<T> : Base<T>, System.IDisposable {
        private readonly List<T> list = new(), other;
        public static Map Shared { get; set; }
        int Computed => 1;
        event Action Changed;
      }
      partial class A { int more; }
      record R(Map Map);`,
      (outline) => outline.classes,
    );
    assert.deepEqual(classes, [
      {
        name: 'A',
        bases: ['Base', 'IDisposable'],
        fields: ['list', 'other', 'Shared', 'Changed', 'more'],
        staticFields: ['Shared'],
        owningFields: [],
        accessors: new Map(),
        initial: new Map([
          ['other', 'null'],
          ['Changed', 'null'],
          ['more', 'null'],
        ]),
      },
      {
        name: 'R',
        bases: [],
        fields: ['Map'],
        staticFields: [],
        owningFields: [],
        accessors: new Map(),
        initial: new Map([['Map', 'null']]),
      },
    ]);
  });

  it('functions are named by namespace and class, a closure follows the function around it', () => {
    assert.deepEqual(
      functionsOf(`namespace N.M {
        class A { void F() { G(() => 1); void L() { } } class B { B() { } ~B() { } } }
      }`),
      ['N.M.A.F', 'N.M.A.F.<lambda>', 'N.M.A.F.L', 'N.M.A.B..ctor', 'N.M.A.B.~'],
    );
  });

  it('a function that does not parse is broken, the ones around it are not', () => {
    assert.deepEqual(
      functionsOf(`class A {
        void One() { f(); }
        void Two() { if (x { y(); }
        void Three() { g(); }
        int field = ;
        void Four() { h(); }
      }`),
      ['A.One', 'A.Two broken', 'A.Three', 'A.Four'],
    );
  });

  it('a healthy closure of a broken function is read', () => {
    assert.deepEqual(functionsOf('class A { void M() { F(() => { G(); }); H(; } }'), ['A.M broken', 'A.M.<lambda>']);
  });

  it('conditional compilation that divides a statement keeps the first branch', () => {
    const text = `
      class A {
        void M(bool a, bool b) {
      #if X
          if (a) {
      #else
          if (b) {
      #endif
            F();
          }
        }
      #if Y
        void N() { }
      #else
        void N(int a) { }
      #endif
      }`;
    assert.equal(
      reader.draw(text),
      withoutMargin(`
        A.M(a: bool, b: bool)
        0:
          if a is true -> 1 else 2
        1:
          F()
          goto 2
        2:
          return (implicit)
        A.N()
        0:
          return (implicit)
        A.N(a: int)
        0:
          return (implicit)
      `),
    );
  });

  it('the newest syntax is read', () => {
    assert.deepEqual(
      functionsOf(`class A {
        void M(params ReadOnlySpan<int> rest) { a?.Field = F(); }
        void N<T>() where T : allows ref struct { }
        int P { get => field; set => field = value; }
      }`),
      ['A.M', 'A.N', 'A.get_P', 'A.set_P'],
    );
  });

  it('entry points are Main and top-level statements', () => {
    const isEntryPoint = (text: string): readonly boolean[] => reader.graphs(text).map((graph) => graph.isEntryPoint);
    assert.deepEqual(isEntryPoint('class A { static int Main(string[] args) { return 0; } void Main() { } }'), [
      true,
      false,
    ]);
    assert.deepEqual(isEntryPoint('F(() => 1);'), [true, false]);
  });

  it('a declaration stands alone if nothing else gives its variable a value', () => {
    const [graph] = reader.graphs(`class A { void M() {
      var alone = F();
      var again = F();
      again = G();
      MemoryMappedFile given = null;
      H(out given);
      int a = 1, b = 2;
      using var guarded = F();
      K(() => { var inner = F(); });
    } }`);
    assert.deepEqual(
      graph!.declarations.map(({ location, alone, type }) => [location.replace(/@.*/u, ''), alone, type]),
      [
        ['L:alone', true, undefined],
        ['L:again', false, undefined],
        ['L:given', false, 'MemoryMappedFile'],
        ['L:a', false, 'int'],
        ['L:b', false, 'int'],
      ],
    );
    assert.equal(graph!.declarations[0]!.start, 'void M() {\n      '.length);
  });

  it('types of locals and parameters are known where they are written', () => {
    const [graph] = reader.graphs(`class A { void M(System.IO.Stream? a, List<int> b) {
      var c = new Holder(1);
      var d = F();
      Other e = F();
    } }`);
    assert.deepEqual(
      [...graph!.types].map(([location, type]) => `${location.replace(/^L:|@.*/gu, '')}: ${type}`),
      ['a: Stream', 'b: List', 'c: Holder', 'e: Other'],
    );
  });

  it('what a graph depends on besides its text is its context', () => {
    const contexts = (text: string): readonly string[] =>
      reader.read(text, ({ functions }) => functions.map(({ context }) => context));
    const [one] = contexts('class A { void M() { F(Map.X); } }');
    const [other] = contexts('class A { Map Map; void M() { F(Map.X); } }');
    assert.notEqual(one, other);
    const [, lambda] = contexts('class A { void M(int a) { F(() => a); } }');
    const [, same] = contexts('class A { void M(int a, int b) { F(() => a); } }');
    const [, unlike] = contexts('class A { void M(int b) { F(() => a); } }');
    assert.equal(lambda, same);
    assert.notEqual(lambda, unlike);
  });
});
