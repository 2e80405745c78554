/** The samples are the lint's input: each leaking line is found, and none of the correct twins. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { lookUp } from '../../../src/analyzers/catalog/catalog.ts';
import type { Dialect } from '../../../src/analyzers/catalog/entry.ts';
import { RULE_IDS, type ResourceKind, type RuleId } from '../../../src/analyzers/finding.ts';
import { createWorkspace, isLintable } from '../../../src/analyzers/workspace.ts';
import { loadInstalledGrammars } from '../../../src/lint/grammars.ts';
import { readText, ROOT } from './markdown.ts';

interface Expected {
  readonly rule: RuleId;
  /** Counted from 1. */
  readonly line: number;
}

const SAMPLES = 'test/samples';
const expected = JSON.parse(readText(`${SAMPLES}/expected.json`)) as Readonly<Record<string, readonly Expected[]>>;

const DIALECTS: Readonly<Record<string, Dialect>> = { c: 'c', cs: 'csharp', ts: 'typescript' };

const ACQUIRED: Readonly<Record<RuleId, ResourceKind>> = {
  'section-outlives-view': 'section',
  'section-never-closed': 'section',
  'section-leaks-on-path': 'section',
  'view-never-unmapped': 'view',
  'pointer-never-released': 'pointer',
};

describe('samples', () => {
  it('are all named in expected.json', () => {
    const sources = readdirSync(join(ROOT, SAMPLES), { recursive: true, encoding: 'utf8' })
      .map((name) => name.replaceAll('\\', '/'))
      .filter((name) => isLintable(name) && !/(^|\/)(bin|obj|node_modules)\//u.test(name));
    assert.deepEqual(sources.toSorted(), Object.keys(expected).toSorted());
  });

  for (const [file, findings] of Object.entries(expected)) {
    for (const { rule, line } of findings) {
      it(`${file}:${line} acquires what ${rule} is about`, () => {
        assert.ok(RULE_IDS.includes(rule));
        const text = readText(`${SAMPLES}/${file}`).split('\n')[line - 1];
        assert.ok(text !== undefined, `${file} has no line ${line}`);
        assert.ok(acquiredIn(text, DIALECTS[file.split('.').at(-1)!]!).includes(ACQUIRED[rule]), text);
      });
    }
  }

  it('are linted together: every leak at its line, nothing else', async () => {
    const workspace = createWorkspace(await loadInstalledGrammars());
    for (const file of Object.keys(expected)) workspace.setText(file, readText(`${SAMPLES}/${file}`));
    const found = Object.fromEntries(
      Object.keys(expected).map((file) => [
        file,
        workspace
          .analyze(file)
          .findings.map(({ rule, range }) => ({ rule, line: range.start.line + 1 }))
          .toSorted((a, b) => a.line - b.line),
      ]),
    );
    assert.deepEqual(found, expected);
  });

  for (const file of Object.keys(expected)) {
    it(`${file} linted alone gives the same`, async () => {
      const workspace = createWorkspace(await loadInstalledGrammars());
      workspace.setText(file, readText(`${SAMPLES}/${file}`));
      const found = workspace.analyze(file).findings.map(({ rule, range }) => ({ rule, line: range.start.line + 1 }));
      assert.deepEqual(
        found.toSorted((a, b) => a.line - b.line),
        expected[file],
      );
    });
  }
});

/** What the calls on a line acquire, by the catalog alone. */
function acquiredIn(line: string, dialect: Dialect): ResourceKind[] {
  return [...line.matchAll(/(?:([\w.]+)\.)?(\w+)\(/gu)].flatMap(([, qualifier, name]) =>
    [false, true]
      .flatMap((hasReceiver) => lookUp(dialect, { name: name!, qualifier, hasReceiver }))
      .flatMap((effect) => (effect.effect === 'acquire' ? [effect.resource] : [])),
  );
}
