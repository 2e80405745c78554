/** Constructed listings of other tools, each as its reader sees it. */
import assert from 'node:assert/strict';
import { siteOf } from '../../../src/postmortem/frames.ts';
import { groupsOf } from '../../../src/postmortem/groups.ts';
import { lengthInWords } from '../../../src/postmortem/listings/lengths.ts';
import type { RecordedSection } from '../../../src/postmortem/recording.ts';
import { recordedTotals } from '../../../src/postmortem/totals.ts';
import { recordingOf, sampleText } from './recordings.ts';

function rows(sections: readonly RecordedSection[]): readonly unknown[] {
  return sections.map(({ handle, process, kind, name, bytes }) => [handle, process, kind, name, bytes]);
}

describe('listings of other tools', () => {
  it('reads all handles that handle.exe prints, by process', () => {
    const { sections, pid } = recordingOf(sampleText('handle-exe.txt'));
    assert.deepEqual(rows(sections), [
      ['0x1a4', 'PageFileAllocator.exe (4711)', 'unknown', null, null],
      ['0x1ac', 'PageFileAllocator.exe (4711)', 'unknown', '\\Sessions\\1\\BaseNamedObjects\\Cache', null],
      ['0x2e8', 'explorer.exe (5120)', 'unknown', '\\BaseNamedObjects\\windows_shell_global_counters', null],
    ]);
    assert.equal(pid, null);
  });

  it('takes a length of handle.exe only with its unit or where it is called one', () => {
    const text =
      'a.exe pid: 1 me\n  1A4: Section       size 0x1000\n  1A8: Section       \\BaseNamedObjects\\4096\n  1AC: Section       64 KB\n';
    assert.deepEqual(
      recordingOf(text).sections.map(({ kind, name, bytes }) => [kind, name, bytes]),
      [
        ['page-file', null, 4096],
        ['unknown', '\\BaseNamedObjects\\4096', null],
        ['page-file', null, 65_536],
      ],
    );
  });

  it('counts what handle.exe only counts', () => {
    const recording = recordingOf(sampleText('handle-exe-counts.txt'));
    assert.equal(recordedTotals(recording).sections, 24);
    assert.equal(recordedTotals(recording).unsized, 24);
    assert.match(recording.remedies[0]!, /handle\.exe -l/u);
  });

  it('reads the list of Process Explorer, whose columns stand below a title', () => {
    assert.deepEqual(rows(recordingOf(sampleText('process-explorer.txt')).sections), [
      ['0x1ac', null, 'unknown', '\\BaseNamedObjects\\Cache', null],
      ['0x1b4', null, 'unknown', null, null],
    ]);
  });

  it('reads the table of System Informer with its quotes and lengths', () => {
    assert.deepEqual(rows(recordingOf(sampleText('system-informer.csv')).sections), [
      ['0x1ac', null, 'unknown', '\\BaseNamedObjects\\Cache', 1_048_576],
      ['0x1b4', null, 'unknown', null, 512 * 1024 ** 2],
    ]);
  });

  it('reads the events of ETWAnalyzer: what is still open, with its stack, and who unmapped', () => {
    const { sections, unmapped } = recordingOf(sampleText('etwanalyzer.csv'));
    assert.deepEqual(rows(sections), [
      ['0x1ac', 'server.exe(4711)', 'unknown', null, null],
      ['0x1b0', 'server.exe(4711)', 'unknown', null, null],
    ]);
    assert.deepEqual(
      groupsOf(sections).map(({ sections: count, label }) => [count, label]),
      [[2, 'server.exe!Cache::Fill']],
    );
    // This stack is written with the outermost frame first.
    assert.deepEqual([unmapped[0]!.times, siteOf(unmapped[0]!.stack)!.text], [1, 'server.exe!Cache::Drop']);
  });

  it('reads lsof: objects once, the runtime apart, and what has no view in the process', () => {
    const recording = recordingOf(sampleText('lsof.txt'));
    assert.deepEqual(
      recording.sections.map(({ handle, kind, bytes, mappedBytes }) => [handle, kind, bytes, mappedBytes]),
      [
        ['21', 'page-file', 1_048_576, null],
        ['22', 'page-file', 16_777_216, 0],
        ['23', 'page-file', 16_777_216, 0],
        ['24', 'named', 4096, 0],
        ['25', 'runtime', 2_147_483_648, 0],
      ],
    );
    assert.equal(recording.pid, 4711);
    assert.equal(recordedTotals(recording).sections, 4);
  });

  it('keeps the length of an object that lsof tells in one of its rows only', () => {
    const rowsOfOne = [
      'COMMAND    PID   USER   FD      TYPE             DEVICE    SIZE/OFF     NODE NAME',
      'server    4711 worker  mem       REG                0,1     1048576     2051 /memfd:a (deleted)',
      'server    4711 worker   21u      REG                0,1         0t0     2051 /memfd:a (deleted)',
    ];
    assert.deepEqual(rows(recordingOf(rowsOfOne.join('\n')).sections), [
      ['21', 'server (4711)', 'page-file', 'a', 1_048_576],
    ]);
  });

  it('ties the descriptors of /proc to the views by name, and finds views without a descriptor', () => {
    assert.deepEqual(
      recordingOf(sampleText('proc.txt')).sections.map(({ handle, name, bytes, mappedBytes }) => [
        handle,
        name,
        bytes,
        mappedBytes,
      ]),
      [
        ['21', 'dotnet_1f00aa55e1b24b7c9d3a01', null, null],
        ['22', 'dotnet_2f00aa55e1b24b7c9d3a02', null, 0],
        ['24', '/cache', null, 0],
        [null, null, 0x80_0000, 0x80_0000],
      ],
    );
  });

  it('knows the lengths that tools write, and nothing else for one', () => {
    assert.equal(lengthInWords('0x40000000'), 0x4000_0000);
    assert.equal(lengthInWords('1,048,576 bytes'), 1_048_576);
    assert.equal(lengthInWords('1.5 GB'), 1.5 * 1024 ** 3);
    assert.equal(lengthInWords('64K'), null);
    assert.equal(lengthInWords('4096'), 4096);
    assert.equal(lengthInWords('\\BaseNamedObjects\\4096'), null);
    assert.equal(lengthInWords(''), null);
  });
});
