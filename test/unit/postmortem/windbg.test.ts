/** Constructed WinDbg logs: handle lists, traces and stacks, and what surrounds and damages them. */
import assert from 'node:assert/strict';
import { compare } from '../../../src/postmortem/comparison.ts';
import { groupsOf } from '../../../src/postmortem/groups.ts';
import type { Recording } from '../../../src/postmortem/recording.ts';
import { recordedTotals } from '../../../src/postmortem/totals.ts';
import { recordingOf, sampleText } from './recordings.ts';

const BYTES = 19_327_504_385;

function sums({ sections, bytes, unsized }: { sections: number; bytes: number; unsized: number }): readonly number[] {
  return [sections, bytes, unsized];
}

function labels(recording: Recording): readonly (readonly [sections: number, label: string])[] {
  return groupsOf(recording.sections).map(({ sections, label }) => [sections, label]);
}

function block(handle: string, bytes: string, name = '<none>'): string {
  return `Handle ${handle}\n  Type         \tSection\n  Name         \t${name}\n  Object Specific Information\n    Section attributes 0x8000000\n    Section max size ${bytes}\n`;
}

describe('WinDbg log', () => {
  const server = sampleText('server.log');

  it('adds up the 24 sections as mex does', () => {
    const recording = recordingOf(server);
    assert.deepEqual(sums(recordedTotals(recording)), [24, BYTES, 0]);
    assert.equal(recording.statedBytes, BYTES);
    assert.deepEqual(recordedTotals(recording).unownedBytes, { min: 0, max: BYTES });
    assert.equal(recording.pid, 4711);
    assert.deepEqual(recording.troubles, []);
    assert.deepEqual(recording.remedies, []);
  });

  it('groups them by the line of the program, from the managed stack at each breakpoint', () => {
    assert.deepEqual(labels(recordingOf(server)), [
      [18, 'PageFileAllocator.cs:60  PageFileAllocator.Program.Allocate(Int64)'],
      [6, 'Cache.cs:42  PageFileAllocator.Cache.Fill(System.String)'],
    ]);
  });

  it('counts the stacks that unmapped views', () => {
    assert.deepEqual(
      recordingOf(server).unmapped.map(({ times, stack }) => [times, stack.at(-1)!.source]),
      [[8, { file: 'D:\\src\\PageFileAllocator.cs', line: 83 }]],
    );
  });

  it('says that it was one of the stacks where no return value tells which', () => {
    const recording = recordingOf(server.replace(/^rax=0*[1-9a-f][0-9a-f]*\n/gmu, ''));
    const [group, ...others] = labels(recording);
    assert.deepEqual(others, []);
    assert.equal(group![0], 24);
    assert.match(group![1], /^one of 2 places: PageFileAllocator\.cs:60 .*, Cache\.cs:42 /u);
  });

  it('reads native stacks where there are no managed ones, with lines and arguments', () => {
    const stack = [
      'Breakpoint 0 hit',
      'ChildEBP RetAddr  Args to Child              ',
      '0019f6a8 00ab1627 ffffffff 00000000 00000004 KERNELBASE!CreateFileMappingW (FPO: [6,0,0])',
      '0019f6e0 00ab1843 00000001 00f31a28 00f34c80 server!Cache::Fill+0x207 [c:\\src\\cache.cpp @ 42] ',
      'eax=000001a4 ebx=00000000',
    ];
    const recording = recordingOf(
      `0:000> g\n${stack.join('\n')}\n0:000> !handle 0 f Section\n${block('1a4', '0x1000')}`,
    );
    assert.deepEqual(labels(recording), [[1, 'cache.cpp:42  server!Cache::Fill+0x207']]);
  });

  it('prefers a frame of the program whose line is known, and joins frames that were wrapped', () => {
    const stack = [
      '00 000000e5`4b7ff5d8 00007ffb`1a2b3c40     KERNELBASE!CreateFileMappingW',
      '01 000000e5`4b7ff5e0 00007ffb`1a2b3c41     library!Map+0x3',
      '02 000000e5`4b7ff5f0 00007ffb`1a2b3c42     server!Cache::Fill+0x20 [c:\\src\\server\\',
      'cache.cpp @ 42]',
      '03 000000e5`4b7ff600 00007ffb`1a2b3c43     server!main+0x20 [c:\\src\\server\\main.cpp @ 7]',
    ];
    const recording = recordingOf(`0:000> k\n${stack.join('\n')}\n0:000> !handle 0 f\n${block('8', '0x1000')}`);
    assert.deepEqual(labels(recording), [[1, 'cache.cpp:42  server!Cache::Fill+0x20']]);
    assert.equal(recording.sections[0]!.created[0]!.length, 4);
  });

  it('does not take the stacks of two stops for one', () => {
    const native = (name: string) => `00 000000e5\`4b7ff5d8 00007ffb\`1a2b3c40     KERNELBASE!${name}\n`;
    const managed = (name: string) =>
      `OS Thread Id: 0x3f8 (0)\n000000E54B7FF6A8 00007FFB1C2A8E94 Interop.${name}(IntPtr)\n`;
    const stops = [
      `Breakpoint 0 hit\n${native('CreateFileMappingW')}`,
      `Breakpoint 0 hit\n${managed('CreateFileMapping')}`,
      `Breakpoint 0 hit\n${native('CreateFileMappingW')}${managed('UnmapViewOfFile')}`,
    ];
    const { facts, unmapped } = recordingOf(`0:000> g\n${stops.join('')}`);
    assert.deepEqual(facts, ['3 stacks that make a section']);
    assert.deepEqual(
      unmapped.map(({ times }) => times),
      [1],
    );
  });

  it('takes the thread that makes a section out of the stacks of all threads', () => {
    const threads = [
      '.  0  Id: 1a2c.3f8 Suspend: 1 Teb: 000000e5`4b5c1000 Unfrozen',
      ' # Child-SP          RetAddr               Call Site',
      '00 000000e5`4b7ff5d8 00007ffb`1a2b3c40     ntdll!NtWaitForSingleObject+0x14',
      '01 000000e5`4b7ff5e0 00007ffb`02c19e30     server!Idle+0x20',
      '',
      '   1  Id: 1a2c.4a0 Suspend: 1 Teb: 000000e5`4b5c3000 Unfrozen',
      ' # Child-SP          RetAddr               Call Site',
      '00 000000e5`4b9ff5d8 00007ffb`1a2b3c40     KERNELBASE!CreateFileMappingW',
      '01 (Inline Function) --------`--------     server!Map+0x3',
      '02 000000e5`4b9ff5e0 00007ffb`02c19e30     server!Cache::Fill+0x20',
    ];
    const recording = recordingOf(`0:000> ~*k\n\n${threads.join('\n')}\n0:000> !handle 0 f\n${block('8', '0x1000')}`);
    assert.deepEqual(labels(recording), [[1, 'server!Map+0x3']]);
    assert.equal(recording.pid, 0x1a2c);
  });

  it('ties handle traces to the sections of a 32-bit process, by handle', () => {
    const recording = recordingOf(sampleText('htrace.log'));
    assert.equal(recording.pid, 0x2068);
    assert.deepEqual(
      recording.sections.map(({ handle, kind, bytes }) => [handle, kind, bytes]),
      [
        ['0x5a0', 'reserve', 0x200_0000],
        ['0x5a4', 'page-file', 0x100_0000],
        ['0x5b8', 'file', 0x1000],
      ],
    );
    assert.deepEqual(labels(recording).slice(0, 2), [
      [1, 'server!Index::Load+0x00000107'],
      [1, 'server!Cache::Fill+0x00000207'],
    ]);
  });

  it('joins names and values that were wrapped', () => {
    const wrapped = recordingOf(sampleText('htrace.log')).sections[2]!;
    assert.equal(wrapped.name, '\\Sessions\\1\\BaseNamedObjects\\windows_shell_global_counters');
  });

  it('lists the sections of a trace where the log has no list of handles', () => {
    const [trace = ''] = sampleText('htrace.log').split('0:007> !handle');
    const { sections } = recordingOf(trace);
    assert.deepEqual(
      sections.map(({ handle, bytes }) => [handle, bytes]),
      [
        ['0x5a0', null],
        ['0x5a4', null],
      ],
    );
  });

  it('does not list what a trace shows to be closed again', () => {
    const open = 'Handle = 0x000001a4, OPEN\n\n0x77a2329c: ntdll!NtCreateSection+0x0000000c\n';
    assert.equal(recordingOf(`0:000> !htrace\n${open}`).sections.length, 1);
    assert.equal(
      recordingOf(`0:000> !htrace\nHandle = 0x000001a4 - CLOSE\n\n0x1: ntdll!NtClose\n${open}`).sections.length,
      0,
    );
  });

  it('counts a list once that the log has several times, and tells how it has grown', () => {
    const twice = `0:000> !handle 0 f Section\n${block('4', '0x1000')}${block('8', '0x1000')}0:000> g\n0:000> !handle 0 f Section\n${block('4', '0x1000')}${block('8', '0x1000')}${block('c', '0x2000')}`;
    const recording = recordingOf(twice);
    assert.deepEqual(sums(recordedTotals(recording)), [3, 0x4000, 0]);
    const { came, went } = compare({ sections: recording.earlier!, pid: null }, recording);
    assert.deepEqual(
      [sums(came), sums(went)],
      [
        [1, 0x2000, 0],
        [0, 0, 0],
      ],
    );
  });

  it('takes two lists without a prompt between for two where a handle comes again', () => {
    const list = `${block('4', '0x1000')}${block('8', '0x1000')}`;
    const recording = recordingOf(list + list);
    assert.deepEqual(sums(recordedTotals(recording)), [2, 0x2000, 0]);
    assert.equal(recording.earlier?.length, 2);
  });

  it('takes two lists without a common handle for two where the command was given twice', () => {
    const text = `0:000> !handle 0 f\n${block('4', '0x1000')}${block('8', '0x1000')}0:000> !handle 0 f\n${block('c', '0x2000')}${block('10', '0x2000')}`;
    assert.deepEqual(sums(recordedTotals(recordingOf(text))), [2, 0x4000, 0]);
  });

  it('does not take a look at one handle for a list', () => {
    const list = `0:000> !handle 0 f\n${block('4', '0x1000')}${block('8', '0x1000')}`;
    assert.equal(recordingOf(`${list}0:000> !handle 4 f\n${block('4', '0x1000')}`).sections.length, 2);
  });

  it('reads a list whatever the letter case and the length of its handles', () => {
    const lower = sampleText('server-earlier.log').replace(/^(?!Opened).*$/gmu, (line) => line.toLowerCase());
    const upper = sampleText('server-earlier.log').replace(/^(?!Opened).*$/gmu, (line) => line.toUpperCase());
    const short = sampleText('server-earlier.log').replace(/^Handle 0+/gmu, 'Handle ');
    for (const text of [lower, upper, short]) {
      assert.deepEqual(sums(recordedTotals(recordingOf(text))), [16, 16 * 1024 ** 3, 0]);
    }
  });

  it('says which block is cut, and how many the log says and has', () => {
    const text = sampleText('server-earlier.log');
    const recording = recordingOf(text.slice(0, text.indexOf('Section max size', 3000)));
    assert.match(recording.troubles[0]!, /^The block at line \d+ breaks off/u);
    const few = recordingOf(text.replace(/Handle 00000000000001b4[^]*?(?=Handle 0)/u, ''));
    assert.deepEqual(few.troubles, ['The list at line 5 says 16 sections; 15 of them are in the log.']);
  });

  it('shows what `!handle` alone tells: handles without length, or only their number', () => {
    const brief = recordingOf(
      '0:000> !handle\nHandle 4\n  Type         \tSection\nHandle 8\n  Type         \tEvent\n2 Handles\nType           \tCount\nEvent          \t1\nSection        \t1\n',
    );
    assert.deepEqual(sums(recordedTotals(brief)), [1, 0, 1]);
    assert.match(brief.remedies[0]!, /!handle 0 f Section/u);
    const table = recordingOf('0:000> !handle\n400 Handles\nType           \tCount\nSection        \t24\n');
    assert.equal(table.counted, 24);
    assert.equal(recordedTotals(table).sections, 24);
  });

  it('reads a length whatever its digits, and the long form of its key', () => {
    const text = block('4', '0xe000') + block('8', 'e').replace('max size', 'maximum size') + block('c', '0`0000e00e');
    assert.deepEqual(
      recordingOf(text).sections.map(({ bytes }) => bytes),
      [0xe000, 0xe, 0xe00e],
    );
  });

  it('leaves a length out that no section can have', () => {
    const { sections } = recordingOf(block('4', '0xffffffffffffffff') + block('8', '0x123456789012345678'));
    assert.deepEqual(
      sections.map(({ bytes }) => bytes),
      [null, null],
    );
  });

  it('says what is the same and what is new in two logs of one process', () => {
    const [before, after] = [recordingOf(sampleText('server-earlier.log')), recordingOf(server)];
    const { came, went, stayed, groups, doubt } = compare(before, after);
    assert.deepEqual(
      [sums(came), sums(went), sums(stayed)],
      [
        [8, BYTES - 16 * 1024 ** 3, 0],
        [0, 0, 0],
        [16, 16 * 1024 ** 3, 0],
      ],
    );
    assert.deepEqual(
      groups.map(({ sections }) => sections),
      [2, 6],
    );
    assert.equal(doubt, null);
    assert.match(compare({ ...before, pid: 1 }, after).doubt!, /two processes, 1 and 4711/u);
  });
});

describe('encodings of a WinDbg log', () => {
  const text = sampleText('server.log');
  const little = Buffer.from(text, 'utf16le');
  const big = Buffer.from(little).swap16();
  const cases: readonly (readonly [string, Buffer])[] = [
    ['UTF-8 with its mark', Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), Buffer.from(text)])],
    ['UTF-16LE without a mark', little],
    ['UTF-16LE with its mark', Buffer.concat([Buffer.of(0xff, 0xfe), little])],
    ['UTF-16BE without a mark', big],
    ['UTF-16BE with its mark', Buffer.concat([Buffer.of(0xfe, 0xff), big])],
    ['UTF-8 with the line ends of Windows', Buffer.from(text.replaceAll('\n', '\r\n'))],
  ];
  for (const [name, bytes] of cases) {
    it(`reads ${name}`, () => {
      const recording = recordingOf(bytes);
      assert.deepEqual(sums(recordedTotals(recording)), [24, BYTES, 0]);
      assert.equal(groupsOf(recording.sections).length, 2);
    });
  }
});
