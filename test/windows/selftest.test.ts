/** `section-leaks selftest` on Windows: under Wine it finds what is known of Wine, and records bytes to replay. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { SYSTEM_HANDLE_INFORMATION_EX, SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX } from '../../native/layouts.ts';
import { windowsPath } from '../../scripts/setup/wine.ts';
import type { Fact, RawAnswer } from '../../src/monitor/selftest/fact.ts';
import { typeIndexInSystem } from '../../src/monitor/platforms/windows/handle-tables.ts';
import type { HeldSection } from '../../src/monitor/selftest/held.ts';
import { startWindowsNode, temporary } from './machine.ts';
import { COMMAND_LINE } from './monitor.ts';

interface Record {
  readonly facts: readonly Fact[];
  readonly answers: readonly RawAnswer[];
}

/** What Wine 8 does not have. */
const MISSING_IN_WINE = [
  'counters.committed',
  'counters.disk-latency',
  'counters.disk-write',
  'counters.free',
  'counters.gpu-dedicated',
  'counters.gpu-shared',
  'counters.modified',
  'counters.page-file',
  'counters.page-writes',
  'counters.pages-output',
  'counters.standby-core',
  'counters.standby-normal',
  'counters.standby-reserve',
  'disk.cache',
  'handles.capture',
  'handles.object',
  'handles.process',
  'handles.trace',
  'memory.compression',
  'memory.lists',
  'memory.page-files',
  'system',
];

describe('section-leaks selftest on Windows', () => {
  let record: Record;

  before(async () => {
    const file = temporary('selftest.json');
    const node = await startWindowsNode(COMMAND_LINE, ['selftest', '--record', windowsPath(file)]);
    assert.equal(await node.ended, 0, node.complaints());
    record = JSON.parse(readFileSync(file, 'utf8')) as Record;
  });

  it('finds nothing that differs from what the monitor expects', () => {
    assert.deepEqual(
      record.facts.filter(({ outcome }) => outcome === 'differs'),
      [],
    );
  });

  it('finds missing under Wine what Wine is known not to have, and nothing else', () => {
    const missing = record.facts.filter(({ outcome }) => outcome === 'missing');
    const { outcome } = record.facts.find(({ id }) => id === 'system')!;
    if (outcome === 'missing') {
      assert.deepEqual(missing.map(({ id }) => id).toSorted(), MISSING_IN_WINE);
    }
    assert.ok(missing.every(({ detail }) => detail !== ''));
  });

  it('tells the status that Wine answers with', () => {
    const details = new Map(record.facts.map(({ id, detail }) => [id, detail]));
    if (details.get('system')!.startsWith('it is Wine')) {
      assert.equal(details.get('handles.process'), 'status 0xC0000003');
      assert.equal(details.get('memory.lists'), 'status 0xC0000003');
      assert.equal(details.get('handles.trace'), 'status 0xC0000002');
      assert.equal(details.get('counters.modified'), 'status 0xC0000BB9');
    }
  });

  it('records the known handles, of no other process, as the monitor reads them', () => {
    const { about, base64 } = record.answers.find(({ call }) => call === 'NtQuerySystemInformation(64)')!;
    const table = Buffer.from(base64, 'base64');
    const made = JSON.parse(String(about.handles)) as readonly HeldSection[];
    assert.ok(made.length >= 9);
    const types = made.map(({ handle }) => typeIndexInSystem(table, Number(about.pid), handle));
    assert.ok(types.every((type) => type !== null && type === types[0]));
    const { bytes, offsets } = SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX;
    for (let entry = SYSTEM_HANDLE_INFORMATION_EX.offsets.Handles; entry < table.length; entry += bytes) {
      assert.equal(Number(table.readBigUInt64LE(entry + offsets.UniqueProcessId)), about.pid);
    }
  });
});
