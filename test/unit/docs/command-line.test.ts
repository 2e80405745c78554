/** docs/command-line.md names every field of the JSON that the commands print. */
import assert from 'node:assert/strict';
import { createWorkspace } from '../../../src/analyzers/workspace.ts';
import { EXIT_CODES } from '../../../src/cli/output.ts';
import { loadInstalledGrammars } from '../../../src/lint/grammars.ts';
import { jsonFormat } from '../../../src/lint/report/json.ts';
import { readText } from './markdown.ts';

describe('docs/command-line.md', () => {
  const page = readText('docs/command-line.md');

  it('has a row for every exit code and no other', () => {
    const codes = [...page.matchAll(/^\| (\d) +\|/gmu)].map(([, code]) => Number(code));
    assert.deepEqual(codes.toSorted(), Object.values(EXIT_CODES).toSorted());
  });

  it('names every field of the JSON of lint', async () => {
    const file = '/project/leak.cs';
    const source = 'class A { void M() { var map = MemoryMappedFile.CreateNew(null, 1); Keep(map); } }\n';
    const workspace = createWorkspace(await loadInstalledGrammars(), { strict: true });
    workspace.setText(file, source);
    const [finding] = workspace.analyze(file).findings;
    assert.ok(finding !== undefined && finding.doubts.length > 0, 'strict mode reports the doubt');
    const fix = {
      kind: 'release-at-end',
      release: 'map.Dispose()',
      edits: [{ range: finding.range, newText: '' }],
    } as const;
    const report = jsonFormat.render(
      {
        root: '/project',
        files: 1,
        findings: [{ finding: { ...finding, fix }, severity: 'hint' }],
        suppressed: [{ finding, severity: 'hint', reason: 'why' }],
        idleComments: [{ file, range: finding.range, message: 'idle' }],
        baseline: { known: [], gone: 0 },
        problems: [{ path: '/project/b.cs', what: 'is binary', next: 'Exclude it.' }],
        sourceLine: () => '',
      },
      false,
    );
    assert.deepEqual(unnamed(keysOf(JSON.parse(report))), []);
  });

  it('names every field of the JSON of watch', () => {
    const records = readText('src/monitor/section.ts');
    const fields = [...records.matchAll(/^ {2}readonly (\w+)\??:/gmu)].map(([, name]) => name!);
    assert.ok(fields.includes('unownedBytes'));
    assert.deepEqual(unnamed(fields), []);
  });

  function unnamed(fields: readonly string[]): string[] {
    return [...new Set(fields)].filter((field) => !new RegExp(`[\`"]${field}[\`"]`, 'u').test(page));
  }
});

/** The names of all properties, at every depth. */
function keysOf(value: unknown): string[] {
  if (Array.isArray(value)) {
    return value.flatMap(keysOf);
  }
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)])
    : [];
}
