/** From what the dataflow recorded of a function to findings: which rule, which path, at most one for a site. */
import type { AllocationSite, Doubt, Finding, Loss, Place, RuleId, Step } from '../finding.ts';
import { lastStep, type Span } from '../flow/graph.ts';
import type { FunctionRecord, KeptRecord, LossRecord } from '../flow/record.ts';
import type { Site } from '../flow/sites.ts';
import type { DoubtAt, Trace } from '../flow/state.ts';
import { newestOf } from '../flow/values.ts';
import { fixOf } from './fixes.ts';
import type { FunctionEntry } from './function-entry.ts';
import { fateOf, type Workings } from './fates.ts';
import { soleUserOf, toldAt } from './wrappers.ts';

/** Strongest first: memory without an owner, then what no path gives back, then what one path forgets. */
const RANK: readonly RuleId[] = [
  'section-outlives-view',
  'section-never-closed',
  'section-leaks-on-path',
  'view-never-unmapped',
  'pointer-never-released',
];

/** Tests on the way that a reader needs to follow it. */
const MOST_BRANCHES = 3;

export function allocationSites(entry: FunctionEntry, record: FunctionRecord): readonly AllocationSite[] {
  return record.sites.filter(({ viaWrapper }) => !viaWrapper).map((site) => siteOf(entry, site));
}

export interface Judge extends Workings {
  readonly strict: boolean;
}

/** Findings at the sites of one function; what its only user loses is found at the site that makes it. */
export function findingsOf(entry: FunctionEntry, record: FunctionRecord, judge: Judge): readonly Finding[] {
  const { program } = judge;
  return record.sites.flatMap((site) => {
    if (site.viaWrapper && toldAt(program, { entry, site }) !== undefined) return [];
    const own = bestOf(entry, record, site, judge);
    const user = own === undefined && !site.viaWrapper ? soleUserOf(program, { entry, site }) : undefined;
    const lost = user?.entry.record && bestOf(user.entry, user.entry.record, user.site, judge);
    return own ? [own] : lost ? [atMaker(lost, entry, site)] : [];
  });
}

/** The finding as it is told at the acquiring call; edits belong to the file of the losing one. */
function atMaker(lost: Finding, entry: FunctionEntry, site: Site): Finding {
  const { fix, ...finding } = lost;
  const made = siteOf(entry, site);
  const step: Step = { kind: 'created', file: made.file, range: made.range };
  return {
    ...finding,
    ...made,
    path: [step, ...finding.path],
    ...(fix !== undefined && lost.file === made.file ? { fix } : {}),
  };
}

function bestOf(entry: FunctionEntry, record: FunctionRecord, site: Site, judge: Judge): Finding | undefined {
  const candidates = [
    ...record.losses.filter((loss) => loss.site === site.id).map((loss) => lossFinding(entry, record, site, loss)),
    ...record.kept
      .filter((kept) => kept.site === site.id)
      .flatMap((kept) => keptFinding(entry, record, site, kept, judge)),
  ].filter(({ doubts }) => judge.strict || doubts.length === 0);
  const [best] = candidates.sort(
    (a, b) =>
      Number(a.doubts.length > 0) - Number(b.doubts.length > 0) ||
      RANK.indexOf(a.rule) - RANK.indexOf(b.rule) ||
      a.path.length - b.path.length,
  );
  return best;
}

function lossFinding(entry: FunctionEntry, record: FunctionRecord, site: Site, loss: LossRecord): Finding {
  const at = placeOf(entry, loss.exit.how === 'scope-end' ? lastCharacter(loss.exit.span) : loss.exit.span);
  const isOnePath = record.released.has(site.id) || record.outliving.has(site.id);
  const fix = fixOf(entry, record, site);
  return {
    ...siteOf(entry, site),
    rule: ruleOf(site, loss.viewReleased !== undefined, isOnePath),
    typeName: site.resource.typeName,
    ...(site.variable === undefined ? {} : { variable: site.variable }),
    loss: { how: loss.exit.how, at },
    ...viewReleased(entry, loss.viewReleased),
    path: [
      ...stepsOf(entry, site, loss.trace),
      ...(loss.exit.how === 'discarded' ? [] : [{ kind: 'lost' as const, ...at }]),
    ],
    ...(fix === undefined ? {} : { fix }),
    doubts: loss.doubts.map((doubt) => doubtOf(entry, doubt)),
  };
}

