/** Processes, memory lists, page files, address spaces, counters. The bytes are constructed. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sumOfItems } from '../../../../../native/pdh.ts';
import { Family } from '../../../../../src/monitor/platforms/windows/family.ts';
import { pageFileBytes, parseMemoryLists } from '../../../../../src/monitor/platforms/windows/memory-tables.ts';
import {
  descendants,
  parseProcesses,
  type ProcessRow,
} from '../../../../../src/monitor/platforms/windows/process-table.ts';
import { assemblyName } from '../../../../../src/monitor/platforms/windows/processes.ts';
import { parsePiece, RegionBuilder } from '../../../../../src/monitor/platforms/windows/regions.ts';
import { kindOf, shownName } from '../../../../../src/monitor/platforms/windows/section-kinds.ts';
import { parseObjectName } from '../../../../../src/monitor/platforms/windows/section-reader.ts';

const PAGE = 4096;
const ADDRESS = 0x1_4000_0000n;

interface Process {
  readonly pid: number;
  readonly parentPid: number;
  readonly created: bigint;
  readonly name: string;
}

function processTable(processes: readonly Process[]): Buffer {
  const entries = processes.map(({ pid, parentPid, created, name }, index) => {
    const text = Buffer.from(name, 'utf16le');
    // Two threads of 80 bytes stand between an entry and its name.
    const nameAt = 256 + 160;
    const entry = Buffer.alloc(nameAt + text.length + (8 - (text.length % 8)));
    text.copy(entry, nameAt);
    entry.writeUInt32LE(index === processes.length - 1 ? 0 : entry.length, 0);
    entry.writeBigInt64LE(1000n, 8);
    entry.writeBigInt64LE(created, 32);
    entry.writeUInt16LE(text.length, 56);
    entry.writeBigUInt64LE(BigInt(nameAt), 64);
    entry.writeBigUInt64LE(BigInt(pid), 80);
    entry.writeBigUInt64LE(BigInt(parentPid), 88);
    entry.writeBigInt64LE(5000n, 144);
    entry.writeBigInt64LE(7000n, 200);
    return entry;
  });
  let start = 0;
  for (const entry of entries) {
    entry.writeBigUInt64LE(entry.readBigUInt64LE(64) + ADDRESS + BigInt(start), 64);
    start += entry.length;
  }
  return Buffer.concat(entries);
}

function rows(...processes: readonly (readonly [number, number, bigint])[]): ReadonlyMap<number, ProcessRow> {
  return parseProcesses(
    processTable(processes.map(([pid, parentPid, created]) => ({ pid, parentPid, created, name: `${pid}.exe` }))),
    ADDRESS,
  );
}

describe('the table of processes', () => {
  it('gives names, parents, times and memory', () => {
    const table = processTable([
      { pid: 0, parentPid: 0, created: 0n, name: '' },
      { pid: 700, parentPid: 4, created: 133_000n, name: 'naïve "☺".exe' },
    ]);
    assert.deepEqual(parseProcesses(table, ADDRESS).get(700), {
      pid: 700,
      parentPid: 4,
      name: 'naïve "☺".exe',
      created: 133_000n,
      workingSetBytes: 5000,
      privateWorkingSetBytes: 1000,
      privateBytes: 7000,
    });
    assert.equal(parseProcesses(table, ADDRESS).get(0)!.name, '');
  });

  it('gives no name where the pointer leads out of the table', () => {
    const table = processTable([{ pid: 8, parentPid: 4, created: 1n, name: 'a.exe' }]);
    assert.equal(parseProcesses(table, 0n).get(8)!.name, '');
    assert.equal(parseProcesses(table, ADDRESS * 2n).get(8)!.name, '');
  });

  it('of any bytes never throws and comes to an end', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 256, maxLength: 1200 }), (bytes) => {
        parseProcesses(Buffer.from(bytes), 0n);
      }),
    );
  });
});

describe('what a process has started', () => {
  it('is found over any number of parents, and not by a number that was given again', () => {
    const table = rows([10, 1, 5n], [11, 10, 6n], [12, 11, 7n], [13, 10, 4n], [14, 2, 8n]);
    assert.deepEqual([...descendants(10, table)].sort(), [11, 12]);
  });

  it('stays with it when its own parent has ended, and leaves with its own end', () => {
    const family = new Family(10);
    assert.deepEqual([...family.look(rows([10, 1, 5n], [11, 10, 6n], [12, 11, 7n]))], [10, 11, 12]);
    assert.deepEqual([...family.look(rows([10, 1, 5n], [12, 11, 7n]))], [10, 12]);
    assert.deepEqual([...family.look(rows([10, 1, 5n], [12, 11, 7n], [15, 12, 9n]))], [10, 12, 15]);
    // 12 was given to another process, which has a child of its own.
    assert.deepEqual([...family.look(rows([10, 1, 5n], [12, 2, 20n], [16, 12, 21n]))], [10]);
  });
});

describe('memory lists of class 80', () => {
  it('are counted in pages, the standby lists together', () => {
    const table = Buffer.alloc(176);
    for (let index = 0; index < 22; index += 1) {
      table.writeBigUInt64LE(BigInt(index + 1), index * 8);
    }
    const lists = parseMemoryLists(table, PAGE);
    assert.deepEqual(lists.zero, { bytes: PAGE });
    assert.deepEqual(lists.free, { bytes: 2 * PAGE });
    assert.deepEqual(lists.modified, { bytes: 3 * PAGE });
    assert.deepEqual(lists.modifiedNoWrite, { bytes: 4 * PAGE });
    assert.deepEqual(lists.standby, { bytes: (6 + 7 + 8 + 9 + 10 + 11 + 12 + 13) * PAGE });
    assert.deepEqual(lists.modifiedPageFile, { bytes: 22 * PAGE });
  });
});

describe('page files', () => {
  it('are taken together', () => {
    const table = Buffer.alloc(64);
    table.writeUInt32LE(32, 0);
    table.writeUInt32LE(100, 4);
    table.writeUInt32LE(10, 8);
    table.writeUInt32LE(50, 36);
    table.writeUInt32LE(5, 40);
    assert.deepEqual(pageFileBytes(table, PAGE), { used: 15 * PAGE, total: 150 * PAGE });
    assert.deepEqual(pageFileBytes(Buffer.alloc(0), PAGE), { used: 0, total: 0 });
  });
});

describe('counters with instances', () => {
  it('are added up, and one that is not valid makes none of it', () => {
    const items = Buffer.alloc(48);
    items.writeBigInt64LE(1000n, 16);
    items.writeBigInt64LE(24n, 40);
    assert.equal(sumOfItems(items, 2), 1024);
    items.writeUInt32LE(0xc000_0bba, 32);
    assert.deepEqual(sumOfItems(items, 2), { status: 0xc000_0bba });
    assert.equal(sumOfItems(items, 0), 0);
  });
});

describe('an address space', () => {
  const piece = (base: number, allocationBase: number, bytes: number, state: number, type: number, protect = 4) => {
    const buffer = Buffer.alloc(48);
    buffer.writeBigUInt64LE(BigInt(base), 0);
    buffer.writeBigUInt64LE(BigInt(allocationBase), 8);
    buffer.writeUInt32LE(protect, 16);
    buffer.writeBigUInt64LE(BigInt(bytes), 24);
    buffer.writeUInt32LE(state, 32);
    buffer.writeUInt32LE(type, 40);
    return parsePiece(buffer);
  };

  it('is put together to one region a mapping, private memory and images left out', () => {
    const builder = new RegionBuilder();
    const high = 0x7ff0_0000_0000;
    builder.add(piece(0x1_0000, 0x1_0000, PAGE, 0x1000, 0x2_0000));
    builder.add(piece(0x2_0000, 0x2_0000, PAGE, 0x1000, 0x4_0000));
    builder.add(piece(0x2_1000, 0x2_0000, 3 * PAGE, 0x2000, 0x4_0000));
    builder.add(piece(high, high, PAGE, 0x1000, 0x4_0000, 2));
    builder.add(piece(high + PAGE, high + PAGE, PAGE, 0x1000, 0x100_0000));
    assert.deepEqual(builder.regions, [
      { base: 0x2_0000, bytes: 4 * PAGE, reserves: true, writable: true, executable: false },
      { base: high, bytes: PAGE, reserves: false, writable: false, executable: false },
    ]);
  });
});

describe('what a section is', () => {
  it('is told by its attributes, its length and its name', () => {
    const kind = (attributes: number, name: string | null = null, bytes = PAGE) => kindOf({ attributes, name, bytes });
    assert.equal(kind(0x800_0000), 'page-file');
    assert.equal(kind(0x800_0000, 'cache'), 'named');
    assert.equal(kind(0x400_0000), 'reserve');
    assert.equal(kind(0x400_0000, null, 2 ** 41), 'runtime');
    assert.equal(kind(0x400_0000, 'x', 2 ** 41), 'reserve');
    assert.equal(kind(0x800_0000, null, 2 ** 41), 'page-file');
    assert.equal(kind(0x8800_0000), 'large-pages');
    assert.equal(kind(0x80_0000), 'file');
    assert.equal(kind(0x180_0000), 'image');
  });

  it('is called without its folder', () => {
    assert.equal(shownName(''), null);
    assert.equal(shownName('\\Sessions\\1\\BaseNamedObjects\\cache'), 'cache');
    assert.equal(shownName('\\BaseNamedObjects\\a\nb'), 'a\nb');
    assert.equal(shownName('\\KnownDlls\\ntdll.dll'), '\\KnownDlls\\ntdll.dll');
  });

  it('has the name that follows the header, whatever it holds', () => {
    const text = Buffer.from('\\x"\ud83d', 'utf16le');
    const buffer = Buffer.alloc(64);
    buffer.writeUInt16LE(text.length, 0);
    text.copy(buffer, 16);
    assert.equal(parseObjectName(buffer), '\\x"\ufffd');
    assert.equal(parseObjectName(Buffer.alloc(64)), '');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => parseObjectName(Buffer.from(bytes)).isWellFormed()),
    );
  });
});

describe('a .NET program that its host runs', () => {
  it('is called like its assembly', () => {
    assert.equal(assemblyName('"C:\\Program Files\\dotnet\\dotnet.exe" C:\\work\\app.dll --port 1'), 'app');
    assert.equal(assemblyName('dotnet exec "C:\\my work\\a.b.dll"'), 'a.b');
    assert.equal(assemblyName('dotnet build'), null);
    assert.equal(assemblyName(''), null);
  });
});
