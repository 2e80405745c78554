/**
 * A model of Windows: processes with section handles and views, and what the system tells of them. It knows the truth that
 * the monitor is not told: which section each view is of.
 */
import type { HandleOwner } from '../../../../../src/monitor/platforms/windows/section-table.ts';
import type { HandleAsker } from '../../../../../src/monitor/platforms/windows/section-reader.ts';
import type { MappedRegion } from '../../../../../src/monitor/platforms/windows/regions.ts';

export const PAGE = 4096;
const SEC_COMMIT = 0x800_0000;
const SEC_RESERVE = 0x400_0000;
const MODEL_ACCESS = 0xf_0007;
const FIRST_ADDRESS = 0x10_0000;
const GRANULARITY = 0x1_0000;

export interface ModelSection {
  readonly bytes: number;
  /** Of a section that was reserved only; all of another one is committed. */
  committedBytes: number;
  readonly reserve: boolean;
  readonly name: string;
}

interface View {
  readonly section: ModelSection;
  readonly bytes: number;
}

interface ModelProcess {
  readonly handles: Map<number, ModelSection>;
  /** By address. */
  readonly views: Map<number, View>;
}

export class ModelWindows implements HandleAsker {
  readonly #processes = new Map<number, ModelProcess>();
  /** Duplicates of the monitor, which count as handles too. */
  readonly #duplicates = new Map<number, ModelSection>();
  #nextDuplicate = 1;

  process(pid: number): ModelProcess {
    const process = this.#processes.get(pid) ?? { handles: new Map(), views: new Map() };
    this.#processes.set(pid, process);
    return process;
  }

  get openDuplicates(): number {
    return this.#duplicates.size;
  }

  create(pid: number, { pages, reserve, name }: { pages: number; reserve: boolean; name: string }): void {
    const bytes = pages * PAGE;
    this.open(pid, { bytes, committedBytes: reserve ? 0 : bytes, reserve, name });
  }

  /** A handle: the lowest number that is free, as Windows gives them. */
  open(pid: number, section: ModelSection): void {
    this.process(pid).handles.set(lowestFree(this.process(pid).handles, 4, 4), section);
  }

  closeHandle(pid: number, handle: number): void {
    this.process(pid).handles.delete(handle);
  }

  map(pid: number, section: ModelSection, pages: number): void {
    const bytes = Math.min(section.bytes, pages * PAGE);
    const { views } = this.process(pid);
    views.set(lowestFree(views, FIRST_ADDRESS, GRANULARITY * 1024), { section, bytes });
  }

  unmap(pid: number, address: number): void {
    this.process(pid).views.delete(address);
  }

  /** Committed bytes that no view of any process covers; views begin at the beginning. */
  unownedBytes(section: ModelSection): number {
    const views = [...this.#processes.values()].flatMap((process) => [...process.views.values()]);
    const covered = Math.max(0, ...views.filter((view) => view.section === section).map(({ bytes }) => bytes));
    return Math.max(0, section.committedBytes - covered);
  }

  regions(pid: number): readonly MappedRegion[] {
    return [...this.process(pid).views].map(([base, { section, bytes }]) => ({
      base,
      bytes,
      reserves: section.reserve && section.committedBytes < bytes,
      writable: true,
      executable: false,
    }));
  }

  /** @param withCounts as class 51 has it */
  owner(pid: number, withCounts: boolean): HandleOwner {
    const handles = [...this.process(pid).handles.keys()].sort((a, b) => a - b);
    return {
      pid,
      created: BigInt(pid),
      columns: {
        handles,
        access: handles.map(() => MODEL_ACCESS),
        attributes: handles.map(() => 0),
        objects: handles.map(() => 0),
        handleCounts: handles.map((handle) => (withCounts ? this.#countOf(this.process(pid).handles.get(handle)) : 0)),
      },
      open: () => pid,
    };
  }

  duplicate(process: number, handle: number): number {
    const section = this.process(process).handles.get(handle);
    if (section === undefined) {
      return 0;
    }
    const duplicate = this.#nextDuplicate++;
    this.#duplicates.set(duplicate, section);
    return duplicate;
  }

  close(duplicate: number): void {
    this.#duplicates.delete(duplicate);
  }

  ask(process: number, handle: number) {
    const duplicate = this.duplicate(process, handle);
    const basics = this.basics(duplicate);
    const handleCount = this.handleCount(duplicate) - 1;
    this.close(duplicate);
    return basics === null ? null : { ...basics, handleCount };
  }

  basics(duplicate: number) {
    const section = this.#duplicates.get(duplicate);
    return section === undefined
      ? null
      : { bytes: section.bytes, attributes: section.reserve ? SEC_RESERVE : SEC_COMMIT };
  }

  handleCount(duplicate: number): number {
    return this.#countOf(this.#duplicates.get(duplicate));
  }

  #countOf(section: ModelSection | undefined): number {
    const handles = [...this.#processes.values()].flatMap((process) => [...process.handles.values()]);
    return [...handles, ...this.#duplicates.values()].filter((other) => other === section).length;
  }

  name(duplicate: number): string {
    return this.#duplicates.get(duplicate)?.name ?? '';
  }

  same(first: number, second: number): boolean {
    return this.#duplicates.get(first) === this.#duplicates.get(second);
  }
}

function lowestFree(taken: ReadonlyMap<number, unknown>, first: number, step: number): number {
  let number = first;
  while (taken.has(number)) {
    number += step;
  }
  return number;
}
