/** The plugin and the workspace behind the command line and the editor say the same of the same source. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { createWorkspace } from '../../../../src/analyzers/workspace.ts';
import { messageOf } from '../../../../src/lint/rules/index.ts';
import { lintFile } from '../../../../src/lint/suppressions/linted-file.ts';
import { examplesBelow, readText } from '../../docs/markdown.ts';
import { freshPlugin, grammars } from './plugin.ts';

const TESTS = join(import.meta.dirname, '..', '..', '..');

const SOURCES: ReadonlyMap<string, string> = new Map([
  ...sourcesIn(join(TESTS, 'samples', 'typescript')),
  ...sourcesIn(join(TESTS, 'unit', 'analyzers', 'corpus', 'typescript')),
  ...examples(),
]);

function sourcesIn(folder: string): [string, string][] {
  return readdirSync(folder)
    .filter((name) => /\.tsx?$/u.test(name))
    .map((name) => [join(folder, name).replaceAll('\\', '/'), readFileSync(join(folder, name), 'utf8')]);
}

/** Of the pages of the rules. */
function examples(): [string, string][] {
  return readdirSync(join(TESTS, '..', 'docs', 'rules')).flatMap((page) =>
    ['Found', 'Silent'].flatMap((heading) =>
      examplesBelow(heading, readText(`docs/rules/${page}`))
        .filter(({ language }) => language === 'typescript')
        .map(({ text, line }): [string, string] => [`/rules/${page}-${line}.ts`, text]),
    ),
  );
}

function saidByWorkspace(file: string, text: string, strict: boolean): readonly string[] {
  const workspace = createWorkspace(grammars, { strict });
  workspace.setText(file, text);
  return lintFile(workspace, file)
    .findings.map(({ rule, range: { start, end }, fix, ...rest }) =>
      JSON.stringify([
        `section-leaks/${rule}`,
        start.line + 1,
        start.character + 1,
        end.line + 1,
        end.character + 1,
        messageOf({ rule, range: { start, end }, ...rest }),
        fix === undefined ? 0 : 1,
      ]),
    )
    .toSorted();
}

function saidByPlugin(file: string, text: string, preset: 'recommended' | 'strict'): readonly string[] {
  const linter = new Linter({ cwd: '/' });
  const messages = linter.verify(
    text,
    [{ files: ['**/*.ts', '**/*.tsx'], languageOptions: { parser: tseslint.parser } }, freshPlugin().configs[preset]],
    file,
  );
  return messages
    .map(({ ruleId, line, column, endLine, endColumn, message, suggestions }) =>
      JSON.stringify([ruleId, line, column, endLine, endColumn, message, suggestions?.length ?? 0]),
    )
    .toSorted();
}

describe('the ESLint plugin and the workspace', () => {
  let reported = 0;
  for (const [file, text] of SOURCES) {
    it(`say the same of ${file.slice(file.lastIndexOf('/') + 1)}`, () => {
      const said = saidByWorkspace(file, text, false);
      reported += said.length;
      assert.deepEqual(saidByPlugin(file, text, 'recommended'), said);
      assert.deepEqual(saidByPlugin(file, text, 'strict'), saidByWorkspace(file, text, true));
    });
  }

  it('have found something', () => {
    assert.ok(reported > 5, `${reported} findings`);
  });
});
