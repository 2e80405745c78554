/** A snapshot of a Windows program with 10,000 sections and up to 100,000 handles, in Windows Node. */
import { join } from 'node:path';
import { findMingw } from '../../scripts/setup/programs.ts';
import { findWindowsMachine } from '../../scripts/setup/wine.ts';
import type { WindowsSnapshotMeasure } from '../windows/inside/snapshot-bench.ts';
import { bundledForWindows, startWindowsNode } from '../windows/machine.ts';
import { startSections } from '../windows/sections.ts';

export interface WindowsSnapshotBench extends WindowsSnapshotMeasure {
  readonly handles: number;
}

const PAGE = 4096;
/** Wine's server has a descriptor for each section, and not many more than these. */
const SECTIONS = 10_000;
const INSIDE = join(import.meta.dirname, '..', 'windows', 'inside', 'snapshot-bench.ts');
const PAIRS: Readonly<Record<number, number>> = { 10_000: 9, 100_000: 3 };

/** @returns a sentence where it cannot be measured on this machine */
export async function benchWindowsSnapshots(): Promise<readonly WindowsSnapshotBench[] | string> {
  if ((await findWindowsMachine()) === undefined || findMingw() === undefined) {
    return 'Wine with a Windows Node, or MinGW-w64, is missing: `npm test -- --install --only windows` brings them.';
  }
  const measures: WindowsSnapshotBench[] = [];
  for (const [handles, pairs] of Object.entries(PAIRS)) {
    measures.push({ handles: Number(handles), ...(await measure(Number(handles), pairs)) });
  }
  return measures;
}

async function measure(handles: number, pairs: number): Promise<WindowsSnapshotMeasure> {
  await using program = await startSections([`fill ${SECTIONS - 1} ${PAGE}`, `make a page-file ${PAGE}`]);
  await program.order(`copies a ${handles - SECTIONS}`);
  const script = bundledForWindows(INSIDE);
  await using node = await startWindowsNode(script, [String(program.pid), String(SECTIONS), String(pairs)]);
  if ((await node.ended) !== 0) {
    throw new Error(node.complaints());
  }
  return JSON.parse(node.output()) as WindowsSnapshotMeasure;
}
