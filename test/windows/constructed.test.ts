/** Answers that Wine does not give, constructed: the monitor reads them as what Wine tells in another way. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { ConstructedLooks } from './inside/constructed.ts';
import { bundledForWindows, startWindowsNode } from './machine.ts';
import { startSections } from './sections.ts';

const KIB = 1024;
const PAGE = 4 * KIB;
const MIB = 1024 * KIB;

describe('constructed answers of Windows', () => {
  let looks: ConstructedLooks;

  before(async () => {
    await using program = await startSections([
      `make a page-file ${MIB}`,
      'again a',
      `make b page-file ${2 * MIB}`,
      'map b 0',
      `make r reserve ${4 * MIB}`,
      `make n named ${64 * KIB} constructed`,
      `make g page-file ${3 * MIB}`,
      'give g 0',
    ]);
    const script = bundledForWindows(join(import.meta.dirname, 'inside', 'constructed.ts'));
    const node = await startWindowsNode(script, [String(program.pid)]);
    assert.equal(await node.ended, 0, node.complaints());
    looks = JSON.parse(node.output()) as ConstructedLooks;
  });

  it('give the same sections by the handles of one process (class 51) as by those of all (class 64)', () => {
    assert.equal(looks.plain.sections.length, 5);
    assert.deepEqual(looks.classes.sections, looks.plain.sections);
  });

  it('give the memory lists by class 80, and the page file by class 18', () => {
    const { modified, standby, modifiedPageFile, free, zero, pageFileUsed, pageFileTotal } = looks.classes.memory;
    assert.deepEqual(
      { modified, standby, modifiedPageFile, free, zero, pageFileUsed, pageFileTotal },
      {
        modified: { bytes: 1000 * PAGE },
        standby: { bytes: 650 * PAGE },
        modifiedPageFile: { bytes: 700 * PAGE },
        free: { bytes: 2 * PAGE },
        zero: { bytes: PAGE },
        pageFileUsed: { bytes: MIB },
        pageFileTotal: { bytes: 16 * MIB },
      },
    );
  });

  it('give the memory lists by performance counters where class 80 is refused', () => {
    const { modified, standby, free, gpuShared, modifiedPageFile } = looks.counters.memory;
    assert.deepEqual([modified, free, gpuShared], Array(3).fill({ bytes: 5 * MIB }));
    assert.deepEqual(standby, { bytes: 15 * MIB });
    assert.match((modifiedPageFile as { readonly reason: string }).reason, /class 80, status 0x/u);
  });

  it('are reasons where there are none', () => {
    const { modified } = looks.plain.memory;
    assert.match(
      (modified as { readonly reason: string }).reason,
      /class 80, .+Modified Page List Bytes is not there/u,
    );
  });
});
