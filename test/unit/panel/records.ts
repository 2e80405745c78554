/** Constructed sections, samples and sites: whole records of which a test names only what it is about. */
import type { SiteWithFinding } from '../../../src/lint/protocol.ts';
import type { DifferenceSample, FullSample, SectionRecord } from '../../../src/monitor/section.ts';
import type { SampleSummary } from '../../../src/monitor/session/samples.ts';

export const MIB = 1024 * 1024;

export function section(id: string, record: Partial<SectionRecord> = {}): SectionRecord {
  return {
    id,
    kind: 'page-file',
    state: 'unowned',
    name: `dotnet_${id}`,
    maker: 'dotnet',
    maximumBytes: 16 * MIB,
    allocatedBytes: 16 * MIB,
    mappedBytes: 0,
    unownedBytes: { min: 16 * MIB, max: 16 * MIB },
    how: 'no view of any process',
    holders: [{ pid: 4711, name: 'PageFileAllocator', handles: 1, mappedBytes: 0 }],
    since: '2026-05-04T12:00:00.000Z',
    ...record,
  };
}

export function summary(sequence: number, figures: Partial<SampleSummary> = {}): SampleSummary {
  return {
    schema: 1,
    time: new Date(Date.UTC(2026, 4, 4, 12, 0, sequence)).toISOString(),
    pid: 4711,
    sequence,
    process: { name: 'PageFileAllocator', residentBytes: MIB, residentSharedBytes: null, privateBytes: null },
    totals: {
      sections: 1,
      maximumBytes: 16 * MIB,
      allocatedBytes: 16 * MIB,
      mappedBytes: 0,
      unownedSections: { min: 1, max: 1 },
      unownedBytes: { min: 16 * MIB, max: 16 * MIB },
      runtimeSections: 0,
    },
    growth: {
      seconds: sequence,
      sections: 0,
      unownedBytes: 0,
      bytesPerMinute: 0,
      secondsToLimit: null,
      notes: [],
      trend: 'level',
      verdict: 'no growth',
    },
    memory: { shmem: { bytes: 32 * MIB } },
    unreadable: [],
    ...figures,
  };
}

export function full(sequence: number, sections: readonly SectionRecord[]): FullSample {
  return { ...summary(sequence), sections };
}

export function difference(
  sequence: number,
  changed: readonly SectionRecord[],
  removed: readonly string[] = [],
): DifferenceSample {
  return { ...summary(sequence), changed, removed };
}

export function site(line: number, given: Partial<SiteWithFinding> = {}): SiteWithFinding {
  return {
    file: 'file:///w/Page%20File.cs',
    range: { start: { line: line - 1, character: 8 }, end: { line: line - 1, character: 40 } },
    resource: 'section',
    call: 'MemoryMappedFile.CreateNew',
    function: 'Allocate',
    maker: 'dotnet',
    ...given,
  };
}
