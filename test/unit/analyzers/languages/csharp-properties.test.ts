/** What holds for the graphs of any C# text. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { CSHARP } from '../../../../src/analyzers/languages/csharp/index.ts';
import { drawGraph } from '../draw-graph.ts';
import { assertWellFormed } from './well-formed.ts';
import { SourceReader } from './graphs-of.ts';

const CORPUS = join(import.meta.dirname, '..', 'corpus', 'csharp');

const METHODS = [
  'void A() { var map = MemoryMappedFile.CreateNew(null, 1); map.Dispose(); }',
  'void B(List<int> all) { foreach (var one in all) { if (one is { } some) F(() => some.Use()); } }',
  'int C { get { try { return G(); } finally { H(); } } }',
  'void D() { using var view = map?.CreateViewAccessor(); switch (view) { case null: break; default: return; } }',
  'async Task<int> E(bool a) => a ? await K() : 0;',
];

const NESTING: readonly (readonly [string, string])[] = [
  ['{', '}'],
  ['if (a) ', ';'],
  ['f(', ')'],
  ['x = (', ');'],
  ['try { ', '} finally { g(); }'],
  ['using (var a = f()) {', '}'],
  ['f(() => {', '});'],
  ['using var a = f(); ', ''],
  ['x.a(', ').b'],
];

describe('C# graphs', () => {
  let reader: SourceReader;
  before(async () => {
    reader = await SourceReader.for(CSHARP);
  });

  it('do not depend on the order of the functions', () => {
    const drawn = (methods: readonly string[]): readonly string[] =>
      reader
        .graphs(`class X { MemoryMappedFile map; ${methods.join('\n')} }`)
        .map(drawGraph)
        .sort();
    const expected = drawn(METHODS);
    fc.assert(
      fc.property(fc.shuffledSubarray(METHODS, { minLength: METHODS.length }), (methods) => {
        assert.deepEqual(drawn(methods), expected);
      }),
      { numRuns: 20 },
    );
  });

  it('have their spans inside of the function, and their edges inside of the graph', () => {
    for (const name of readdirSync(CORPUS)) {
      reader.read(readFileSync(join(CORPUS, name), 'utf8'), ({ functions }) => {
        assert.ok(functions.length > 0);
        for (const unit of functions) assertWellFormed(unit);
      });
    }
  });

  it('are made of any text, or the function is broken', () => {
    const text = readdirSync(CORPUS)
      .map((name) => readFileSync(join(CORPUS, name), 'utf8'))
      .join('\n');
    const part = fc.tuple(fc.nat(text.length), fc.nat(600)).map(([start, length]) => text.slice(start, start + length));
    fc.assert(
      fc.property(
        fc.array(fc.oneof(part, fc.constantFrom('{', '}', '(', ';', '=>', '?.', '#if X\n', '"'))),
        (parts) => {
          reader.read(`class A { void M() { ${parts.join(' ')}`, ({ functions }) => {
            for (const unit of functions) assertWellFormed(unit);
          });
        },
      ),
      { numRuns: 150 },
    );
  });

  it('are made of deeply nested text without exhausting the stack', () => {
    for (const [open, close] of NESTING) {
      for (const depth of [100, 1500]) {
        const text = `class A { void M() { ${open.repeat(depth)} x ${close.repeat(depth)} } void N() { F(); } }`;
        reader.read(text, ({ functions }) => {
          for (const unit of functions) assertWellFormed(unit);
        });
      }
    }
  });
});
