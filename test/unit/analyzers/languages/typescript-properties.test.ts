/** What holds for the graphs of any TypeScript text. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { TYPESCRIPT } from '../../../../src/analyzers/languages/typescript/index.ts';
import { drawGraph } from '../draw-graph.ts';
import { SourceReader } from './graphs-of.ts';
import { assertWellFormed } from './well-formed.ts';

const SAMPLES = join(import.meta.dirname, '..', '..', '..', 'samples', 'typescript');
/** Programs of all sorts: the sample, and the front end itself. */
const TEXTS = [
  join(SAMPLES, 'page-file-allocator.ts'),
  join(import.meta.dirname, '..', '..', '..', '..', 'src', 'analyzers', 'languages', 'typescript', 'statements.ts'),
  import.meta.filename,
].map((file) => readFileSync(file, 'utf8'));

const FUNCTIONS = [
  `function a() { const fd = memfd_create('a', 0); close(fd); }`,
  `const b = (all) => { for (const one of all) one?.use(() => one.end()); };`,
  `class C { get d() { try { return g(); } finally { h(); } } }`,
  `async function e({ f, g = 1 }, ...more) { using h = await f(g); switch (h) { case null: break; default: return; } }`,
];

const NESTING: readonly (readonly [string, string])[] = [
  ['{', '}'],
  ['if (a) ', ';'],
  ['f(', ')'],
  ['[', ']'],
  ['try { ', '} finally { g(); }'],
  ['f(() => {', '});'],
  ['() => ', ''],
  ['using a = f(); ', ''],
  ['x.a(', ').b'],
  ['({ a: ', '})'],
  ['`${', '}`'],
  ['a ? b : ', ''],
];

describe('TypeScript graphs', () => {
  let reader: SourceReader;
  before(async () => {
    reader = await SourceReader.for(TYPESCRIPT);
  });

  it('do not depend on the order of the functions', () => {
    const drawn = (functions: readonly string[]): readonly string[] =>
      reader
        .graphs(functions.join('\n'))
        .filter(({ name }) => name !== '<top>')
        .map(drawGraph)
        .sort();
    const expected = drawn(FUNCTIONS);
    fc.assert(
      fc.property(fc.shuffledSubarray(FUNCTIONS, { minLength: FUNCTIONS.length }), (functions) => {
        assert.deepEqual(drawn(functions), expected);
      }),
      { numRuns: 20 },
    );
  });

  it('have their spans inside of the function, and their edges inside of the graph', () => {
    for (const text of TEXTS) {
      reader.read(text, ({ functions }) => {
        assert.ok(functions.length > 0);
        for (const unit of functions) {
          assert.equal(unit.broken, false);
          assertWellFormed(unit);
        }
      });
    }
  });

  it('are made of any text, or the function is broken', () => {
    const text = TEXTS.join('\n');
    const part = fc.tuple(fc.nat(text.length), fc.nat(600)).map(([start, length]) => text.slice(start, start + length));
    const token = fc.constantFrom('{', '}', '(', ';', '=>', '?.', 'using ', '`', 'class ', '...');
    fc.assert(
      fc.property(fc.array(fc.oneof(part, token)), (parts) => {
        reader.read(parts.join(' '), ({ functions }) => {
          for (const unit of functions) assertWellFormed(unit);
        });
      }),
      { numRuns: 150 },
    );
  });

  it('are made of deeply nested text without exhausting the stack', () => {
    for (const [open, close] of NESTING) {
      for (const depth of [100, 1500]) {
        const text = `function f() { ${open.repeat(depth)} x ${close.repeat(depth)} } function g() { h(); }`;
        reader.read(text, ({ functions }) => {
          for (const unit of functions) assertWellFormed(unit);
        });
      }
    }
  });
});
