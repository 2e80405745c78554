/** How many sections that a site made are open at this moment, for the marks beside its line. */
import * as vscode from 'vscode';
import { joinSites, type SiteShare, sharesOfSites } from '../../sites/join.ts';
import type { SiteWithFinding } from '../protocol.ts';
import { Growth } from './growth.ts';
import type { KnownSites } from './known-sites.ts';

/** The sections of the processes that are watched; given by the monitor's side of the extension. */
export interface LiveSections {
  readonly sections: Parameters<typeof joinSites>[0];
  readonly onDidChange: vscode.Event<void>;
}

export interface LiveCount extends Pick<SiteShare<SiteWithFinding>, 'sectionCount' | 'unownedBytes' | 'candidates'> {
  /** Sections more a minute; undefined while it was not watched for long enough. */
  readonly growthPerMinute: number | undefined;
}

export interface LiveCounts {
  readonly onDidChange: vscode.Event<void>;
  at(site: SiteWithFinding): LiveCount | undefined;
}

export function activateLiveCounts(
  context: vscode.ExtensionContext,
  known: KnownSites,
  live: LiveSections,
): LiveCounts {
  const counts = new JoinedCounts(known, live);
  const update = (): void => {
    counts.update();
  };
  context.subscriptions.push(known.onDidChange(update), live.onDidChange(update));
  return counts;
}

class JoinedCounts implements LiveCounts {
  readonly #known: KnownSites;
  readonly #live: LiveSections;
  readonly #growth = new Growth();
  readonly #change = new vscode.EventEmitter<void>();
  #shares: ReadonlyMap<string, SiteShare<SiteWithFinding>> = new Map();

  readonly onDidChange = this.#change.event;

  constructor(known: KnownSites, live: LiveSections) {
    this.#known = known;
    this.#live = live;
  }

  update(): void {
    const hadSome = this.#shares.size > 0;
    const shares = sharesOfSites(joinSites(this.#live.sections, this.#known.sites));
    this.#shares = new Map(shares.map((share) => [siteKey(share.site), share]));
    this.#growth.record(Date.now(), new Map(shares.map((share) => [siteKey(share.site), share.sectionCount.max])));
    if (hadSome || this.#shares.size > 0) {
      this.#change.fire();
    }
  }

  at(site: SiteWithFinding): LiveCount | undefined {
    const key = siteKey(site);
    const share = this.#shares.get(key);
    return share === undefined ? undefined : { ...share, growthPerMinute: this.#growth.perMinute(key) };
  }
}

function siteKey({ file, range }: SiteWithFinding): string {
  return `${file}:${range.start.line}:${range.start.character}`;
}
