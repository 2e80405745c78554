/** Constructed minidumps of both versions: what the reader gets out of them. */
import assert from 'node:assert/strict';
import { frameLabel, siteOf } from '../../../src/postmortem/frames.ts';
import { recordedTotals } from '../../../src/postmortem/totals.ts';
import {
  MEM_COMMIT,
  MEM_MAPPED,
  sectionInformation,
  sectionInformation32,
  writeDump,
  type WrittenHandle,
} from './minidump-writer.ts';
import { recordingOf } from './recordings.ts';

const MIB = 1024 * 1024;

const HANDLES: readonly WrittenHandle[] = [
  { handle: 0x4, type: 'File', name: '\\Device\\HarddiskVolume3\\srv' },
  { handle: 0x1a4, type: 'Section', information: [sectionInformation(0x800_0000, BigInt(MIB))] },
  {
    handle: 0x1a8,
    type: 'Section',
    name: '\\BaseNamedObjects\\Cache',
    information: [{ type: 1, content: new Uint8Array(8) }, sectionInformation(0x800_0000, BigInt(2 * MIB))],
  },
  { handle: 0x1ac, type: 'Section', information: [sectionInformation32(0x80_0000, BigInt(4 * MIB))] },
  { handle: 0x1b0, type: 'Section', information: [sectionInformation(0x400_0000, BigInt(8 * MIB))] },
  { handle: 0x1b4, type: 'Event' },
];

describe('minidump', () => {
  it('tells length, kind and name of each section in version 2, wherever in the chain its information stands', () => {
    const { sections, lists } = recordingOf(writeDump({ handles: HANDLES }));
    assert.ok(lists);
    assert.deepEqual(
      sections.map(({ handle, kind, name, bytes }) => [handle, kind, name, bytes]),
      [
        ['0x1a4', 'page-file', null, MIB],
        ['0x1a8', 'named', '\\BaseNamedObjects\\Cache', 2 * MIB],
        ['0x1ac', 'file', null, 4 * MIB],
        ['0x1b0', 'reserve', null, 8 * MIB],
      ],
    );
  });

  it('tells handle and name in version 1, no length, and how to get it', () => {
    const { sections, remedies } = recordingOf(writeDump({ handles: HANDLES, stride: 32 }));
    assert.deepEqual(
      sections.map(({ handle, kind, bytes }) => [handle, kind, bytes]),
      ['0x1a4', '0x1a8', '0x1ac', '0x1b0'].map((handle) => [handle, 'unknown', null]),
    );
    assert.match(remedies.join(' '), /!handle 0 f Section/u);
  });

  it('goes by the stride of the header, whatever a later version puts behind', () => {
    const [two, later] = [40, 56].map((stride) => recordingOf(writeDump({ handles: HANDLES, stride })));
    const known = ({ handle, bytes }: { handle: string | null; bytes: number | null }) => [handle, bytes];
    assert.deepEqual(later!.sections.map(known), two!.sections.map(known));
  });

  it('says how many handles have no type, for sections may be among them', () => {
    const { facts, sections } = recordingOf(writeDump({ handles: [...HANDLES, { handle: 0x200, type: '' }] }));
    assert.equal(sections.length, 4);
    assert.ok(facts.includes('7 handles (1 of them of a type that is not named)'), facts.join());
  });

  it('tells no length where the information has a length that no known structure has', () => {
    const odd = [{ handle: 8, type: 'Section', information: [{ type: 7, content: new Uint8Array(20) }] }];
    assert.equal(recordingOf(writeDump({ handles: odd })).sections[0]!.bytes, null);
  });

  it('says that there is no handle data, and which command makes a dump with it', () => {
    const { lists, sections, remedies, facts } = recordingOf(writeDump({ pid: 4711, threads: 3 }));
    assert.equal(lists, false);
    assert.deepEqual(sections, []);
    assert.match(remedies.join(' '), /no handle data.*procdump -mh/u);
    assert.deepEqual(facts, ['Windows 10.0.20348 x64', '0 modules', '3 threads']);
  });

  it('says of a dump from Linux that such dumps hold no sections', () => {
    const { lists, remedies } = recordingOf(writeDump({ platform: 0x8201 }));
    assert.equal(lists, false);
    assert.match(remedies.join(' '), /not of a Windows process/u);
  });

  it('shows the stack that opened a handle by module and offset, without the path of the module', () => {
    const { sections } = recordingOf(
      writeDump({
        handles: HANDLES,
        modules: [
          { base: 0x7ff6_0000_0000n, bytes: 0x1_0000, path: 'C:\\srv\\server.exe' },
          { base: 0x7ffb_0000_0000n, bytes: 0x10_0000, path: 'C:\\Windows\\System32\\ntdll.dll' },
        ],
        operations: [
          { handle: 0x1a4, kind: 2, addresses: [0x7ff6_0000_9999n] },
          { handle: 0x1a4, kind: 1, addresses: [0x7ffb_0000_1234n, 0x7ff6_0000_1a2bn, 0x1000n, 0x7fff_0000_0000n] },
          { handle: 0x4, kind: 1, addresses: [0x7ff6_0000_1111n] },
        ],
      }),
    );
    const [stack, ...others] = sections[0]!.created;
    assert.deepEqual(others, []);
    assert.deepEqual(
      stack!.map(({ text }) => text),
      ['ntdll.dll+0x1234', 'server.exe+0x1a2b', '0x1000', '0x7fff00000000'],
    );
    assert.equal(frameLabel(siteOf(stack!)!), 'server.exe+0x1a2b');
    assert.deepEqual(sections[1]!.created, []);
  });

  it('keeps both stacks of a handle whose number was used twice, for it was one of them', () => {
    const { sections } = recordingOf(
      writeDump({
        handles: HANDLES,
        operations: [1n, 2n, 1n].map((address) => ({ handle: 0x1a4, kind: 1, addresses: [address] })),
      }),
    );
    assert.deepEqual(
      sections[0]!.created.map(([frame]) => frame!.text),
      ['0x1', '0x2'],
    );
  });

  it('bounds what no view holds by all that is mapped and committed', () => {
    const recording = recordingOf(
      writeDump({
        handles: HANDLES,
        regions: [
          { bytes: BigInt(MIB), state: MEM_COMMIT, type: MEM_MAPPED },
          { bytes: 1n << 41n, state: 0x2000, type: MEM_MAPPED },
          { bytes: BigInt(MIB), state: MEM_COMMIT, type: 0x2_0000 },
        ],
      }),
    );
    assert.equal(recording.viewBytes, MIB);
    const { sections, bytes, unownedBytes, apart } = recordedTotals(recording);
    assert.deepEqual([sections, bytes], [3, 11 * MIB]);
    // 1 + 2 MiB are committed, of which views may cover 1; of the reserved 8 nothing is certain.
    assert.deepEqual(unownedBytes, { min: 2 * MIB, max: 11 * MIB });
    assert.deepEqual(apart, [{ kind: 'file', sections: 1, bytes: 4 * MIB, unsized: 0 }]);
  });
});
