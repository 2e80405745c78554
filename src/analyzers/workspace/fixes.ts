/**
 * Complete edits that mend a finding: a `using` declaration, or the release before each place where the resource is lost.
 * No edit where it could release twice, or release what somebody else still uses.
 */
import type { Dialect } from '../catalog/entry.ts';
import type { Fix, TextEdit } from '../finding.ts';
import type { Location, Span } from '../flow/graph.ts';
import { lastStep } from '../flow/graph.ts';
import type { ExitPoint, FunctionRecord, LossRecord } from '../flow/record.ts';
import type { Site } from '../flow/sites.ts';
import type { FunctionEntry } from './function-entry.ts';

/** Languages in which the call that releases is written as the catalog writes it. */
const MENDED: ReadonlySet<Dialect> = new Set(['c', 'cpp', 'csharp', 'typescript']);

export function fixOf(entry: FunctionEntry, record: FunctionRecord, site: Site): Fix | undefined {
  if (!MENDED.has(entry.file.frontEnd.dialect)) return undefined;
  const losses = record.losses.filter((loss) => loss.site === site.id);
  const holder = losses[0]?.holder;
  if (holder === undefined || losses.some((loss) => loss.holder !== holder || loss.doubts.length > 0)) return undefined;
  return usingDeclaration(entry, record, site, holder) ?? releaseBeforeLosses(entry, record, site, holder, losses);
}

/** `using` before a declaration whose variable alone holds the resource, on every path, until its scope ends. */
function usingDeclaration(entry: FunctionEntry, record: FunctionRecord, site: Site, holder: Location): Fix | undefined {
  if (entry.file.frontEnd.dialect !== 'csharp' || site.resource.kind === 'pointer') return undefined;
  const declaration = entry.graph.declarations.find(({ location }) => location === holder);
  if (declaration?.alone !== true || record.released.has(site.id) || record.outliving.has(site.id)) return undefined;
  const at = entry.file.lines.position(entry.start + declaration.start);
  return {
    kind: 'using-declaration',
    release: site.resource.releasedBy.replace('$', lastStep(holder)),
    edits: [{ range: { start: at, end: at }, newText: 'using ' }],
  };
}

function releaseBeforeLosses(
  entry: FunctionEntry,
  record: FunctionRecord,
  site: Site,
  holder: Location,
  losses: readonly LossRecord[],
): Fix | undefined {
  const { releasedBy } = site.resource;
  // What has to be known besides the variable (a length) is not ours to guess.
  if (site.resource.kind === 'pointer' || !/^[^,]*\$[^,]*$/u.test(releasedBy)) return undefined;
  const release = `${releasedBy.replace('$', lastStep(holder))};`;
  const edits: TextEdit[] = [];
  for (const { exit } of losses) {
    const ends = record.holderEnds
      .get(site.id)
      ?.find((end) => end.exit.how === exit.how && end.exit.span.start === exit.span.start);
    const isOpenOnly = ends !== undefined && !ends.typestates.has('released') && !ends.typestates.has('handed-over');
    const edit = isOpenOnly ? editAt(entry, exit, release, lastStep(holder)) : undefined;
    if (edit === undefined) return undefined;
    edits.push(...edit);
  }
  const kind = losses.every(({ exit }) => exit.how === 'scope-end') ? 'release-at-end' : 'release-before-loss';
  return { kind, release: release.slice(0, -1), edits };
}

function editAt(
  entry: FunctionEntry,
  exit: ExitPoint,
  release: string,
  variable: string,
): readonly TextEdit[] | undefined {
  switch (exit.how) {
    case 'return':
    case 'throw':
      return beforeStatement(entry, exit, release, variable);
    case 'scope-end':
      return beforeBrace(entry, exit.span, release);
    default:
      return undefined;
  }
}

function beforeStatement(
  entry: FunctionEntry,
  exit: ExitPoint,
  release: string,
  variable: string,
): readonly TextEdit[] | undefined {
  const { file } = entry;
  const [start, end] = [entry.start + exit.span.start, entry.start + exit.span.end];
  const statement = file.source.slice(start, end);
  // An expression or a macro that leaves the function only sometimes: nothing can be put before the leaving itself.
  if (!/^(?:return|throw|co_return)(?![\w$])/u.test(statement)) return undefined;
  if (new RegExp(`(?<![\\w$])${variable.replaceAll('$', '\\$')}(?![\\w$])`, 'u').test(statement)) return undefined;
  const indent = indentAt(file.source, start);
  const [from, to] = [file.lines.position(start), file.lines.position(end)];
  const insertion = exit.braceless ? `{ ${release} ` : `${release}\n${indent}`;
  const opening: TextEdit = { range: { start: from, end: from }, newText: insertion };
  return exit.braceless ? [opening, { range: { start: to, end: to }, newText: ' }' }] : [opening];
}

/** Only where the scope ends with a brace on a line of its own. */
function beforeBrace(entry: FunctionEntry, span: Span, release: string): readonly TextEdit[] | undefined {
  const { file } = entry;
  const brace = entry.start + span.end - 1;
  const indent = indentAt(file.source, brace);
  if (file.source[brace] !== '}' || file.source.slice(file.lines.lineStart(brace), brace).trim() !== '')
    return undefined;
  const at = file.lines.position(file.lines.lineStart(brace));
  const unit = /^( +|\t)/mu.exec(file.source)?.[1]?.startsWith('\t') === true ? '\t' : '    ';
  return [{ range: { start: at, end: at }, newText: `${indent}${unit}${release}\n` }];
}

function indentAt(text: string, offset: number): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/u.exec(text.slice(lineStart, offset))?.[0] ?? '';
}
