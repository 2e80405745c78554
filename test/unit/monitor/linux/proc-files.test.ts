/** Texts below are as Linux 6.18 printed them, unless they say otherwise. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { memoryFolder } from '../../../../src/monitor/platforms/linux/cgroup.ts';
import {
  bytesOf,
  parseFields,
  parseStat,
  processFigures,
} from '../../../../src/monitor/platforms/linux/process-status.ts';
import { parseSystemVSegments } from '../../../../src/monitor/platforms/linux/system-v.ts';
import { hidesProcesses } from '../../../../src/monitor/platforms/linux/unseen.ts';
import { readPeers } from '../../../../src/monitor/platforms/linux/unix-sockets.ts';

describe('/proc/PID/stat', () => {
  const after = 'S 2312 2313 2300 0 -1 4194304 335 0 0 0 0 1 0 0 20 0 1 0 59123 4575232 875 18446744073709551615';

  it('gives identity, parent and session', () => {
    assert.deepEqual(parseStat(`2313 (bash) ${after}`), {
      command: 'bash',
      state: 'S',
      parentPid: 2312,
      session: 2300,
      startTime: '59123',
      ofKernel: false,
    });
  });

  it('is read whatever the command is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 15 }), (command) => {
        const stat = parseStat(`2313 (${command}) ${after}`);
        assert.equal(stat?.command, command);
        assert.equal(stat.startTime, '59123');
      }),
    );
  });

  it('tells threads of the kernel', () => {
    assert.equal(parseStat(`2 (kthreadd) S 0 0 0 0 -1 2129984 ${'0 '.repeat(13)}1`)?.ofKernel, true);
  });

  it('gives nothing where it is cut short', () => {
    for (const text of ['', '12', '12 (a', '12 (a)', '12 (a) S 1 2']) {
      assert.equal(parseStat(text), null, text);
    }
  });
});

describe('/proc/PID/status', () => {
  it('gives the figures that everybody sees', () => {
    const status = parseFields(
      'Name:\tholder\nVmRSS:\t    4252 kB\nRssAnon:\t 104 kB\nRssShmem:\t 2568 kB\nVmSwap:\t 8 kB\n',
    );
    assert.deepEqual(processFigures('holder', status), {
      name: 'holder',
      residentBytes: 4252 * 1024,
      residentSharedBytes: 2568 * 1024,
      privateBytes: 112 * 1024,
    });
  });

  it('gives none for a process without memory', () => {
    assert.equal(processFigures('gone', parseFields('Name:\tgone\n')).residentBytes, null);
    assert.equal(bytesOf(parseFields('Threads:\t4\n'), 'Threads'), null);
  });
});

describe('/proc/sysvipc/shm', () => {
  const headings =
    '       key      shmid perms                  size  cpid  lpid nattch   uid   gid  cuid  cgid      atime      dtime      ctime                   rss                  swap';

  it('tells of segments that nobody has attached', () => {
    const line =
      '1569093760          7   644               1048576 19081     0      0     0     0     0     0          0          0 1795552004                  8192                  4096';
    assert.deepEqual(parseSystemVSegments(`${headings}\n${line}\n`), [
      {
        id: 7,
        key: '5d867880',
        bytes: 1_048_576,
        creatorPid: 19_081,
        attached: 0,
        allocatedBytes: 12_288,
        changed: 1_795_552_004,
      },
    ]);
  });

  it('leaves out what it does not understand', () => {
    assert.deepEqual(parseSystemVSegments(''), []);
    assert.deepEqual(parseSystemVSegments(`${headings}\n1 2 3\n`), []);
    fc.assert(
      fc.property(fc.string(), (noise) => {
        assert.ok(Array.isArray(parseSystemVSegments(`${headings}\n${noise}`)));
      }),
    );
  });
});

describe('the answer of sock_diag about unix sockets', () => {
  it('names the other end of each that has one', () => {
    const peers = new Map<number, number>();
    // Two messages of a real answer: socket 15631 without an attribute, 1056 with its peer 1057.
    const message = (inode: number, attributes: Buffer) => {
      const body = Buffer.concat([Buffer.from([1, 1, 1, 0]), word(inode), Buffer.alloc(8), attributes]);
      return Buffer.concat([word(16 + body.length), Buffer.from([20, 0, 2, 0]), word(1), word(0), body]);
    };
    const peer = Buffer.concat([Buffer.from([8, 0, 2, 0]), word(1057)]);
    const answer = Buffer.concat([message(15_631, Buffer.alloc(0)), message(1056, peer)]);
    assert.equal(readPeers(answer, peers), 'more');
    assert.deepEqual([...peers], [[1056, 1057]]);
    assert.equal(readPeers(Buffer.concat([word(20), Buffer.from([3, 0, 2, 0]), Buffer.alloc(12)]), peers), 'done');
    assert.equal(readPeers(Buffer.concat([word(20), Buffer.from([2, 0, 0, 0]), Buffer.alloc(12)]), peers), 'failed');
  });

  it('is read to its end in any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
        assert.match(readPeers(Buffer.from(noise), new Map()), /^(?:more|done|failed)$/u);
      }),
    );
  });

  function word(value: number): Buffer {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    return bytes;
  }
});

describe('/proc/self/mountinfo', () => {
  it('tells whether /proc hides the processes of others', () => {
    const proc = (options: string) => `22 28 0:21 / /proc rw,relatime shared:12 - proc proc ${options}\n`;
    assert.equal(hidesProcesses(proc('rw,hidepid=invisible')), true);
    assert.equal(hidesProcesses(proc('rw,gid=4,hidepid=2')), true);
    assert.equal(hidesProcesses(proc('rw,hidepid=off')), false);
    assert.equal(hidesProcesses(`${proc('rw')}23 28 0:5 / /mnt rw - ext4 /dev/hidepid=2 rw\n`), false);
  });
});

describe('the control group of a process', () => {
  const versionOne = '40 38 0:35 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory';
  const versionTwo = '35 25 0:30 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate';

  it('is found in version 2', () => {
    assert.equal(memoryFolder('0::/user.slice/app.scope\n', versionTwo)?.path, '/sys/fs/cgroup/user.slice/app.scope');
  });

  it('is found in version 1, also where version 2 is mounted beside it', () => {
    const membership = '9:name=systemd:/\n4:memory:/api/1c92\n0::/\n';
    assert.deepEqual(memoryFolder(membership, `${versionTwo}\n${versionOne}`), {
      path: '/sys/fs/cgroup/memory/api/1c92',
      files: { current: 'memory.usage_in_bytes', limit: 'memory.limit_in_bytes' },
    });
  });

  it('is found where the mount shows a part of the tree only (constructed)', () => {
    const mount = '35 25 0:30 /docker/f00 /sys/fs/cgroup ro - cgroup2 cgroup rw';
    assert.equal(memoryFolder('0::/docker/f00/inner\n', mount)?.path, '/sys/fs/cgroup/inner');
  });

  it('is none where nothing is mounted', () => {
    assert.equal(memoryFolder('0::/a\n', '25 1 0:5 / /proc rw - proc proc rw'), null);
    assert.equal(memoryFolder('', versionTwo), null);
  });
});
