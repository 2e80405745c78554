/** What holds for the graphs of any C and C++ text. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { C, CPP } from '../../../../src/analyzers/languages/c/index.ts';
import { drawGraph } from '../draw-graph.ts';
import { SourceReader } from './graphs-of.ts';
import { assertWellFormed } from './well-formed.ts';

const CORPUS = join(import.meta.dirname, '..', 'corpus');

function corpus(folder: string): readonly string[] {
  return readdirSync(join(CORPUS, folder)).map((name) => readFileSync(join(CORPUS, folder, name), 'utf8'));
}

const FUNCTIONS = [
  'int a(void) { int fd = memfd_create("a", 0); if (fd < 0) return -1; close(fd); return 0; }',
  'void b(struct all *all) { for (int i = 0; i < all->count; i++) close(all->fds[i]); }',
  'BOOL c(HANDLE *out) { CHECK(*out); *out = open_one(); return *out != NULL; }',
  'void d(void) {\n#ifdef X\n a();\n#else\n b(0);\n#endif\n}',
  'int e(int n) { switch (n) { case 1: goto out; default: break; } a(); out: return n; }',
];

const NESTING: readonly (readonly [string, string])[] = [
  ['{', '}'],
  ['if (a) ', ';'],
  ['if (a) b(); else ', ';'],
  ['f(', ');'],
  ['x = (', ');'],
  ['x = a + ', ';'],
  ['a && ', 'b;'],
  ['__try { ', '} __finally { g(); }'],
  ['while (a) {', '}'],
  ['x = a ? b : ', 'c;'],
  ['*', 'p;'],
  ['f([&] {', '});'],
  ['switch (a) { case 1: ', '}'],
];

describe('C and C++ graphs', () => {
  let c: SourceReader;
  let cpp: SourceReader;
  before(async () => {
    c = await SourceReader.for(C);
    cpp = await SourceReader.for(CPP);
  });

  function assertAllWellFormed(reader: SourceReader, text: string): number {
    return reader.read(text, ({ functions }) => {
      for (const unit of functions) assertWellFormed(unit);
      return functions.length;
    });
  }

  it('do not depend on the order of the functions', () => {
    const drawn = (functions: readonly string[]): readonly string[] =>
      c
        .graphs(`#define CHECK(x) if (!(x)) return FALSE\n${functions.join('\n')}`)
        .map(drawGraph)
        .sort();
    const expected = drawn(FUNCTIONS);
    assert.equal(expected.length, FUNCTIONS.length);
    fc.assert(
      fc.property(fc.shuffledSubarray(FUNCTIONS, { minLength: FUNCTIONS.length }), (functions) => {
        assert.deepEqual(drawn(functions), expected);
      }),
      { numRuns: 20 },
    );
  });

  it('are the same for C that is read as C++', () => {
    const text = `#define CHECK(x) if (!(x)) return FALSE\n${FUNCTIONS.join('\n')}`;
    assert.deepEqual(cpp.graphs(text).map(drawGraph), c.graphs(text).map(drawGraph));
  });

  it('have their spans inside of the function, and their edges inside of the graph', () => {
    for (const text of corpus('c')) assert.ok(assertAllWellFormed(c, text) > 0);
    for (const text of corpus('cpp')) assert.ok(assertAllWellFormed(cpp, text) > 0);
  });

  it('are made of any text, or the function is broken', () => {
    const text = [...corpus('c'), ...corpus('cpp')].join('\n');
    const part = fc.tuple(fc.nat(text.length), fc.nat(600)).map(([start, length]) => text.slice(start, start + length));
    const token = fc.constantFrom(
      '{',
      '}',
      '(',
      ';',
      '#if X\n',
      '#else\n',
      '#endif\n',
      '"',
      '[&] {',
      'class A {',
      'CHECK(',
      '->',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(part, token)), fc.boolean(), (parts, asC) => {
        assertAllWellFormed(asC ? c : cpp, `#define CHECK(x) if (!(x)) return\nvoid f() { ${parts.join(' ')}`);
      }),
      { numRuns: 150 },
    );
  });

  it('are made of deeply nested text without exhausting the stack', () => {
    for (const [open, close] of NESTING) {
      for (const depth of [100, 1500]) {
        const text = `void f() { ${open.repeat(depth)} x ${close.repeat(depth)} }\nvoid g() { h(); }`;
        assertAllWellFormed(cpp, text);
        assertAllWellFormed(c, text);
      }
    }
  });

  it('are made of macros that use each other many times', () => {
    const macros = Array.from(
      { length: 12 },
      (_, index) => `#define M${index + 1}(x) M${index}(x) + M${index}(x) + M${index}(x)`,
    );
    const text = `#define M0(x) f(x)\n${macros.join('\n')}\nint g(int a) { return M12(a); }\nint h(int a) { return a; }`;
    assert.equal(assertAllWellFormed(c, text), 2);
  });
});
