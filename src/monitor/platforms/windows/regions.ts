/** The views of a process: a walk over its address space, and for each mapped region whether a file is behind it. */
import type { Kernel32 } from '../../../../native/kernel32.ts';
import { MEMORY_BASIC_INFORMATION } from '../../../../native/layouts.ts';

/** What one call of MapViewOfFile has made, in as many pieces as protections differ. */
export interface MappedRegion {
  readonly base: number;
  bytes: number;
  /** Whether some of its pages are reserved only: views of sections that are committed at once have none. */
  reserves: boolean;
  /** Whether the view was made for writing. */
  readonly writable: boolean;
  readonly executable: boolean;
}

export interface Views {
  /** Of sections in the page file. */
  readonly ofPageFile: readonly MappedRegion[];
  /** Of files on disk; images are left out. */
  readonly ofFiles: readonly MappedRegion[];
}

const MEM_RESERVE = 0x2000;
const MEM_MAPPED = 0x4_0000;
/** PAGE_READWRITE, PAGE_WRITECOPY and their executable forms. */
const WRITABLE = 0x04 | 0x08 | 0x40 | 0x80;
const EXECUTABLE = 0x10 | 0x20 | 0x40 | 0x80;
/** Of the path of a file; a longer one is cut, or refused for another reason than that there is no file. */
const NAME_CHARACTERS = 1024;

/** One piece of an address space, as VirtualQueryEx tells it. */
export interface AddressPiece {
  readonly base: number;
  readonly allocationBase: number;
  readonly allocationProtect: number;
  readonly bytes: number;
  readonly state: number;
  readonly type: number;
}

export function parsePiece(buffer: Buffer): AddressPiece {
  const { offsets } = MEMORY_BASIC_INFORMATION;
  return {
    base: address(buffer, offsets.BaseAddress),
    allocationBase: address(buffer, offsets.AllocationBase),
    allocationProtect: buffer.readUInt32LE(offsets.AllocationProtect),
    bytes: address(buffer, offsets.RegionSize),
    state: buffer.readUInt32LE(offsets.State),
    type: buffer.readUInt32LE(offsets.Type),
  };
}

export class RegionBuilder {
  readonly regions: MappedRegion[] = [];

  /** Pieces come by rising address. */
  add({ allocationBase, allocationProtect, bytes, state, type }: AddressPiece): void {
    if (type !== MEM_MAPPED) {
      return;
    }
    let region = this.regions.at(-1);
    if (region?.base !== allocationBase) {
      region = {
        base: allocationBase,
        bytes: 0,
        reserves: false,
        writable: (allocationProtect & WRITABLE) !== 0,
        executable: (allocationProtect & EXECUTABLE) !== 0,
      };
      this.regions.push(region);
    }
    region.bytes += bytes;
    region.reserves ||= state === MEM_RESERVE;
  }
}

export class RegionWalker {
  readonly #kernel32: Kernel32;
  readonly #piece = Buffer.alloc(MEMORY_BASIC_INFORMATION.bytes);
  readonly #name = Buffer.alloc(NAME_CHARACTERS * 2);

  constructor(kernel32: Kernel32) {
    this.#kernel32 = kernel32;
  }

  /** @returns null where the process does not let it (any more) */
  walk(process: number): Views | null {
    const builder = new RegionBuilder();
    let next = 0;
    while (this.#kernel32.virtualQuery(process, next, this.#piece, this.#piece.length) !== 0) {
      const piece = parsePiece(this.#piece);
      builder.add(piece);
      if (piece.base + piece.bytes <= next) {
        break;
      }
      next = piece.base + piece.bytes;
    }
    if (next === 0) {
      return null;
    }
    const ofPageFile: MappedRegion[] = [];
    const ofFiles: MappedRegion[] = [];
    for (const region of builder.regions) {
      const characters = this.#kernel32.mappedFileName(process, region.base, this.#name, NAME_CHARACTERS);
      (characters > 0 || this.#nameIsLonger() ? ofFiles : ofPageFile).push(region);
    }
    return { ofPageFile, ofFiles };
  }

  /** A name that does not fit. */
  #nameIsLonger(): boolean {
    const ERROR_INSUFFICIENT_BUFFER = 122;
    const ERROR_BAD_LENGTH = 24;
    const error = this.#kernel32.lastError();
    return error === ERROR_INSUFFICIENT_BUFFER || error === ERROR_BAD_LENGTH;
  }
}

function address(buffer: Buffer, offset: number): number {
  return buffer.readUInt32LE(offset) + buffer.readUInt32LE(offset + 4) * 2 ** 32;
}
