/**
 * Words that several rules share. A language has its own word for giving a thing back: .NET disposes a section and its
 * view, the others close the one and unmap the other; a pointer is released in both.
 */
import type { Finding, Place, ResourceKind } from '../../analyzers/finding.ts';

/** The past participle for giving back a thing of this kind in the file's language. */
export function givenBack(kind: ResourceKind, file: string, typeName = ''): string {
  if (kind === 'pointer') {
    return 'released';
  }
  if (/\.(?:cs|psm?1)$/iu.test(file)) {
    return 'disposed';
  }
  // Its name stays, whoever closes the object.
  if (typeName === 'SharedMemory') {
    return 'unlinked';
  }
  return kind === 'view' ? 'unmapped' : 'closed';
}

/** "line 61", counted from 1; with the file's name where that is another one than `from`. */
export function lineOf(place: Place, from: string): string {
  const line = `line ${place.range.start.line + 1}`;
  return place.file === from ? line : `${line} of ${place.file.slice(lastSeparator(place.file) + 1)}`;
}

/** "MemoryMappedFile `map`", or the call where no variable ever held it: "The view of `MapViewOfFile`". */
export function leakedThing(finding: Finding): string {
  return finding.variable === undefined
    ? `The ${finding.typeName} of \`${finding.call}\``
    : `${capitalized(finding.typeName)} \`${finding.variable}\``;
}

/** A clause that says how the last way to the thing is lost; it goes on from "... is never closed: ". */
export function lossClause(finding: Finding): string {
  const { loss } = finding;
  const at = lineOf(loss.at, finding.file);
  switch (loss.how) {
    case 'discarded':
      return 'nothing keeps the result of the call';
    case 'scope-end':
      return `its scope ends at ${at} while it is open`;
    case 'return':
      return `the return at ${at} leaves it open`;
    case 'throw':
      return `the exception at ${at} leaves it open`;
    case 'overwritten':
      return `${at} puts another value over it while it is open`;
    case 'kept':
      return finding.rule === 'section-leaks-on-path'
        ? `it stays in ${keeperName(finding)} after a failure, and what ${releasedBy(finding)} that passes it by`
        : `it is kept in ${keeperName(finding)}, which nothing ${releasedBy(finding)}`;
  }
}

/** The same in a few words, for a summary. */
export function lossInShort(finding: Finding): string {
  const { loss } = finding;
  const at = lineOf(loss.at, finding.file);
  switch (loss.how) {
    case 'discarded':
      return 'result dropped';
    case 'scope-end':
      return `scope ends at ${at}`;
    case 'return':
      return `return at ${at}`;
    case 'throw':
      return `exception at ${at}`;
    case 'overwritten':
      return `overwritten at ${at}`;
    case 'kept':
      return `kept in ${keeperName(finding)} (${at})`;
  }
}

/** Whether the thing is lost where control leaves early, so that other paths may release it. */
export function isLostOnOnePath(finding: Finding): boolean {
  return finding.loss.how === 'return' || finding.loss.how === 'throw' || finding.loss.how === 'overwritten';
}

/** "`allocated`", or words for a keeper that the source does not name. */
function keeperName(finding: Finding): string {
  return finding.loss.keeper === undefined ? 'a place' : `\`${finding.loss.keeper}\``;
}

/** The verb to `givenBack`: "which nothing disposes". */
function releasedBy(finding: Finding): string {
  switch (givenBack(finding.resource, finding.file, finding.typeName)) {
    case 'disposed':
      return 'disposes';
    case 'unmapped':
      return 'unmaps';
    case 'released':
      return 'releases';
    case 'unlinked':
      return 'unlinks';
    default:
      return 'closes';
  }
}

export function capitalized(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

function lastSeparator(file: string): number {
  return Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\'));
}
