/** What the lint says in the editor about the samples, and that it goes with the text as it is typed. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { diagnosticsOf, expectedFindings, open, revert, untilFindings } from './samples.ts';

/** A leak to type at the end of a correct program, by the file's ending. */
const LEAKS: Readonly<Record<string, string>> = {
  '.c': '\nvoid forget(void)\n{\n    int section = memfd_create("forgotten", 0);\n}\n',
  '.cs': '\nclass Forgets { void Forget() { var map = MemoryMappedFile.CreateNew(null, 4096); } }\n',
  '.ts': "\nexport function forget(): void {\n  const section = memfd_create('forgotten', 0);\n}\n",
};

describe('diagnostics', () => {
  const samples = Object.entries(expectedFindings());
  const leaking = samples.filter(([, expected]) => expected.length > 0);
  const twins = samples.filter(([sample]) => /fixed\.\w+$/iu.test(sample));

  for (const [sample, expected] of leaking) {
    it(`are those of the leaks in ${sample}`, async () => {
      await open(sample);
      await untilFindings(sample, expected);
    });

    it(`explain themselves in ${sample}: the rule's page, and steps that exist`, async () => {
      await open(sample);
      await untilFindings(sample, expected);
      for (const { code, relatedInformation } of diagnosticsOf(sample)) {
        assert.ok(typeof code === 'object' && code.target.toString().includes(String(code.value)));
        assert.ok(relatedInformation !== undefined && relatedInformation.length > 0);
        for (const { location, message } of relatedInformation) {
          assert.ok(existsSync(location.uri.fsPath), location.uri.fsPath);
          assert.notEqual(message, '');
        }
      }
    });
  }

  for (const [sample, expected] of twins) {
    it(`come and go with a leak that is typed into ${sample}, which has none`, async () => {
      const editor = await open(sample);
      const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
      const leak = LEAKS[sample.slice(sample.lastIndexOf('.'))]!;
      const line = lineOfAcquire(end, leak);
      await editor.edit((edit) => {
        edit.insert(end, leak);
      });
      await untilFindings(sample, [...expected, { rule: 'section-never-closed', line }]);
      await revert();
      await untilFindings(sample, expected);
    });
  }
});

/** Where the acquiring call will stand, counted from 1, when `leak` has been put in at `end`. */
function lineOfAcquire(end: vscode.Position, leak: string): number {
  const call = /memfd_create|CreateNew/u.exec(leak)!.index;
  return end.line + leak.slice(0, call).split('\n').length;
}
