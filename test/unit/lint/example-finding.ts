/** A finding as the analysis makes it, for tests of its words and faces: a section that a list keeps. */
import type { Finding, Place, Range } from '../../../src/analyzers/finding.ts';

export const FILE = '/project/Allocator.cs';

export function exampleFinding(different: Partial<Finding> = {}): Finding {
  const file = different.file ?? FILE;
  const created = at(59, 18, 44, file);
  const kept = at(60, 8, 22, file);
  return {
    file,
    range: created.range,
    resource: 'section',
    call: 'MemoryMappedFile.CreateNew',
    function: 'Allocator.Allocate',
    maker: 'dotnet',
    rule: 'section-outlives-view',
    typeName: 'MemoryMappedFile',
    variable: 'map',
    loss: { how: 'kept', at: kept, keeper: 'allocated' },
    viewReleased: at(82, 8, 9, file),
    path: [
      { kind: 'created', ...created },
      { kind: 'stored', subject: 'allocated', ...kept },
      { kind: 'view-released', ...at(82, 8, 9, file) },
    ],
    doubts: [],
    ...different,
  };
}

/** The finding with something left out that not every finding has. */
export function without(what: 'variable' | 'viewReleased', finding: Finding): Finding {
  const left = Object.entries(finding).filter(([name]) => name !== what);
  return Object.fromEntries(left) as unknown as Finding;
}

/** A place on one line; lines and characters count from 0. */
export function at(line: number, from = 0, to = from + 1, file = FILE): Place {
  return { file, range: onLine(line, from, to) };
}

export function onLine(line: number, from: number, to: number): Range {
  return { start: { line, character: from }, end: { line, character: to } };
}
