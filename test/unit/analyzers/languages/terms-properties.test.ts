/** What holds for the graphs of any text in the languages that are read as terms. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { FrontEnd } from '../../../../src/analyzers/languages/front-end.ts';
import { GO } from '../../../../src/analyzers/languages/go/index.ts';
import { POWERSHELL } from '../../../../src/analyzers/languages/powershell/index.ts';
import { PYTHON } from '../../../../src/analyzers/languages/python/index.ts';
import { RUST } from '../../../../src/analyzers/languages/rust/index.ts';
import { drawGraph } from '../draw-graph.ts';
import { SourceReader } from './graphs-of.ts';
import { assertWellFormed } from './well-formed.ts';

interface Example {
  readonly frontEnd: FrontEnd;
  /** Whole functions that do not depend on each other. */
  readonly functions: readonly string[];
  /** Pieces of syntax that text is put together of. */
  readonly tokens: readonly string[];
  /** A function around a body. */
  readonly around: (body: string) => string;
  readonly nesting: readonly (readonly [string, string])[];
}

const EXAMPLES: readonly Example[] = [
  {
    frontEnd: PYTHON,
    functions: [
      'def a(n):\n    h = k.CreateFileMappingW(-1, None, 4, 0, n, None)\n    k.CloseHandle(h)\n',
      'def b(xs):\n    return [x for x in xs if x]\n',
      'class C:\n    def d(self):\n        with e() as f:\n            self.f = f\n',
      'def g(h):\n    try:\n        i()\n    except E as j:\n        raise\n    finally:\n        del h\n',
    ],
    tokens: ['def ', 'class ', ':', '\n', '    ', '(', ')', 'with ', 'lambda ', 'try:', 'else:', '= ', 'del ', "f'{"],
    around: (body) => `def f():\n    ${body}\n\ndef g():\n    h()\n`,
    nesting: [
      ['f(', ')'],
      ['[', ']'],
      ['not ', ''],
      ['lambda: ', ''],
      ['x if y else ', ''],
      ['[x for x in ', ']'],
      ['a.', ''],
      ['(x := ', ')'],
      ['{"a": ', '}'],
    ],
  },
  {
    frontEnd: GO,
    functions: [
      'func a() error {\n\th, err := windows.CreateFileMapping(f, nil, 4, 0, 1, nil)\n\tif err != nil {\n\t\treturn err\n\t}\n\treturn windows.CloseHandle(h)\n}\n',
      'func (c *C) d(xs []int) (n int, err error) {\n\tdefer func() { n++ }()\n\tfor _, x := range xs {\n\t\tn += x\n\t}\n\treturn\n}\n',
      'func e(x any) {\n\tswitch y := x.(type) {\n\tcase int:\n\t\tprintln(y)\n\tdefault:\n\t}\n}\n',
    ],
    tokens: ['func ', '{', '}', '(', ')', ':= ', 'defer ', 'case ', 'switch ', '[]T{', '&', 'go ', '<-', ';', 'range '],
    around: (body) => `package p\nfunc f() { ${body} }\nfunc g() { h() }\n`,
    nesting: [
      ['f(', ')'],
      ['{', '}'],
      ['if a { ', '}'],
      ['func() { ', '}()'],
      ['defer func() { ', '}()'],
      ['!', ''],
      ['T{a: ', '}'],
      ['x[', ']'],
      ['for { ', '}'],
    ],
  },
  {
    frontEnd: RUST,
    functions: [
      'fn a() -> Result<()> { let h = CreateFileMappingW(f, None, 4, 0, 1, None)?; CloseHandle(h)?; Ok(()) }\n',
      'impl Drop for C { fn drop(&mut self) { unsafe { CloseHandle(self.0); } } }\n',
      'fn d(x: Option<u8>) -> u8 { let Some(y) = x else { return 0 }; match y { 0 => 1, z if z > 1 => z, _ => 2 } }\n',
      'fn e(xs: &[u8]) { for (i, x) in xs.iter().enumerate() { if let Some(z) = f(i, |y| y + x) { drop(z) } } }\n',
    ],
    tokens: ['fn ', '{', '}', '(', ')', 'let ', 'match ', '=> ', '?', 'impl ', '|', '&mut ', 'loop ', "'a: ", ';', '!'],
    around: (body) => `fn f() { ${body} }\nfn g() { h(); }\n`,
    nesting: [
      ['f(', ')'],
      ['{ ', ' }'],
      ['if a { ', ' }'],
      ['match a { _ => ', ' }'],
      ['|x| ', ''],
      ['&', ''],
      ['S { a: ', ' }'],
      ['let a = loop { ', ' };'],
      ['vec![', ']'],
      ['if let Some(a) = b { ', ' }'],
    ],
  },
  {
    frontEnd: POWERSHELL,
    functions: [
      'function A($n) { $m = [MemoryMappedFile]::CreateNew($n, 1); $m.Dispose() }\n',
      'function B { param($xs) $xs | ForEach-Object { $_.Dispose() } }\n',
      'class C { [object]$d; [void] E() { try { $this.d.Close() } finally { $this.d = $null } } }\n',
      'function F($g) { foreach ($h in $g) { if (-not $h) { continue } else { return $h } } }\n',
    ],
    tokens: ['function ', '{', '}', '(', ')', '$x', ' | ', '@(', '@{', '-eq ', '::', '[T]', 'if ', 'try ', '= ', '\n'],
    around: (body) => `function F { ${body} }\nfunction G { H }\n`,
    nesting: [
      ['(', ')'],
      ['@(', ')'],
      ['if ($a) { ', ' }'],
      ['-not ', '$a'],
      ['& { ', ' }'],
      ['@{ a = ', ' }'],
      ['foreach ($a in $b) { ', ' }'],
      ['$x.y(', ')'],
    ],
  },
];

