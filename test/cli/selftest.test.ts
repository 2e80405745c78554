/** `section-leaks selftest` on this machine; on Windows it is tested in test/windows. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fact, RawAnswer } from '../../src/monitor/selftest/fact.ts';
import { BUNDLE, folderWith, sectionLeaks } from './command-line.ts';

interface Record {
  readonly schema: number;
  readonly system: { readonly platform: string };
  readonly facts: readonly Fact[];
  readonly answers: readonly RawAnswer[];
}

describe('section-leaks selftest', () => {
  it('finds that what the monitor stands on holds here, and ends with 0', async () => {
    const { code, output, complaints } = await sectionLeaks(['selftest', '--format', 'json']);
    assert.equal(complaints, '');
    const { facts, system } = JSON.parse(output) as Record;
    assert.deepEqual(
      facts.filter(({ outcome }) => outcome === 'differs'),
      [],
    );
    assert.equal(code, 0);
    assert.equal(system.platform, process.platform);
    const held = facts.filter(({ outcome }) => outcome === 'holds').map(({ id }) => id);
    assert.ok(held.includes('look.sections') && held.includes('look.unowned'), held.join(', '));
    assert.equal(new Set(facts.map(({ id }) => id)).size, facts.length, 'each fact once');
  });

  it('prints a fact a row with what was seen, and the counts', async () => {
    const { code, output } = await sectionLeaks(['selftest'], { script: BUNDLE });
    assert.equal(code, 0);
    assert.match(output, /^holds +look\.sections +the monitor sees each section.*\n +2 sections: /mu);
    assert.match(output, /^\d+ hold, \d+ missing \(the monitor does without and says so\), 0 differ$/mu);
    assert.ok(!output.includes('\u001b'), 'no colour codes where the output is no terminal');
  });

  it('records what the system answered, as bytes', async () => {
    using folder = folderWith({});
    const file = join(folder.path, 'record.json');
    assert.equal((await sectionLeaks(['selftest', '--record', file])).code, 0);
    const { schema, facts, answers } = JSON.parse(readFileSync(file, 'utf8')) as Record;
    assert.equal(schema, 1);
    assert.ok(facts.length > 0);
    const maps = answers.find(({ call }) => call === '/proc/PID/maps');
    assert.match(Buffer.from(maps!.base64, 'base64').toString(), /\/memfd:section-leaks selftest \(deleted\)$/u);
  });

  it('ends with 2 and a sentence where the record cannot be written', async () => {
    const { code, complaints } = await sectionLeaks(['selftest', '--record', '/no/such/folder/record.json']);
    assert.equal(code, 2);
    assert.match(
      complaints,
      /^section-leaks: The record was not written \(ENOENT.*\)\. Give a file in a folder that exists/u,
    );
  });
});
