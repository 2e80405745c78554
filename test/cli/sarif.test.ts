/** `section-leaks lint --format sarif`: what code scanning services require of it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import AjvDraft04 from 'ajv-draft-04';
import formats from 'ajv-formats';
import type { Log, Run } from 'sarif';
import { RULE_IDS } from '../../src/analyzers/finding.ts';
import { folderWith, LEAKING_C, sectionLeaks } from './command-line.ts';

const SCHEMA_FILE = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');

async function sarifOf(parameters: readonly string[], folder?: string): Promise<Log> {
  const options = folder === undefined ? {} : { folder };
  const { output } = await sectionLeaks(['lint', '--format', 'sarif', ...parameters], options);
  return JSON.parse(output) as Log;
}

function onlyRun(log: Log): Run {
  assert.equal(log.runs.length, 1);
  return log.runs[0]!;
}

/** The sentences of what the schema forbids. */
function violations(log: Log): readonly string[] {
  // The pattern that the schema gives for languages is none by the stricter rules of Unicode expressions.
  const ajv = new AjvDraft04.default({ strict: false, allErrors: true, unicodeRegExp: false });
  formats.default(ajv);
  ajv.validate(JSON.parse(readFileSync(SCHEMA_FILE, 'utf8')) as object, log);
  return (ajv.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}

describe('section-leaks lint --format sarif', () => {
  it('is valid by the schema of SARIF 2.1.0, with findings', async () => {
    const log = await sarifOf(['test/samples']);
    assert.ok(onlyRun(log).results!.length > 0);
    assert.deepEqual(violations(log), []);
  });

  it('is valid without findings, and with files left out', async () => {
    using folder = folderWith({ 'binary.c': 'a\0b', 'empty.c': '' });
    const log = await sarifOf([], folder.path);
    assert.deepEqual(onlyRun(log).results, []);
    assert.equal(onlyRun(log).invocations![0]!.toolExecutionNotifications!.length, 1);
    assert.deepEqual(violations(log), []);
  });

  it('would not be valid with a result that lacks its message', async () => {
    const log = await sarifOf(['test/samples']);
    const results: unknown[] = onlyRun(log).results!;
    results.push({ ruleId: 'section-never-closed' });
    assert.notDeepEqual(violations(log), []);
  });

  it('names files relative to the working folder, encoded as URIs', async () => {
    using folder = folderWith({ 'sub folder/lé#king.c': LEAKING_C });
    const run = onlyRun(await sarifOf([], folder.path));
    const { uri, uriBaseId } = run.results![0]!.locations![0]!.physicalLocation!.artifactLocation!;
    assert.equal(uri, 'sub%20folder/l%C3%A9%23king.c');
    assert.equal(run.originalUriBaseIds![uriBaseId!]!.uri, `${pathToFileURL(folder.path).href}/`);
  });

  it('describes every rule with its help and the address of its page', async () => {
    const { rules } = onlyRun(await sarifOf(['test/samples/c'])).tool.driver;
    assert.deepEqual(
      rules!.map(({ id }) => id),
      [...RULE_IDS],
    );
    for (const { id, help, helpUri } of rules!) {
      assert.ok(help!.text.length > 100 && help!.markdown!.length > 100, id);
      assert.match(helpUri!, new RegExp(`${id}\\.md$`));
    }
  });

  it('shows the path of each finding as a code flow that begins at the finding', async () => {
    const { results } = onlyRun(await sarifOf(['test/samples']));
    for (const { codeFlows, locations } of results!) {
      const steps = codeFlows![0]!.threadFlows[0]!.locations;
      assert.deepEqual(steps[0]!.location!.physicalLocation, locations![0]!.physicalLocation);
      assert.deepEqual(
        steps.map(({ executionOrder }) => executionOrder),
        steps.map((_, index) => index + 1),
      );
    }
  });

  it('gives the same fingerprint to a finding that has moved', async () => {
    using before = folderWith({ 'leaking.c': LEAKING_C });
    using after = folderWith({ 'leaking.c': `\n\n${LEAKING_C}` });
    const [first, second] = await Promise.all([sarifOf([], before.path), sarifOf([], after.path)]);
    const fingerprint = (log: Log): unknown => onlyRun(log).results![0]!.partialFingerprints;
    assert.deepEqual(fingerprint(first), fingerprint(second));
  });
});
