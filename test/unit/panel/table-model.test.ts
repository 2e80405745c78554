import assert from 'node:assert/strict';
import type { SiteWithFinding } from '../../../src/lint/protocol.ts';
import { DEFAULT_LAYOUT, type PanelLayout } from '../../../src/monitor/panel/layout.ts';
import { rowOf } from '../../../src/monitor/panel/row.ts';
import { RUNTIME_GROUP, sitesOf, type Table, tableOf } from '../../../src/monitor/panel/table-model.ts';
import type { SectionRecord } from '../../../src/monitor/section.ts';
import { MIB, section, site } from './records.ts';

const KNOWN = site(60, {
  finding: { rule: 'section-outlives-view', message: 'It stays open.', summary: 'never closed: kept in `allocated`' },
});

function table(
  sections: readonly SectionRecord[],
  layout: Partial<PanelLayout> = {},
  sites: readonly SiteWithFinding[] = [],
): Table {
  return tableOf(
    sections.map((record) => rowOf(record, record.maker === 'dotnet' ? sites : [])),
    { ...DEFAULT_LAYOUT, ...layout },
  );
}

/** `▾ title` for an open group, `▸ title` for a closed one, the id of a section. */
function drawn({ lines }: Table): readonly string[] {
  return lines.map((line) => (line.type === 'group' ? `${line.open ? '▾' : '▸'} ${line.figures.label}` : line.key));
}

const bytes = (count: number): Partial<SectionRecord> => ({ unownedBytes: { min: count, max: count } });

describe('the section table', () => {
  it('groups by site, the most unowned bytes first, the runtime last and closed', () => {
    const sections = [
      section('runtime', { kind: 'runtime', ...bytes(999) }),
      section('other', { maker: 'memfd', ...bytes(5) }),
      section('small', bytes(1)),
      section('large', bytes(9)),
    ];
    assert.deepEqual(drawn(table(sections, {}, [KNOWN])), [
      '▾ Page File.cs:60 Allocate',
      'large',
      'small',
      '▾ Site not known',
      'other',
      "▸ The runtime's own",
    ]);
  });

  it('says of sections from one of several sites just that', () => {
    const group = table([section('a')], {}, [KNOWN, site(90)]).lines[0]!;
    assert.ok(group.type === 'group');
    assert.equal(group.figures.label, 'one of 2 sites');
    assert.match(group.explanation, /Page File\.cs:60 Allocate - never closed.*\nPage File\.cs:90 Allocate$/su);
    assert.deepEqual(sitesOf(group), [KNOWN, site(90)]);
  });

  it('sums up a group; what is not known of one is not known of all', () => {
    const sections = [
      section('a', { ...bytes(1), since: '2026-05-04T12:00:05Z' }),
      section('b', { unownedBytes: { min: 0, max: 4 }, since: '2026-05-04T12:00:03Z' }),
      section('c', { ...bytes(2), allocatedBytes: null, holders: [] }),
    ];
    const group = table(sections, { grouping: 'kind' }).lines[0]!;
    assert.ok(group.type === 'group');
    assert.deepEqual(group.figures, {
      label: 'anonymous',
      kind: '',
      state: '',
      maximumBytes: 48 * MIB,
      allocatedBytes: null,
      unownedBytes: { min: 3, max: 7 },
      holders: 1,
      since: '2026-05-04T12:00:00.000Z',
    });
    assert.equal(group.sections, 3);
  });

  it('shows sections by themselves where the user wants no groups, the runtime still apart', () => {
    const sections = [section('r', { kind: 'runtime' }), section('a', bytes(1)), section('b', bytes(2))];
    assert.deepEqual(drawn(table(sections, { grouping: 'none' })), ['b', 'a', "▸ The runtime's own"]);
  });

  it('opens and closes the groups that the user has turned over', () => {
    const sections = [section('a'), section('r', { kind: 'runtime' })];
    assert.deepEqual(drawn(table(sections, { grouping: 'state', toggledGroups: ['state:unowned', RUNTIME_GROUP] })), [
      '▸ in no view',
      "▾ The runtime's own",
      'r',
    ]);
  });

  it('sorts by any column in both directions, equal ones as they came', () => {
    const sections = [
      section('b', { maximumBytes: 2 }),
      section('a', { maximumBytes: 1 }),
      section('c', { maximumBytes: 2 }),
    ];
    const by = (descending: boolean): readonly string[] =>
      drawn(table(sections, { grouping: 'none', sorting: { column: 'maximum', descending } }));
    assert.deepEqual(by(false), ['a', 'b', 'c']);
    assert.deepEqual(by(true), ['b', 'c', 'a']);
  });

  it('takes what was there before the monitor for the oldest', () => {
    const sections = [section('a', { since: '2026-05-04T12:00:05Z' }), section('b', { since: null })];
    const sorting = { column: 'since', descending: false } as const;
    assert.deepEqual(drawn(table(sections, { grouping: 'none', sorting })), ['b', 'a']);
  });

  it('keeps the sections in which every word of the filter is found', () => {
    const sections = [
      section('1', { name: '/cache', kind: 'named', maker: 'shm' }),
      section('2'),
      section('3', { name: null, maker: null, holders: [{ pid: 12, name: 'cached', handles: 1, mappedBytes: 0 }] }),
    ];
    const passing = (filter: string): readonly string[] =>
      drawn(table(sections, { filter, grouping: 'none' }, [KNOWN])).toSorted();
    assert.deepEqual(passing('  '), ['1', '2', '3']);
    assert.deepEqual(passing('CACHE'), ['1', '3']);
    assert.deepEqual(passing('cache named'), ['1']);
    assert.deepEqual(passing('file.cs:60'), ['2']);
    assert.deepEqual(passing('nameless'), ['3']);
    const { passing: shown, all } = table(sections, { filter: 'named /cache' });
    assert.deepEqual({ shown, all }, { shown: 1, all: 3 });
  });
});
