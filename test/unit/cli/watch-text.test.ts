/** The samples are constructed. */
import assert from 'node:assert/strict';
import { stripVTControlCharacters } from 'node:util';
import { sectionRows } from '../../../src/cli/watch-rows.ts';
import { sparkline, WatchText } from '../../../src/cli/watch-text.ts';
import type { SiteWithFinding } from '../../../src/lint/protocol.ts';
import type { HistoryPoint } from '../../../src/monitor/verdicts/history-point.ts';
import type { FullSample, SectionRecord } from '../../../src/monitor/section.ts';

const MIB = 1024 * 1024;

describe('the rows of section-leaks watch', () => {
  it('are the allocation sites where these are known, with what the lint says', () => {
    const sections = [section('1:1', 'dotnet', 'dotnet_00'), section('1:2', 'dotnet', 'dotnet_01')];
    const finding = { rule: 'section-outlives-view', message: '...', summary: 'never closed' } as const;
    assert.deepEqual(sectionRows({ sections }, [site('src/A.cs', 59, finding)]), [
      {
        sections: 2,
        unownedBytes: { min: 2 * MIB, max: 2 * MIB },
        label: 'A.cs:60  allocate',
        note: 'lint: never closed (section-outlives-view)',
      },
    ]);
  });

  it('name all sites where it may have been several', () => {
    const [row] = sectionRows({ sections: [section('1:1', 'dotnet', 'dotnet_00')] }, [
      site('A.cs', 0),
      site('B.cs', 9),
    ]);
    assert.equal(row!.label, 'one of 2 sites: A.cs:1, B.cs:10');
  });

  it('are the names where no site is known, the most unowned bytes first', () => {
    const mapped: SectionRecord = {
      ...section('1:1', 'memfd', 'cache'),
      state: 'mapped',
      unownedBytes: { min: 0, max: 0 },
    };
    const rows = sectionRows(
      {
        sections: [
          mapped,
          section('1:2', 'shm', '/board'),
          { ...section('sysv:1', null, 'key 0x2a'), kind: 'sysv' },
          section('1:4', null, null),
          section('1:5', 'dotnet', 'dotnet_00'),
          section('1:6', 'dotnet', 'dotnet_01'),
          { ...section('1:7', null, 'doublemapper'), kind: 'runtime' },
        ],
      },
      [],
    );
    assert.deepEqual(
      rows.map(({ sections, label, note }) => [sections, label, note]),
      [
        [2, 'MemoryMappedFile (.NET)', ''],
        [1, 'shm_open "/board", unlinked', ''],
        [1, 'System V segment, key 0x2a', ''],
        [1, 'anonymous shared memory', ''],
        [1, 'memfd_create "cache"', '1 in views'],
      ],
    );
  });
});

