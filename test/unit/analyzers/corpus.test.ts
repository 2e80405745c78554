/**
 * The corpus: small programs of our own, by language. A line that ends with `//! rule` (`#! rule`) must be reported by that rule, and
 * no other line may be: every function without a mark is a case that must stay silent.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Grammars } from '../../../src/analyzers/languages/grammars.ts';
import { createWorkspace, isLintable } from '../../../src/analyzers/workspace.ts';
import { loadInstalledGrammars } from '../../../src/lint/grammars.ts';

const CORPUS = join(import.meta.dirname, 'corpus');

function marks(text: string): readonly string[] {
  return text.split('\n').flatMap((line, index) => {
    const rule = /(?:\/\/|#)! ([a-z-]+)$/u.exec(line)?.[1];
    return rule === undefined ? [] : [`${index + 1} ${rule}`];
  });
}

function findings(grammars: Grammars, file: string, text: string): readonly string[] {
  const workspace = createWorkspace(grammars);
  workspace.setText(file, text);
  return workspace
    .analyze(file)
    .findings.map(({ range, rule }) => `${range.start.line + 1} ${rule}`)
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
}

describe('the corpus', () => {
  let grammars: Grammars;
  before(async () => {
    grammars = await loadInstalledGrammars();
  });

  for (const name of readdirSync(CORPUS, { recursive: true, encoding: 'utf8' }).filter(isLintable).sort()) {
    const text = readFileSync(join(CORPUS, name), 'utf8');

    it(`${name}: exactly the marked lines are reported`, () => {
      assert.deepEqual(findings(grammars, name, text), marks(text));
    });

    it(`${name}: all of its functions are read`, () => {
      const workspace = createWorkspace(grammars);
      workspace.setText(name, text);
      assert.equal(workspace.analyze(name).brokenFunctions, 0);
    });

    it(`${name}: dead code at the end of the file changes nothing`, () => {
      const more = `${text}\n\n${/\.(?:py|ps1)$/u.test(name) ? '#' : '//'} nothing more\n`;
      assert.deepEqual(findings(grammars, name, more), marks(text));
    });

    it(`${name}: an edit and its undoing give what a fresh analysis gives`, () => {
      const workspace = createWorkspace(grammars);
      workspace.setText(name, text);
      const fresh = workspace.analyze(name);
      workspace.setText(
        name,
        text.replaceAll('Dispose', 'Length').replaceAll('close(', 'fsync(').replaceAll('CloseHandle', 'Log'),
      );
      workspace.analyze(name);
      workspace.setText(name, text);
      assert.deepEqual(workspace.analyze(name), fresh);
    });
  }
});
