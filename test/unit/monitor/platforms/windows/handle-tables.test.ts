/** The tables are constructed: no bytes of a real Windows are at hand, and Wine gives class 64 only. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  processSectionHandles,
  typeIndexInProcess,
  typeIndexInSystem,
} from '../../../../../src/monitor/platforms/windows/handle-tables.ts';
import { SystemTable } from '../../../../../src/monitor/platforms/windows/system-table.ts';

const SECTION = 45;
const FILE = 37;
const HEADER_BYTES = 16;
const ENTRY_BYTES = 40;

interface Entry {
  readonly pid: number;
  readonly handle: number;
  readonly type: number;
  readonly access?: number;
  readonly attributes?: number;
  readonly object?: bigint;
  readonly handleCount?: number;
}

function systemTable(entries: readonly Entry[]): Buffer {
  const buffer = Buffer.alloc(HEADER_BYTES + entries.length * ENTRY_BYTES);
  buffer.writeBigUInt64LE(BigInt(entries.length), 0);
  for (const [index, { pid, handle, type, access = 7, attributes = 0, object = 0n }] of entries.entries()) {
    const start = HEADER_BYTES + index * ENTRY_BYTES;
    buffer.writeBigUInt64LE(object, start);
    buffer.writeBigUInt64LE(BigInt(pid), start + 8);
    buffer.writeBigUInt64LE(BigInt(handle), start + 16);
    buffer.writeUInt32LE(access, start + 24);
    buffer.writeUInt16LE(0xffff, start + 28);
    buffer.writeUInt16LE(type, start + 30);
    buffer.writeUInt32LE(attributes, start + 32);
    buffer.writeUInt32LE(0xdead_beef, start + 36);
  }
  return buffer;
}

function processTable(entries: readonly Entry[]): Buffer {
  const buffer = Buffer.alloc(HEADER_BYTES + entries.length * ENTRY_BYTES);
  buffer.writeBigUInt64LE(BigInt(entries.length), 0);
  for (const [index, { handle, type, access = 7, attributes = 0, handleCount = 1 }] of entries.entries()) {
    const start = HEADER_BYTES + index * ENTRY_BYTES;
    buffer.writeBigUInt64LE(BigInt(handle), start);
    buffer.writeBigUInt64LE(BigInt(handleCount), start + 8);
    buffer.writeBigUInt64LE(32_769n, start + 16);
    buffer.writeUInt32LE(access, start + 24);
    buffer.writeUInt32LE(type, start + 28);
    buffer.writeUInt32LE(attributes, start + 32);
  }
  return buffer;
}

describe('the table of all handles', () => {
  it('gives the section handles of each process, with what tells one from another', () => {
    const table = systemTable([
      { pid: 4, handle: 0x10, type: FILE },
      { pid: 4, handle: 0x14, type: SECTION, object: 0xffff_8a0f_1234_5678n },
      { pid: 700, handle: 0x40, type: SECTION, access: 0xf_0007, attributes: 2 },
      { pid: 4, handle: 0x20, type: SECTION },
    ]);
    const processes = new SystemTable(SECTION).take(table);
    assert.deepEqual([...processes.keys()], [4, 700]);
    assert.deepEqual(processes.get(4)!.handles, [0x14, 0x20]);
    assert.deepEqual(processes.get(4)!.objects, [0x8a0f_1234_5678, 0]);
    const other = processes.get(700)!;
    assert.deepEqual([other.access, other.attributes, other.handleCounts], [[0xf_0007], [2], [0]]);
  });

  it('tells the type of a handle that is known', () => {
    const table = systemTable([
      { pid: 12, handle: 0x40, type: FILE },
      { pid: 13, handle: 0x40, type: SECTION },
    ]);
    assert.equal(typeIndexInSystem(table, 13, 0x40), SECTION);
    assert.equal(typeIndexInSystem(table, 14, 0x40), null);
  });

  it('that is cut off, or lies about its length, gives what is there', () => {
    const table = systemTable([
      { pid: 1, handle: 4, type: SECTION },
      { pid: 1, handle: 8, type: SECTION },
    ]);
    assert.deepEqual(new SystemTable(SECTION).take(table.subarray(0, -1)).get(1)!.handles, [4]);
    table.writeBigUInt64LE(2n ** 63n, 0);
    assert.deepEqual(new SystemTable(SECTION).take(table).get(1)!.handles, [4, 8]);
  });

  it('gives a process of which nothing has changed the same columns again, and the others new ones', () => {
    const system = new SystemTable(SECTION);
    const one = { pid: 1, handle: 4, type: SECTION };
    const two = { pid: 2, handle: 4, type: SECTION };
    const first = system.take(systemTable([one, two]));
    const later = system.take(systemTable([{ pid: 0, handle: 4, type: FILE }, one, { ...two, access: 4 }]));
    assert.equal(later.get(1), first.get(1));
    assert.notEqual(later.get(2), first.get(2));
    assert.deepEqual(later.get(2)!.access, [4]);
  });

  it('puts a process together that stands in two places', () => {
    const system = new SystemTable(SECTION);
    const table = systemTable([4, 8, 12].map((handle, index) => ({ pid: index % 2, handle, type: SECTION })));
    for (const processes of [system.take(table), system.take(table)]) {
      assert.deepEqual(
        [...processes].map(([pid, { handles }]) => [pid, handles]),
        [
          [0, [4, 12]],
          [1, [8]],
        ],
      );
    }
  });

  it('of any bytes never throws, and gives no more entries than fit', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(0xffff), (bytes, type) => {
        const count = [...new SystemTable(type).take(Buffer.from(bytes)).values()].flatMap(({ handles }) => handles);
        assert.ok(count.length * ENTRY_BYTES + HEADER_BYTES <= Math.max(HEADER_BYTES, bytes.length));
      }),
    );
  });
});

describe('the table of the handles of one process', () => {
  it('gives its section handles, each with how many its object has', () => {
    const table = processTable([
      { pid: 0, handle: 4, type: FILE },
      { pid: 0, handle: 8, type: SECTION, handleCount: 3, access: 4 },
      { pid: 0, handle: 12, type: SECTION },
    ]);
    const { handles, handleCounts, access } = processSectionHandles(table, SECTION);
    assert.deepEqual(
      [handles, handleCounts, access],
      [
        [8, 12],
        [3, 1],
        [4, 7],
      ],
    );
    assert.equal(typeIndexInProcess(table, 12), SECTION);
    assert.equal(typeIndexInProcess(table, 16), null);
  });

  it('of any bytes never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(0xffff), (bytes, type) => {
        assert.ok(processSectionHandles(Buffer.from(bytes), type).handles.length <= bytes.length / ENTRY_BYTES);
      }),
    );
  });
});
