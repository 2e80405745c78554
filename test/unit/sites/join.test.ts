import assert from 'node:assert/strict';
import type { AllocationSite, Maker } from '../../../src/analyzers/finding.ts';
import type { SectionRecord } from '../../../src/monitor/section.ts';
import { certaintyInWords, joinSites, sharesOfSites } from '../../../src/sites/join.ts';

const MIB = 1024 * 1024;

describe('the join of sections with allocation sites', () => {
  it('ties sections to the only site that makes them so', () => {
    const csharp = site('Allocator.cs', 60, 'dotnet');
    const sections = [section('0:1', 'dotnet', 'dotnet_3f00'), section('0:2', 'dotnet', 'dotnet_3f01')];
    const { groups, remaining } = joinSites(sections, [csharp, site('other.c', 5, 'memfd')]);
    assert.deepEqual(groups, [
      { sites: [csharp], certainty: 'only-site', sections, unownedBytes: { min: 2 * MIB, max: 2 * MIB } },
    ]);
    assert.deepEqual(remaining, []);
  });

  it('names all sites that may have made a section instead of guessing', () => {
    const sites = [site('a.cs', 1, 'dotnet'), site('b.cs', 2, 'dotnet')];
    const { groups } = joinSites([section('0:1', 'dotnet', 'dotnet_00')], sites);
    assert.equal(groups.length, 1);
    assert.deepEqual(groups[0]!.sites, sites);
    assert.equal(groups[0]!.certainty, 'one-of-sites');
    assert.equal(certaintyInWords(groups[0]!.certainty, 2), 'one of 2 sites');
  });

  it('takes a section of Windows for one of .NET as well, whose calls are the same there', () => {
    const sites = [site('a.cs', 1, 'dotnet'), site('a.cpp', 2, 'win32'), site('a.c', 3, 'memfd')];
    const { groups } = joinSites([section('0x4', 'win32', null)], sites);
    assert.deepEqual(groups[0]!.sites, sites.slice(0, 2));
  });

  it('knows a name of Windows without the folder that the source puts before it', () => {
    const cache = site('a.cpp', 1, 'win32', 'Local\\cache');
    const { groups } = joinSites(
      [section('0x4', 'win32', 'cache')],
      [cache, site('a.cpp', 2, 'win32', 'Global\\queue')],
    );
    assert.deepEqual(groups[0]!.sites, [cache]);
  });

  it('tells sites apart by the name in the source', () => {
    const cache = site('a.c', 1, 'memfd', 'cache');
    const queue = site('a.c', 9, 'memfd', 'queue');
    const { groups, remaining } = joinSites(
      [section('0:1', 'memfd', 'queue'), section('0:2', 'memfd', 'cache'), section('0:3', 'memfd', 'third')],
      [cache, queue],
    );
    assert.deepEqual(
      groups.map((group) => [group.sites, group.sections.map(({ id }) => id)]),
      [
        [[queue], ['0:1']],
        [[cache], ['0:2']],
      ],
    );
    assert.deepEqual(
      remaining.map(({ id }) => id),
      ['0:3'],
    );
  });

  it('keeps a site whose name is not a literal as a candidate', () => {
    const named = site('a.c', 1, 'shm', '/cache');
    const computed = site('a.c', 9, 'shm');
    const { groups } = joinSites([section('0:1', 'shm', '/cache')], [named, computed]);
    assert.deepEqual(groups[0]!.sites, [named, computed]);
  });

  it('takes a shm_open name with and without its leading slash for the same', () => {
    const { groups } = joinSites([section('0:1', 'shm', '/cache')], [site('a.c', 1, 'shm', 'cache')]);
    assert.equal(groups.length, 1);
  });

  it('leaves the runtime’s own, unknown makers and sites of views aside', () => {
    const view: AllocationSite = { ...site('a.cs', 1, 'dotnet'), resource: 'view' };
    const runtime: SectionRecord = { ...section('0:1', 'memfd', 'doublemapper'), kind: 'runtime' };
    const unknown: SectionRecord = { ...section('0:2', 'memfd', null), maker: null };
    const created = section('0:3', 'dotnet', 'dotnet_00');
    const { groups, remaining } = joinSites([runtime, unknown, created], [view, site('a.c', 1, 'memfd')]);
    assert.deepEqual(groups, []);
    assert.deepEqual(remaining, [runtime, unknown, created]);
  });

  it('puts the group with the most unowned bytes first', () => {
    const small = section('0:1', 'memfd', 'small');
    const big: SectionRecord = { ...section('0:2', 'memfd', 'big'), unownedBytes: { min: 0, max: 9 * MIB } };
    const { groups } = joinSites([small, big], [site('a.c', 1, 'memfd', 'small'), site('a.c', 2, 'memfd', 'big')]);
    assert.deepEqual(
      groups.map((group) => group.sections),
      [[big], [small]],
    );
  });

  it('gives a site all of its own sections, and of shared ones none at least and all at most', () => {
    const cache = site('a.c', 1, 'memfd', 'cache');
    const computed = site('a.c', 9, 'memfd');
    const sections = [section('0:1', 'memfd', 'cache'), section('0:2', 'memfd', 'other')];
    const shares = sharesOfSites(joinSites(sections, [cache, computed]));
    const share = (of: AllocationSite) => shares.find((candidate) => candidate.site === of)!;
    assert.deepEqual(share(cache).sectionCount, { min: 0, max: 1 });
    assert.deepEqual(share(cache).unownedBytes, { min: 0, max: MIB });
    assert.equal(share(cache).candidates, 2);
    assert.deepEqual(share(computed).sectionCount, { min: 1, max: 2 });
    assert.deepEqual(share(computed).unownedBytes, { min: MIB, max: 2 * MIB });
    assert.equal(share(computed).certainty, 'one-of-sites');
  });
});

function site(file: string, line: number, maker: Maker, sectionName?: string): AllocationSite {
  const range = { start: { line, character: 0 }, end: { line, character: 10 } };
  const base: AllocationSite = { file, range, resource: 'section', call: 'create', function: 'allocate', maker };
  return sectionName === undefined ? base : { ...base, sectionName };
}

function section(id: string, maker: Maker, name: string | null): SectionRecord {
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
