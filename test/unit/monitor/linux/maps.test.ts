import assert from 'node:assert/strict';
import fc from 'fast-check';
import { deviceNumber, type Mapping, sharedMemoryMappings } from '../../../../src/monitor/platforms/linux/maps.ts';

const MEMFD = 1;
const SHM = 27;

describe('the views in /proc/PID/maps', () => {
  it('are the lines of memfd_create, shm_open, System V and shared anonymous memory', () => {
    const text = [
      '55b1c063c000-55b1c0640000 r--p 00000000 fe:00 1312                       /usr/bin/dash',
      '7f0c73658000-7f0c7365c000 rw-s 10000000 00:10 20360                      anon_inode:[io_uring]',
      '7f3045850000-7f3045853000 rw-s 00001000 00:01 4367                       /memfd:cache (deleted)',
      '7f3045860000-7f3045861000 ---p 00000000 00:01 4368                       /memfd:copy on write (deleted)',
      '7f3045870000-7f3045871000 r--s 00000000 00:1b 15                         /dev/shm/board',
      '7f3045880000-7f3045881000 rw-s 00000000 00:01 2                          /SYSV0000002a (deleted)',
      '7f3045890000-7f3045891000 rw-s 00000000 00:01 4369                       /dev/zero (deleted)',
      '7ffd2b7d4000-7ffd2b7f5000 rw-p 00000000 00:00 0                          [stack]',
      'ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]',
    ].join('\n');
    assert.deepEqual(
      mappings(text).map(({ path, device, inode }) => [path, device, inode]),
      [
        ['/memfd:cache (deleted)', MEMFD, 4367],
        ['/memfd:copy on write (deleted)', MEMFD, 4368],
        ['/dev/shm/board', SHM, 15],
        ['/SYSV0000002a (deleted)', MEMFD, 2],
        ['/dev/zero (deleted)', MEMFD, 4369],
      ],
    );
    assert.deepEqual(mappings(text)[0], {
      start: 0x7f3045850000,
      end: 0x7f3045853000,
      offset: 0x1000,
      device: MEMFD,
      inode: 4367,
      path: '/memfd:cache (deleted)',
    });
  });

  it('are known by the device of /dev/shm where a process sees it under another path', () => {
    const line = '7f3045870000-7f3045871000 rw-s 00000000 00:1b 15                         /run/elsewhere/board\n';
    assert.equal(sharedMemoryMappings(Buffer.from(line), SHM).length, 1);
    assert.equal(sharedMemoryMappings(Buffer.from(line), null).length, 0);
  });

  it('are not files on a disk, whatever their path says', () => {
    assert.deepEqual(mappings('7f3045870000-7f3045871000 rw-s 00000000 fe:00 15 /dev/shm/on-disk\n'), []);
    assert.deepEqual(mappings('7f3045870000-7f3045871000 rw-s 00000000 fe:00 15 /memfd:on-disk\n'), []);
  });

  it('are read whatever their names hold', () => {
    const name = fc.string({ unit: 'binary', maxLength: 80 }).map((text) => text.replaceAll(/\n/gu, '\\012'));
    fc.assert(
      fc.property(fc.array(fc.record({ name, page: fc.nat(2 ** 30), pages: fc.nat(2 ** 20) })), (views) => {
        const expected = views.map(({ name: given, page, pages }, index): Mapping => {
          const start = page * 4096;
          const path = Buffer.from(`/memfd:${given} (deleted)`).toString();
          return {
            start,
            end: start + (pages + 1) * 4096,
            offset: pages * 4096,
            device: MEMFD,
            inode: index + 1,
            path,
          };
        });
        assert.deepEqual(mappings(expected.map(lineOf).join('')), expected);
      }),
    );
  });

  it('are found or not, and nothing fails, in any bytes', () => {
    const noise = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc
        .stringMatching(/^[0-9a-f]{1,20}-[0-9a-f]{0,20} ?rw-s [0-9a-f ]{0,12}00:01 ?[0-9]{0,30} *(\/memfd:x)?$/u)
        .map(bytes),
    );
    fc.assert(
      fc.property(fc.array(noise), (pieces) => {
        const found = sharedMemoryMappings(Buffer.concat(pieces.flatMap((piece) => [piece, bytes('\n')])), SHM);
        for (const { start, end, offset, inode } of found) {
          assert.ok(end > start && offset >= 0 && Number.isFinite(inode));
        }
      }),
    );
  });

  it('carry the device number that stat gives', () => {
    assert.equal(deviceNumber(0, 1), 1);
    assert.equal(deviceNumber(0, 0x1b), 0x1b);
    assert.equal(deviceNumber(8, 3), 0x803);
    assert.equal(deviceNumber(0, 0x12345), 0x1230_0045);
  });
});

function mappings(text: string): readonly Mapping[] {
  return sharedMemoryMappings(Buffer.from(text), SHM);
}

/** As `fs/proc/task_mmu.c` writes it: the path begins in column 74 at the earliest. */
function lineOf({ start, end, offset, inode, path }: Mapping): string {
  const hex = (value: number) => value.toString(16).padStart(8, '0');
  return `${`${hex(start)}-${hex(end)} rw-s ${hex(offset)} 00:01 ${inode} `.padEnd(73)}${path}\n`;
}

function bytes(text: string): Buffer {
  return Buffer.from(text);
}
