/** The rules as ESLint's own tester sees them. */
import assert from 'node:assert/strict';
import { Linter, RuleTester } from 'eslint';
import tseslint from 'typescript-eslint';
import type { Grammars } from '../../../../src/analyzers/languages/grammars.ts';
import { createPlugin } from '../../../../src/lint/eslint/plugin.ts';
import { DECLARATIONS, freshPlugin } from './plugin.ts';

const { rules } = freshPlugin();

function code(body: string): string {
  return `${DECLARATIONS}${body}`;
}

/** The line in `code` of a line of its body, counted from 1. */
function line(ofBody: number): number {
  return DECLARATIONS.split('\n').length - 1 + ofBody;
}

const CLOSED = code(`export function reserve(bytes) {
  const section = memfd_create('reserve', 1);
  if (section === -1) throw new Error('memfd_create');
  try {
    ftruncate(section, bytes);
  } finally {
    close(section);
  }
}
`);
const RETURNED = code(`export function reserve() {
  return memfd_create('reserve', 1);
}
`);
const HANDED_OVER = code(`export function reserve(keep) {
  const section = memfd_create('reserve', 1);
  keep(section);
}
`);
const NEVER_CLOSED = `export function reserve(bytes) {
  const section = memfd_create('reserve', 1);
  return ftruncate(section, bytes);
}
`;
const OUTLIVES = `const kept = [];
export function fill(bytes) {
  const section = memfd_create('fill', 1);
  if (section === -1) return;
  kept.push(section);
  const view = mmap(null, bytes, 3, 1, section, 0);
  if (view !== -1) munmap(view, bytes);
}
`;
const ON_PATH = `export function reserve(bytes) {
  const section = memfd_create('reserve', 1);
  if (section === -1) return false;
  if (ftruncate(section, bytes) === -1) return false;
  close(section);
  return true;
}
`;
const VIEW = `export function fill(bytes) {
  const section = memfd_create('fill', 1);
  if (section === -1) return;
  const view = mmap(null, bytes, 3, 1, section, 0);
  close(section);
}
`;

const tester = new RuleTester();
const inTypeScript = new RuleTester({ languageOptions: { parser: tseslint.parser } });

tester.run('section-never-closed', rules['section-never-closed'], {
  valid: [
    { name: 'a section that is closed', code: CLOSED },
    { name: 'a section that is returned', code: RETURNED },
    { name: 'a doubt', code: HANDED_OVER },
    { name: 'what another rule reports', code: code(OUTLIVES) },
    {
      name: 'a comment with a reason',
      code: code(
        NEVER_CLOSED.replace('1);\n', '1); // section-leaks: allow section-never-closed -- the process ends soon\n'),
      ),
    },
    {
      name: "ESLint's own comment",
      code: `/* eslint-disable rule-to-test/section-never-closed */ ${code(NEVER_CLOSED)}`,
    },
    { name: 'a file that holds no script of its own', filename: 'part.vue', code: code(NEVER_CLOSED) },
  ],
  invalid: [
    {
      name: 'the words and the place are those of the lint',
      code: code(NEVER_CLOSED),
      errors: [
        {
          message:
            `Memory file descriptor \`section\` is never closed: the return at line ${line(3)} leaves it open. ` +
            'Its size stays charged to the commit of the system.',
          line: line(2),
          column: 19,
          endLine: line(2),
          endColumn: 45,
        },
      ],
    },
    {
      name: 'a comment without a reason counts for nothing',
      code: code(NEVER_CLOSED.replace('1);\n', '1); // section-leaks: allow section-never-closed\n')),
      errors: 1,
    },
    {
      name: 'a doubt, where it is asked for, with its name',
      code: HANDED_OVER,
      options: [{ strict: true }],
      errors: [{ message: new RegExp(`Not certain: it is given to \`keep\` \\(line ${line(3)}\\)`, 'u') }],
    },
    {
      name: 'lines that only ESLint counts move nothing',
      code: `// a\u2028// b\n${code(NEVER_CLOSED)}`,
      errors: [{ messageId: 'found', line: line(2) + 2, column: 19 }],
    },
    {
      name: 'lines that end with a carriage return',
      code: code(NEVER_CLOSED).replaceAll('\n', '\r\n'),
      errors: [{ messageId: 'found', line: line(2), column: 19 }],
    },
  ],
});

tester.run('section-outlives-view', rules['section-outlives-view'], {
  valid: [
    { name: 'a section that is closed', code: CLOSED },
    { name: 'what another rule reports', code: code(NEVER_CLOSED) },
  ],
  invalid: [
    {
      name: 'the section is kept after its view is gone',
      code: code(OUTLIVES),
      errors: [{ messageId: 'found', line: line(3) }],
    },
  ],
});

tester.run('section-leaks-on-path', rules['section-leaks-on-path'], {
  valid: [
    { name: 'a section that is closed', code: CLOSED },
    { name: 'what another rule reports', code: code(NEVER_CLOSED) },
  ],
  invalid: [
    {
      name: 'an early return, with the edit as a suggestion',
      code: code(ON_PATH),
      errors: [
        {
          messageId: 'found',
          line: line(2),
          suggestions: [
            {
              desc: 'Add close(section) before it is lost',
              output: code(ON_PATH).replace(
                '=== -1) return false;\n  close',
                '=== -1) { close(section); return false; }\n  close',
              ),
            },
          ],
        },
      ],
    },
  ],
});

tester.run('view-never-unmapped', rules['view-never-unmapped'], {
  valid: [
    { name: 'a section without a view', code: CLOSED },
    { name: 'a view that is unmapped', code: code(OUTLIVES) },
  ],
  invalid: [
    {
      name: 'the section is closed, the view stays',
      code: code(VIEW),
      errors: [{ messageId: 'found', line: line(4) }],
    },
  ],
});

tester.run('pointer-never-released', rules['pointer-never-released'], {
  valid: [
    { name: 'a section without a view', code: code(NEVER_CLOSED) },
    { name: 'a view: its address is no pointer that counts', code: code(VIEW) },
  ],
  invalid: [],
});

inTypeScript.run('section-never-closed in TypeScript', rules['section-never-closed'], {
  valid: [
    {
      name: 'a section that is closed',
      filename: 'closed.ts',
      code: CLOSED.replace('(bytes)', '(bytes: number): void'),
    },
  ],
  invalid: [
    {
      name: 'a section that nothing closes',
      filename: 'reserve.ts',
      code: code(NEVER_CLOSED.replace('(bytes)', '(bytes: number): number')),
      errors: [{ messageId: 'found', line: line(2) }],
    },
    {
      name: 'the same beside JSX',
      filename: 'reserve.tsx',
      code: code(`${NEVER_CLOSED.replace('(bytes)', '(bytes: number): number')}export const shown = <b>open</b>;\n`),
      languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } },
      errors: [{ messageId: 'found', line: line(2) }],
    },
  ],
});

describe('a fault of the analysis', () => {
  it('is told once, by one of the rules, and stops no other rule', () => {
    const broken = createPlugin({} as Grammars);
    const messages = new Linter().verify(code(NEVER_CLOSED), [
      broken.configs.recommended,
      { rules: { 'no-const-assign': 'error', 'no-undef': 'error' } },
    ]);
    assert.deepEqual(
      messages.map(({ ruleId }) => ruleId),
      ['section-leaks/section-outlives-view'],
    );
    assert.match(messages[0]!.message, /was not analysed: the analysis failed on it/u);
  });
});
