/** Linux: what the monitor takes from /proc, looked at on a process of our own whose sections are known. */
import { globSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { loadLibc } from '../../../../native/libc.ts';
import { allocatedRanges } from '../../platforms/linux/allocated-ranges.ts';
import { memoryLists } from '../../platforms/linux/memory-lists.ts';
import { readUnixPeers } from '../../platforms/linux/unix-sockets.ts';
import { expecting, type FactSheet, type Finding } from '../fact.ts';
import type { HeldSection } from '../held.ts';
import type { Holder } from '../holder.ts';
import { SECTION_BYTES, SECTION_NAME, WRITTEN_BYTES } from './sections.ts';

const BLOCK_BYTES = 512;
/** Written at its beginning and at its end. */
const ALLOCATED_BYTES = 2 * WRITTEN_BYTES;

export async function checkLinux(sheet: FactSheet, { pid, sections }: Holder): Promise<void> {
  const libc = await loadLibc();
  sheet.check('koffi', 'koffi loads the C library', () =>
    'reason' in libc ? { missing: libc.reason } : { holds: 'it does' },
  );
  const [unmapped, mapped] = sections;
  if (unmapped !== undefined && mapped !== undefined) {
    checkDescriptors(sheet, pid, unmapped, mapped);
    sheet.check('ranges', 'SEEK_DATA and SEEK_HOLE tell what is allocated, and allocate nothing', () =>
      'reason' in libc ? { missing: libc.reason } : rangesOf(pathOf(pid, unmapped), libc),
    );
  }
  sheet.check('sockets', 'the kernel tells which processes a socket connects', () => {
    const peers = 'reason' in libc ? null : readUnixPeers(libc);
    return peers === null ? { missing: 'it does not (sock_diag)' } : { holds: `${peers.size} sockets` };
  });
  checkFiles(sheet);
  checkMemory(sheet, pid);
}

function checkDescriptors(sheet: FactSheet, pid: number, unmapped: HeldSection, mapped: HeldSection): void {
  sheet.check('memfd.name', 'the link of a descriptor names what memfd_create has made', () =>
    expecting(`/memfd:${SECTION_NAME} (deleted)`, readlinkSync(pathOf(pid, unmapped))),
  );
  sheet.check('memfd.bytes', 'the length of a section is the one that it was given', () =>
    expecting(String(SECTION_BYTES), String(statSync(pathOf(pid, unmapped)).size)),
  );
  sheet.check('memfd.allocated', 'its blocks of 512 bytes are what is allocated', () =>
    expecting(String(ALLOCATED_BYTES), String(statSync(pathOf(pid, unmapped)).blocks * BLOCK_BYTES)),
  );
  sheet.check('memfd.identity', 'device and inode are the same in the table of mappings', () => {
    const { ino } = statSync(pathOf(pid, mapped));
    const lines = readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n');
    const line = lines.find((text) => text.endsWith(`/memfd:${SECTION_NAME} (deleted)`));
    sheet.record('/proc/PID/maps', { inode: ino }, Buffer.from(line ?? ''));
    return expecting(String(ino), line?.split(/\s+/u)[4] ?? 'there is no such mapping');
  });
}

function rangesOf(path: string, libc: Parameters<typeof allocatedRanges>[2]): Finding {
  const { dev, ino, blocks } = statSync(path);
  const allocated = allocatedRanges(path, `${dev}:${ino}`, libc);
  if ('reason' in allocated) {
    return { missing: allocated.reason };
  }
  const after = statSync(path).blocks;
  if (after !== blocks) {
    return { differs: `looking changed it from ${blocks} to ${after} blocks` };
  }
  const expected = [
    { start: 0, end: WRITTEN_BYTES },
    { start: SECTION_BYTES - WRITTEN_BYTES, end: SECTION_BYTES },
  ];
  return expecting(JSON.stringify(expected), JSON.stringify(allocated.ranges));
}

/** Each is recorded as it is: none holds anything that tells of the user. */
const FILES: readonly (readonly [id: string, what: string, path: string])[] = [
  ['memory.vmstat', 'the machine counts the pages that it swaps out', '/proc/vmstat'],
  ['memory.swaps', 'it lists where it swaps to', '/proc/swaps'],
  ['memory.pressure', 'it tells how long programs wait for memory', '/proc/pressure/memory'],
  ['sysv', 'it lists the segments of System V', '/proc/sysvipc/shm'],
];

function checkFiles(sheet: FactSheet): void {
  for (const [id, what, path] of FILES) {
    sheet.check(id, what, () => {
      const text = readText(path);
      if (text === undefined) {
        return { missing: `${path} cannot be read` };
      }
      sheet.record(path, {}, Buffer.from(text));
      return { holds: path };
    });
  }
  sheet.check('disk.cache', 'it tells whether the cache of a disk for writing is on', () => {
    const seen = globSync('/sys/block/*/queue/write_cache').map((path) => `${path}: ${readText(path)?.trim() ?? '?'}`);
    return seen.length === 0 ? { missing: 'no disk tells' } : { holds: seen.join(', ') };
  });
  sheet.check('access.ptrace', 'processes of the same user may be looked into', () => {
    const scope = readText('/proc/sys/kernel/yama/ptrace_scope')?.trim() ?? '0';
    return scope === '0' ? { holds: 'they may' } : { missing: `kernel.yama.ptrace_scope is ${scope}` };
  });
}

function checkMemory(sheet: FactSheet, pid: number): void {
  for (const [name, figure] of Object.entries(memoryLists(pid))) {
    sheet.check(`memory.${name}`, `the figure "${name}" is there`, () =>
      'bytes' in figure ? { holds: `${figure.bytes} bytes` } : { missing: figure.reason },
    );
  }
}

function pathOf(pid: number, { handle }: HeldSection): string {
  return `/proc/${pid}/fd/${handle}`;
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
