/** A snapshot of a process with 10,000 sections, as a multiple of the bare system calls that it makes. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findCCompiler } from '../../scripts/setup/programs.ts';
import { openPlatform } from '../../src/monitor/platforms/index.ts';
import type { Platform, Target } from '../../src/monitor/platforms/platform.ts';
import { measurePairs, type Multiple } from './pairs.ts';
import { recordCalls } from './recorded-calls.ts';

interface SnapshotMeasure {
  readonly name: string;
  readonly calls: number;
  readonly multiple: Multiple;
}

export interface SnapshotBench {
  readonly sections: number;
  readonly measures: readonly SnapshotMeasure[];
}

const WARM_UP = 5;
const PAIRS = 21;

/** @returns a sentence where it cannot be measured on this machine */
export async function benchSnapshot(wanted: number): Promise<SnapshotBench | string> {
  const platform = await openPlatform();
  const compiler = findCCompiler();
  if ('refusal' in platform) {
    return platform.refusal;
  }
  if (compiler === undefined) {
    return 'There is no C compiler (gcc, clang or cc on PATH) for the program that makes the sections.';
  }
  const folder = mkdtempSync(join(tmpdir(), 'section-leaks-bench-'));
  const program = join(folder, 'many_sections');
  execFileSync(compiler, ['-O1', '-o', program, join(import.meta.dirname, 'many_sections.c')]);
  const child = spawn(program, [String(wanted)], { stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    const sections = await countOfSections(child);
    return { sections, measures: measure(platform, child.pid ?? 0, sections) };
  } finally {
    child.stdin.end();
    await once(child, 'close');
    rmSync(folder, { recursive: true });
  }
}

async function countOfSections(child: ChildProcess): Promise<number> {
  if (child.stdout !== null) {
    for await (const line of createInterface(child.stdout)) {
      return Number(line);
    }
  }
  throw new Error('The program that makes the sections ended early.');
}

function measure(platform: Platform, pid: number, sections: number): readonly SnapshotMeasure[] {
  const watched = openTarget(platform, pid);
  for (let i = 0; i < WARM_UP; i++) {
    look(watched, sections);
    look(openTarget(platform, pid), sections);
  }
  const later = recordCalls(() => {
    look(watched, sections);
  });
  const fresh = Array.from({ length: PAIRS + 1 }, () => openTarget(platform, pid));
  const first = recordCalls(() => {
    look(fresh[PAIRS], sections);
  });
  return [
    {
      name: 'every snapshot after the first',
      calls: later.count,
      multiple: measurePairs(
        PAIRS,
        () => {
          look(watched, sections);
        },
        later.replay,
      ),
    },
    {
      name: 'the first snapshot',
      calls: first.count,
      multiple: measurePairs(
        PAIRS,
        (pair) => {
          look(fresh[pair], sections);
        },
        first.replay,
      ),
    },
  ];
}

function openTarget(platform: Platform, pid: number): Target {
  const target = platform.open(pid);
  if ('refusal' in target) {
    throw new Error(target.refusal);
  }
  return target;
}

/** A look that sees less than there is would be measured in vain. */
function look(target: Target | undefined, sections: number): void {
  const snapshot = target?.look();
  if (snapshot === undefined || 'refusal' in snapshot || snapshot.sections.length !== sections) {
    throw new Error('The snapshot does not hold the sections of the program.');
  }
}
