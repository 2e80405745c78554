/**
 * Who is told of a loss where one function makes a thing and another one loses it. Where a single call in the workspace
 * gets what a function makes, the acquiring call is the place that a reader looks for; where several calls get it, each
 * one that loses it is told by itself.
 */
import { isTemplate, type Origin } from '../flow/summary.ts';
import type { Site } from '../flow/sites.ts';
import type { FunctionEntry } from './function-entry.ts';
import type { Program } from './program.ts';

export interface SiteOf {
  readonly entry: FunctionEntry;
  readonly site: Site;
}

/** Functions that only pass it on, one to the next, as far as that is followed. */
const LONGEST_CHAIN = 3;

/** The one call of the workspace that ends up with what the site makes; undefined where there are several or none. */
export function soleUserOf(program: Program, maker: SiteOf): SiteOf | undefined {
  const origin: Origin = { function: maker.entry.qualifiedName, site: maker.site.id };
  if (!passesOn(maker.entry, origin) || makersOf(program, origin, maker.entry).length !== 1) return undefined;
  let passing = maker.entry;
  for (let step = 0; step < LONGEST_CHAIN; step += 1) {
    const users = program
      .callersOf(passing)
      .flatMap((entry) => sitesFrom(entry, origin).map((site) => ({ entry, site })));
    const [only] = users;
    if (only === undefined || users.length > 1 || only.entry === passing) return undefined;
    if (!passesOn(only.entry, origin)) return only;
    passing = only.entry;
  }
  return undefined;
}

/** The acquiring call of another function where what happens at this site is told; undefined where it is told here. */
export function toldAt(program: Program, user: SiteOf): SiteOf | undefined {
  const { origin } = user.site.resource;
  if (origin === undefined) return undefined;
  const [entry, ...others] = makersOf(program, origin, user.entry);
  const site = entry?.record?.sites.find(({ id }) => id === origin.site);
  if (entry === undefined || site === undefined || others.length > 0) return undefined;
  const sole = soleUserOf(program, { entry, site });
  return sole?.entry === user.entry && sole.site.id === user.site.id ? { entry, site } : undefined;
}

function makersOf(
  program: Program,
  { function: qualifiedName }: Origin,
  like: FunctionEntry,
): readonly FunctionEntry[] {
  return program
    .functionsNamed(qualifiedName.slice(qualifiedName.lastIndexOf('.') + 1), like.file.frontEnd.dialect)
    .filter((entry) => entry.qualifiedName === qualifiedName);
}

function sitesFrom(entry: FunctionEntry, origin: Origin): readonly Site[] {
  return (entry.record?.sites ?? []).filter(({ resource }) => isSame(resource.origin, origin));
}

function passesOn(entry: FunctionEntry, origin: Origin): boolean {
  return (entry.record?.summary.outcomes ?? []).some(
    ({ result, gains }) =>
      (isTemplate(result) && isSame(result.origin, origin)) ||
      gains.some(({ resource }) => isSame(resource.origin, origin)),
  );
}

function isSame(one: Origin | undefined, other: Origin): boolean {
  return one?.function === other.function && one.site === other.site;
}
