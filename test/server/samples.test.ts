/** The samples as an editor shows them: every expected finding at its line, with its path, and nothing in the twins. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DiagnosticSeverity } from 'vscode-languageserver/node';
import { documentationUrl } from '../../src/lint/rules/rule.ts';
import { Editor, uriOf } from './editor.ts';

interface Expected {
  readonly rule: string;
  /** Counted from 1. */
  readonly line: number;
}

const SAMPLES = fileURLToPath(new URL('../samples', import.meta.url));
const EXPECTED = JSON.parse(readFileSync(join(SAMPLES, 'expected.json'), 'utf8')) as Readonly<
  Record<string, readonly Expected[]>
>;
const ALLOCATOR = 'csharp/PageFileAllocator/PageFileAllocator.cs';

describe('language server: samples', () => {
  let editor: Editor;

  before(async () => {
    editor = await Editor.start({ folders: [SAMPLES] });
    await editor.whenReady();
  });
  after(async () => {
    await editor.stop();
  });

  for (const [name, expected] of Object.entries(EXPECTED)) {
    it(`shows ${expected.length === 0 ? 'nothing' : `${expected.length} findings`} in ${name}, which is not open`, () => {
      const shown = editor.shown(join(SAMPLES, name));
      assert.deepEqual(
        shown.map(({ code, range }) => ({ rule: code, line: range.start.line + 1 })),
        expected,
      );
    });
  }

  it('shows nothing in any other file', () => {
    const expected = Object.entries(EXPECTED).flatMap(([name, { length }]) => (length === 0 ? [] : [name]));
    assert.deepEqual(editor.shownUris.toSorted(), expected.map((name) => uriOf(join(SAMPLES, name))).toSorted());
    assert(readdirSync(SAMPLES).length > 0);
  });

  it('says who found it, how grave it is, and where it is explained', () => {
    const [first] = editor.shown(join(SAMPLES, ALLOCATOR));
    assert.equal(first?.source, 'section-leaks');
    assert.equal(first.severity, DiagnosticSeverity.Warning);
    assert.equal(first.codeDescription?.href, documentationUrl('section-outlives-view'));
  });

  it('shows the path that leaks step by step, from the making of the section to where it is lost', () => {
    const file = join(SAMPLES, ALLOCATOR);
    const [first] = editor.shown(file);
    const steps = first?.relatedInformation ?? [];
    assert.deepEqual(new Set(steps.map(({ location }) => location.uri)), new Set([uriOf(file)]));
    assert.equal(steps.at(0)?.message, 'created');
    assert.deepEqual(steps.at(0)?.location.range, first?.range);
    assert.match(steps.map(({ message }) => message).join('\n'), /put in `allocated`/u);
    // What is kept stays reachable: its path ends where the last thing happened to it, another one's where it is lost.
    const pointer = editor.shown(file).find(({ code }) => code === 'pointer-never-released');
    assert.match(pointer?.relatedInformation?.at(-1)?.message ?? '', /still not released$/u);
    const lines = readFileSync(file, 'utf8').split('\n');
    for (const { location } of steps) {
      assert.ok(location.range.end.character <= lines[location.range.end.line]!.length);
    }
  });

  it('shows the same for a sample once it is open', async () => {
    const file = join(SAMPLES, ALLOCATOR);
    const before = editor.shown(file);
    editor.open(file, readFileSync(file, 'utf8'));
    assert.deepEqual(await editor.diagnosticsOfVersion(file), before);
  });
});
