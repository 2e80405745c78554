/** The second leak of .NET: a pointer into a view counts as a reference, and Dispose waits for it. */
import type { Rule } from './rule.ts';
import { isLostOnOnePath, lineOf, lossClause, lossInShort } from './wording.ts';

export const pointerNeverReleased: Rule = {
  id: 'pointer-never-released',
  severity: 'warning',
  title: 'Pointer is never released',
  description: 'Reports a pointer that is acquired from a view and never released, so that the view stays mapped.',
  explanation:
    '`SafeMemoryMappedViewHandle.AcquirePointer` adds a reference to the view. Until `ReleasePointer` takes it back, ' +
    '`Dispose` of the accessor does not unmap the view, and disposing the `MemoryMappedFile` does not free its memory. ' +
    'Call `ReleasePointer` in a `finally` block that belongs to the `AcquirePointer`.',
  message: (finding) => {
    const pointer = finding.variable === undefined ? 'The pointer into the view' : `Pointer \`${finding.variable}\``;
    const when = isLostOnOnePath(finding)
      ? `is not released on the path through ${lineOf(finding.loss.at, finding.file)}`
      : 'is never released';
    return `${pointer} ${when}: ${lossClause(finding)}. The view stays mapped even after it is disposed.`;
  },
  summary: (finding) =>
    isLostOnOnePath(finding)
      ? `not released on every path: ${lossInShort(finding)}`
      : `never released: ${lossInShort(finding)}`,
};
