/**
 * Which processes hold sections whose bytes no view holds: looks at the whole machine, put together into one row a
 * process. Pure: the caller brings the looks and the time.
 */
import { History } from '../history.ts';
import type { MachineSnapshot, ProcessEntry, SectionObservation } from '../platforms/platform.ts';
import { totalsOf } from '../sampler.ts';
import { machineFigures } from '../verdicts/machine-figures.ts';
import type { ProcessRow, ScanReport } from './report.ts';

export class Scan {
  readonly #histories = new Map<number, History>();
  #first: Date | null = null;
  #last: { readonly snapshot: MachineSnapshot; readonly time: Date } | null = null;

  take(snapshot: MachineSnapshot, time: Date): void {
    this.#first ??= time;
    this.#last = { snapshot, time };
    const counted = countedByProcess(snapshot.sections);
    const machine = machineFigures(snapshot.memory);
    for (const { pid } of snapshot.holders) {
      const { sections, mappedBytes, unownedBytes, allocatedBytes } = totalsOf(counted.get(pid) ?? [], snapshot.unseen);
      const history = this.#histories.get(pid) ?? new History();
      this.#histories.set(pid, history);
      history.add({ time: time.getTime(), sections, mappedBytes, unownedBytes, allocatedBytes, machine });
    }
  }

  /** Null before the first look. */
  report(): ScanReport | null {
    if (this.#last === null) {
      return null;
    }
    const { snapshot, time } = this.#last;
    const { sections, holders, refused, leftOver, unseen, memory, unreadable } = snapshot;
    const counted = countedByProcess(sections);
    const held = heldByProcess(sections);
    return {
      schema: 1,
      time: time.toISOString(),
      seconds: Math.round((time.getTime() - (this.#first ?? time).getTime()) / 100) / 10,
      processes: holders
        .map((process) => this.#row(process, counted.get(process.pid) ?? [], held.get(process.pid) ?? 0, snapshot))
        .filter(({ totals, sharedSections }) => totals.sections + sharedSections > 0)
        .toSorted(mostUnownedFirst),
      refused: refused.map(({ pid, name, refusal }) => ({ pid, name, refusal: refusal ?? 'It may not be read.' })),
      leftOver: leftOver.toSorted((a, b) => b.allocatedBytes - a.allocatedBytes || (a.name < b.name ? -1 : 1)),
      totals: totalsOf(sections, unseen),
      memory,
      unreadable,
    };
  }

  #row(
    { pid, parentPid, name, commandLine }: ProcessEntry,
    counted: readonly SectionObservation[],
    held: number,
    { unseen }: MachineSnapshot,
  ): ProcessRow {
    const totals = totalsOf(counted, unseen);
    const history = this.#histories.get(pid) ?? new History();
    return {
      pid,
      parentPid,
      name,
      commandLine,
      totals,
      growth: history.growth(),
      sharedSections: held - counted.length,
    };
  }
}

function mostUnownedFirst(a: ProcessRow, b: ProcessRow): number {
  return (
    b.totals.unownedBytes.max - a.totals.unownedBytes.max ||
    b.totals.unownedBytes.min - a.totals.unownedBytes.min ||
    b.totals.sections - a.totals.sections ||
    a.pid - b.pid
  );
}

/**
 * A section counts once: with the oldest of those that have a handle, which most likely made it and gave it on. Where
 * only views keep it, with the oldest of those.
 */
function countedByProcess(sections: readonly SectionObservation[]): ReadonlyMap<number, readonly SectionObservation[]> {
  const counted = new Map<number, SectionObservation[]>();
  for (const section of sections) {
    const withHandle = section.holders.filter(({ handles }) => handles > 0);
    const among = withHandle.length > 0 ? withHandle : section.holders;
    const pid = Math.min(...among.map((holder) => holder.pid));
    const list = counted.get(pid);
    if (list === undefined) {
      counted.set(pid, [section]);
    } else {
      list.push(section);
    }
  }
  return counted;
}

/** How many sections each process has a part in; what the runtime makes for itself counts too. */
function heldByProcess(sections: readonly SectionObservation[]): ReadonlyMap<number, number> {
  const held = new Map<number, number>();
  for (const { pid } of sections.flatMap(({ holders }) => holders)) {
    held.set(pid, (held.get(pid) ?? 0) + 1);
  }
  return held;
}