/** Nothing where what is kept is given back, or held for the whole life of the process. */
function keptFinding(
  entry: FunctionEntry,
  record: FunctionRecord,
  site: Site,
  kept: KeptRecord,
  judge: Judge,
): readonly Finding[] {
  const fate = fateOf(judge, { entry, record, site, kept });
  if (fate === 'given-back') return [];
  const isHalfWay = fate === 'half-way';
  const last = newestTrace(
    kept.trace,
    (step) => step.kind === (isHalfWay ? 'branch' : 'stored') && (isHalfWay || isOf(step, site)),
  );
  const keeper = lastStep(kept.keepers[0]?.path ?? '');
  const loss: Loss =
    fate === 'overwritten'
      ? { how: 'overwritten', at: placeOf(entry, site.span) }
      : { how: 'kept', at: placeOf(entry, last?.span ?? site.span), keeper };
  return [
    {
      ...siteOf(entry, site),
      rule: ruleOf(site, kept.viewReleased !== undefined, fate !== 'never'),
      typeName: site.resource.typeName,
      ...(site.variable === undefined ? {} : { variable: site.variable }),
      loss,
      ...viewReleased(entry, kept.viewReleased),
      path: stepsOf(entry, site, kept.trace),
      doubts: kept.doubts.map((doubt) => doubtOf(entry, doubt)),
    },
  ];
}

function ruleOf(site: Site, viewReleased: boolean, isOnePath: boolean): RuleId {
  switch (site.resource.kind) {
    case 'view':
      return 'view-never-unmapped';
    case 'pointer':
      return 'pointer-never-released';
    case 'section':
      if (isOnePath) return 'section-leaks-on-path';
      return viewReleased ? 'section-outlives-view' : 'section-never-closed';
  }
}

function siteOf(entry: FunctionEntry, site: Site): AllocationSite {
  const { kind, maker } = site.resource;
  return {
    ...placeOf(entry, site.span),
    resource: kind,
    call: site.call,
    function: entry.qualifiedName,
    ...(maker === undefined ? {} : { maker }),
    ...(site.sectionName === undefined ? {} : { sectionName: site.sectionName }),
  };
}

/** The steps that concern the resource, oldest first. */
function stepsOf(entry: FunctionEntry, site: Site, trace: Trace | undefined): readonly Step[] {
  const steps: Trace[] = [];
  for (let step = trace; step !== undefined; step = step.before) {
    steps.push(step);
    if (step.kind === 'created' && isOf(step, site)) break;
  }
  let branches = 0;
  const kept = steps.filter((step) => step.kind !== 'branch' || ((branches += 1), branches <= MOST_BRANCHES));
  return kept.reverse().flatMap((step) => stepOf(entry, site, step));
}

function stepOf(entry: FunctionEntry, site: Site, step: Trace): readonly Step[] {
  const place = placeOf(entry, step.span);
  const isChild = step.parent !== undefined && newestOf(step.parent) === site.id;
  const subject = step.subject === undefined ? {} : { subject: step.subject };
  switch (step.kind) {
    case 'created':
      if (isOf(step, site))
        return [{ kind: site.resource.kind === 'pointer' ? 'pointer-acquired' : 'created', ...place }];
      return isChild && site.resource.kind === 'section' ? [{ kind: 'mapped', ...place }] : [];
    case 'stored':
      return isOf(step, site) ? [{ kind: 'stored', ...place, ...subject }] : [];
    case 'released':
      return isChild && site.resource.kind === 'section' ? [{ kind: 'view-released', ...place }] : [];
    case 'branch':
      return [{ kind: 'branch', ...place, ...subject, ...(step.taken === undefined ? {} : { taken: step.taken }) }];
    case 'exception':
      return [{ kind: 'exception', ...place }];
  }
}

function isOf(step: Trace, site: Site): boolean {
  return step.resource !== undefined && newestOf(step.resource) === site.id;
}

function newestTrace(trace: Trace | undefined, matches: (step: Trace) => boolean): Trace | undefined {
  for (let step = trace; step !== undefined; step = step.before) if (matches(step)) return step;
  return undefined;
}

function viewReleased(entry: FunctionEntry, span: Span | undefined): { readonly viewReleased?: Place } {
  return span === undefined ? {} : { viewReleased: placeOf(entry, span) };
}

function doubtOf(entry: FunctionEntry, { kind, subject, span }: DoubtAt): Doubt {
  return { kind, subject, at: placeOf(entry, span) };
}

function placeOf(entry: FunctionEntry, { start, end }: Span): Place {
  const { file } = entry;
  return { file: file.name, range: file.lines.range({ start: start + entry.start, end: end + entry.start }) };
}

/** The end of a scope is its closing brace. */
function lastCharacter({ start, end }: Span): Span {
  return { start: Math.max(start, end - 1), end };
}
