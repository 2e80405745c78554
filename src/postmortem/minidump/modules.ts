/** The modules of a minidump: an address is shown as the module that it lies in, and the offset there. */
import type { Frame } from '../recording.ts';
import { countedTable, type Dump, eachEntry, STREAM } from './streams.ts';
import type { Strings } from './strings.ts';

interface Module {
  readonly base: bigint;
  readonly end: bigint;
  readonly nameRva: number;
}

const MODULE_BYTES = 108;
const MOST_MODULES = 100_000;

export class Modules {
  readonly #modules: readonly Module[];
  readonly #strings: Strings;
  readonly #names = new Map<Module, string>();

  constructor(dump: Dump, strings: Strings) {
    const modules: Module[] = [];
    const stream = dump.streams.get(STREAM.modules);
    const table = stream === undefined ? null : countedTable(dump, 'modules', stream, MODULE_BYTES);
    if (table !== null) {
      eachEntry(dump, { ...table, count: Math.min(table.count, MOST_MODULES) }, (entry) => {
        const base = entry.getBigUint64(0, true);
        modules.push({ base, end: base + BigInt(entry.getUint32(8, true)), nameRva: entry.getUint32(20, true) });
      });
    }
    this.#modules = modules.toSorted((a, b) => (a.base < b.base ? -1 : a.base > b.base ? 1 : 0));
    this.#strings = strings;
  }

  get count(): number {
    return this.#modules.length;
  }

  frame(address: bigint): Frame {
    const module = this.#at(address);
    const text =
      module === null ? `0x${address.toString(16)}` : `${this.#name(module)}+0x${(address - module.base).toString(16)}`;
    return { text, source: null };
  }

  #at(address: bigint): Module | null {
    let low = 0;
    let high = this.#modules.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#modules[middle]?.base ?? 0n) <= address) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    const module = this.#modules[low - 1];
    return module !== undefined && address < module.end ? module : null;
  }

  #name(module: Module): string {
    const known = this.#names.get(module);
    const path = known ?? this.#strings.at(module.nameRva) ?? 'module';
    const name = path.slice(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1);
    this.#names.set(module, name);
    return name;
  }
}