for (const { frontEnd, functions, tokens, around, nesting } of EXAMPLES) {
  const folder = join(import.meta.dirname, '..', 'corpus', frontEnd.dialect);
  const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));

  describe(`Graphs of ${frontEnd.dialect}`, () => {
    let reader: SourceReader;
    before(async () => {
      reader = await SourceReader.for(frontEnd);
    });

    it('do not depend on the order of the functions', () => {
      const drawn = (shuffled: readonly string[]): readonly string[] =>
        reader.graphs(shuffled.join('\n')).map(drawGraph).sort();
      const expected = drawn(functions);
      assert.ok(expected.length >= functions.length);
      fc.assert(
        fc.property(fc.shuffledSubarray([...functions], { minLength: functions.length }), (shuffled) => {
          assert.deepEqual(drawn(shuffled), expected);
        }),
        { numRuns: 20 },
      );
    });

    it('have their spans inside of the function, and their edges inside of the graph', () => {
      for (const text of texts) {
        reader.read(text, (outline) => {
          assert.ok(outline.functions.length > 0);
          for (const unit of outline.functions) {
            assert.equal(unit.broken, false);
            assertWellFormed(unit);
          }
        });
      }
    });

    it('are made of any text, or the function is broken', () => {
      const text = texts.join('\n');
      const part = fc
        .tuple(fc.nat(text.length), fc.nat(600))
        .map(([start, length]) => text.slice(start, start + length));
      fc.assert(
        fc.property(fc.array(fc.oneof(part, fc.constantFrom(...tokens))), (parts) => {
          reader.read(parts.join(' '), (outline) => {
            for (const unit of outline.functions) assertWellFormed(unit);
          });
        }),
        { numRuns: 150 },
      );
    });

    it('are made of deeply nested text without exhausting the stack', () => {
      for (const [open, close] of nesting) {
        for (const depth of [100, 1500]) {
          reader.read(around(`${open.repeat(depth)} x ${close.repeat(depth)}`), (outline) => {
            for (const unit of outline.functions) assertWellFormed(unit);
          });
        }
      }
    });
  });
}
