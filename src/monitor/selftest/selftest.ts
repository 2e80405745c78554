/**
 * Whether what the monitor stands on holds on this machine: each fact by itself, on a process of our own whose sections
 * are known, and at the end the monitor's own look at that process.
 */
import { release } from 'node:os';
import { openPlatform } from '../platforms/index.ts';
import type { SectionObservation, Snapshot } from '../platforms/platform.ts';
import { Sampler } from '../sampler.ts';
import { type Fact, FactSheet, type Finding, type RawAnswer } from './fact.ts';
import { type Holder, startHolder } from './holder.ts';
import { checkLinux } from './linux/facts.ts';
import { checkWindows } from './windows/facts.ts';

export interface SystemDescription {
  readonly platform: string;
  readonly release: string;
  readonly architecture: string;
  readonly node: string;
}

export interface SelftestReport {
  readonly schema: 1;
  readonly time: string;
  readonly system: SystemDescription;
  readonly facts: readonly Fact[];
}

export interface Selftest {
  readonly report: SelftestReport;
  /** For `--record`. */
  readonly answers: readonly RawAnswer[];
}

type Checks = (sheet: FactSheet, holder: Holder) => Promise<void>;

const CHECKS: Readonly<Record<string, Checks>> = { linux: checkLinux, win32: checkWindows };

/** @returns a sentence where it cannot run */
export async function runSelftest(): Promise<Selftest | string> {
  const { platform, arch, version } = process;
  const checks = CHECKS[platform];
  if (checks === undefined) {
    return `There is nothing to test on ${platform}: the monitor does not read its processes.`;
  }
  const holder = await startHolder();
  if (typeof holder === 'string') {
    return holder;
  }
  const sheet = new FactSheet();
  try {
    await checks(sheet, holder);
    await checkLook(sheet, holder);
  } finally {
    await holder[Symbol.asyncDispose]();
  }
  return {
    report: {
      schema: 1,
      time: new Date().toISOString(),
      system: { platform, release: release(), architecture: arch, node: version },
      facts: sheet.facts,
    },
    answers: sheet.answers,
  };
}

/** The whole way: what the monitor says of the process, beside what the process says of itself. */
async function checkLook(sheet: FactSheet, { pid, sections }: Holder): Promise<void> {
  const platform = await openPlatform();
  const target = 'refusal' in platform ? platform : platform.open(pid);
  const snapshot = 'refusal' in target ? target : target.look();
  const about = (seen: (snapshot: Snapshot) => Finding) => (): Finding =>
    'refusal' in snapshot ? { missing: snapshot.refusal } : seen(snapshot);
  sheet.check(
    'look.sections',
    'the monitor sees each section that a process has made, with its bytes',
    about((seen) => {
      const made = sections.map(({ bytes }) => bytes).filter((bytes) => bytes > 0);
      const left = ownSections(seen).map(({ maximumBytes }) => maximumBytes);
      const lost = made.filter((bytes) => !left.includes(bytes));
      return lost.length === 0 ? { holds: bytesInWords(made) } : { differs: `not seen are ${bytesInWords(lost)}` };
    }),
  );
  sheet.check(
    'look.unowned',
    'the bytes that are in no view lie in the range that the monitor tells',
    about((seen) => {
      const unowned = sections.reduce((sum, section) => sum + section.unownedBytes, 0);
      const { min, max } = new Sampler(pid).take(seen, new Date()).totals.unownedBytes;
      const words = `${unowned} bytes are in no view, the monitor tells ${min} to ${max}`;
      return min <= unowned && unowned <= max ? { holds: words } : { differs: words };
    }),
  );
}

function ownSections({ sections }: Snapshot): readonly SectionObservation[] {
  return sections.filter(({ kind }) => kind !== 'runtime');
}

function bytesInWords(sections: readonly number[]): string {
  return `${sections.length} sections: ${sections.toSorted((a, b) => a - b).join(', ')} bytes`;
}