describe('the text of section-leaks watch', () => {
  const sample: FullSample = {
    schema: 1,
    time: '2026-01-01T00:00:10.000Z',
    pid: 4711,
    sequence: 10,
    process: { name: 'allocator', residentBytes: null, residentSharedBytes: null, privateBytes: null },
    totals: {
      sections: 24,
      maximumBytes: 24 * MIB,
      allocatedBytes: 24 * MIB,
      mappedBytes: 0,
      unownedSections: { min: 24, max: 24 },
      unownedBytes: { min: 24 * MIB, max: 24 * MIB },
      runtimeSections: 1,
    },
    growth: {
      seconds: 10,
      sections: 6,
      unownedBytes: 6 * MIB,
      bytesPerMinute: 36 * MIB,
      secondsToLimit: null,
      trend: 'steady',
      verdict: 'steady leak: +6 sections, +6.0 MiB in 10 s',
      notes: ['+36.0 MiB a minute'],
    },
    memory: { shmem: { bytes: 32 * MIB } },
    unreadable: ['37 processes of root may not be read.'],
    sections: Array.from({ length: 24 }, (_, index) => section(`1:${index}`, 'memfd', `cache ${index % 12}`)),
  };
  const points = [1, 4, 8].map((bytes, index) => point(index, bytes));

  it('has one line a sample', () => {
    assert.equal(
      new WatchText([], false).line(sample, points),
      'allocator (4711)  24 sections  24.0 MiB held by no view  ▂▅█  +6 in 10 s     Shmem 32.0 MiB (75 % this process)\n',
    );
  });

  it('has what is committed and its limit on Windows', () => {
    const memory = { commit: { bytes: 48 * MIB }, commitLimit: { bytes: 96 * MIB } };
    const line = new WatchText([], false).line({ ...sample, memory }, points);
    assert.ok(line.endsWith('     Commit 48.0 MiB of 96.0 MiB (50 % this process)\n'), line);
  });

  it('says what is left out, the verdict, and what could not be read', () => {
    const text = new WatchText([], false);
    const lines = text.details(sample).split('\n');
    assert.equal(lines[0], '     2    2.0 MiB  memfd_create "cache 0"');
    assert.deepEqual(lines.slice(10), [
      '        and 4 sections of 2 other names',
      "     1  of the runtime's own, not counted",
      'steady leak: +6 sections, +6.0 MiB in 10 s',
      '+36.0 MiB a minute',
      '',
    ]);
    assert.equal(text.notes(sample), 'note: 37 processes of root may not be read.\n');
  });

  it('is drawn over itself on a terminal, each line in its width', () => {
    const text = new WatchText([], true);
    const first = text.redraw(sample, points, 40);
    assert.ok(!first.startsWith('\u001b[15A'));
    const second = text.redraw(sample, points, 40);
    assert.equal(second, `\u001b[15A\u001b[0J${first}`);
    const lines = stripVTControlCharacters(first).split('\n');
    assert.equal(lines.length, 16);
    assert.ok(lines.every((line) => line.length <= 40));
  });

  it('has colours only where they are wanted', () => {
    assert.notEqual(
      stripVTControlCharacters(new WatchText([], true).line(sample, points)),
      new WatchText([], true).line(sample, points),
    );
    assert.equal(
      stripVTControlCharacters(new WatchText([], false).details(sample)),
      new WatchText([], false).details(sample),
    );
  });

  it('does not let the name of a section drive the terminal', () => {
    const evil = { ...sample, sections: [section('1:1', 'memfd', 'a\u001b[2J\u0007b')] };
    assert.ok(new WatchText([], false).details(evil).includes('memfd_create "a?[2J?b"'));
  });

  it('draws the course from nothing to the most', () => {
    assert.equal(sparkline([0, 0, 0].map((bytes, index) => point(index, bytes))), '▁▁▁');
    assert.equal(sparkline([7, 7].map((bytes, index) => point(index, bytes))), '██');
    assert.equal(sparkline(Array.from({ length: 90 }, (_, index) => point(index, index))).length, 30);
  });
});

function point(second: number, megabytes: number): HistoryPoint {
  const bytes = megabytes * MIB;
  const machine = { charged: null, chargedName: '', left: null, limit: '' };
  return {
    time: second * 1000,
    sections: 1,
    mappedBytes: 0,
    unownedBytes: { min: bytes, max: bytes },
    allocatedBytes: bytes,
    machine,
  };
}

function site(file: string, line: number, finding?: SiteWithFinding['finding']): SiteWithFinding {
  const range = { start: { line, character: 0 }, end: { line, character: 9 } };
  const base = { file, range, resource: 'section', call: 'CreateNew', function: 'allocate', maker: 'dotnet' } as const;
  return finding === undefined ? base : { ...base, finding };
}

function section(id: string, maker: SectionRecord['maker'], name: string | null): SectionRecord {
  return {
    id,
    kind: 'page-file',
    state: 'unowned',
    name,
    maker,
    maximumBytes: MIB,
    allocatedBytes: MIB,
    mappedBytes: 0,
    unownedBytes: { min: MIB, max: MIB },
    how: 'no view is mapped',
    holders: [],
    since: null,
  };
}
