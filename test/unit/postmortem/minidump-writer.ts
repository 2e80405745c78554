/**
 * Writes small minidumps by minidumpapiset.h and avrfsdk.h. They are constructed: what is tested with them is how the reader
 * follows the documented layout, not what Windows writes.
 */
import { Buffer } from 'node:buffer';

export interface WrittenHandle {
  readonly handle: number;
  readonly type: string;
  readonly name?: string;
  /** Version 2 only: the chain of object information, each its type and content. */
  readonly information?: readonly { readonly type: number; readonly content: Uint8Array }[];
}

export interface WrittenOperation {
  readonly handle: number;
  /** 1 open, 2 close. */
  readonly kind: number;
  readonly addresses: readonly bigint[];
}

export interface DumpContent {
  readonly handles?: readonly WrittenHandle[];
  /** 32 is version 1, 40 version 2; more is a version to come. */
  readonly stride?: number;
  readonly modules?: readonly { readonly base: bigint; readonly bytes: number; readonly path: string }[];
  readonly operations?: readonly WrittenOperation[];
  readonly regions?: readonly { readonly bytes: bigint; readonly state: number; readonly type: number }[];
  readonly pid?: number;
  readonly threads?: number;
  readonly platform?: number;
}

export const MEM_COMMIT = 0x1000;
export const MEM_MAPPED = 0x4_0000;

/** The content of a SECTION_BASIC_INFORMATION of 64 bits. */
export function sectionInformation(attributes: number, bytes: bigint): { type: number; content: Uint8Array } {
  const content = Buffer.alloc(24);
  content.writeUInt32LE(attributes, 8);
  content.writeBigInt64LE(bytes, 16);
  return { type: 7, content };
}

/** The same of a process of 32 bits. */
export function sectionInformation32(attributes: number, bytes: bigint): { type: number; content: Uint8Array } {
  const content = Buffer.alloc(16);
  content.writeUInt32LE(attributes, 4);
  content.writeBigInt64LE(bytes, 8);
  return { type: 7, content };
}

export function writeDump(content: DumpContent): Buffer<ArrayBuffer> {
  const file = new Blocks();
  const streams: (readonly [type: number, offset: number, bytes: number])[] = [];
  const add = (type: number, bytes: Buffer) => streams.push([type, file.put(bytes), bytes.length]);
  const header = file.put(Buffer.alloc(32));
  const directory = file.put(Buffer.alloc(12 * 8));
  add(7, systemInformation(content.platform ?? 2));
  if (content.pid !== undefined) {
    const information = Buffer.alloc(24);
    information.writeUInt32LE(24, 0);
    information.writeUInt32LE(1, 4);
    information.writeUInt32LE(content.pid, 8);
    add(15, information);
  }
  add(3, counted(Array.from({ length: content.threads ?? 1 }, () => Buffer.alloc(48))));
  add(4, counted((content.modules ?? []).map((module) => moduleEntry(module, file))));
  if (content.regions !== undefined) {
    add(16, described(16, 48, content.regions.map(regionEntry)));
  }
  if (content.handles !== undefined) {
    const stride = content.stride ?? 40;
    add(
      12,
      described(
        16,
        stride,
        content.handles.map((handle) => handleEntry(handle, stride, file)),
      ),
    );
  }
  if (content.operations !== undefined) {
    add(18, described(16, 288, content.operations.map(operationEntry)));
  }
  const bytes = file.bytes();
  bytes.write('MDMP', header, 'latin1');
  bytes.writeUInt32LE(0xa793, header + 4);
  bytes.writeUInt32LE(streams.length, header + 8);
  bytes.writeUInt32LE(directory, header + 12);
  for (const [index, [type, offset, length]] of streams.entries()) {
    bytes.writeUInt32LE(type, directory + index * 12);
    bytes.writeUInt32LE(length, directory + index * 12 + 4);
    bytes.writeUInt32LE(offset, directory + index * 12 + 8);
  }
  return bytes;
}

class Blocks {
  readonly #blocks: Buffer[] = [];
  readonly #strings = new Map<string, number>();
  #length = 0;

  /** @returns its offset, a multiple of 8 */
  put(block: Buffer): number {
    const offset = this.#length;
    this.#blocks.push(block, Buffer.alloc(-block.length & 7));
    this.#length += block.length + (-block.length & 7);
    return offset;
  }

  string(text: string): number {
    const known = this.#strings.get(text);
    if (known !== undefined) {
      return known;
    }
    const content = Buffer.from(text, 'utf16le');
    const block = Buffer.alloc(content.length + 6);
    block.writeUInt32LE(content.length, 0);
    content.copy(block, 4);
    const offset = this.put(block);
    this.#strings.set(text, offset);
    return offset;
  }

  bytes(): Buffer<ArrayBuffer> {
    return Buffer.concat(this.#blocks);
  }
}

function counted(entries: readonly Buffer[]): Buffer {
  const count = Buffer.alloc(4);
  count.writeUInt32LE(entries.length);
  return Buffer.concat([count, ...entries]);
}

function described(headerBytes: number, stride: number, entries: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(headerBytes);
  header.writeUInt32LE(headerBytes, 0);
  header.writeUInt32LE(stride, 4);
  header.writeUInt32LE(entries.length, 8);
  return Buffer.concat([header, ...entries]);
}

function systemInformation(platform: number): Buffer {
  const system = Buffer.alloc(56);
  system.writeUInt16LE(9, 0);
  system.writeUInt32LE(10, 8);
  system.writeUInt32LE(20348, 16);
  system.writeUInt32LE(platform, 20);
  return system;
}

function moduleEntry({ base, bytes, path }: { base: bigint; bytes: number; path: string }, file: Blocks): Buffer {
  const entry = Buffer.alloc(108);
  entry.writeBigUInt64LE(base, 0);
  entry.writeUInt32LE(bytes, 8);
  entry.writeUInt32LE(file.string(path), 20);
  return entry;
}

function regionEntry({ bytes, state, type }: { bytes: bigint; state: number; type: number }): Buffer {
  const entry = Buffer.alloc(48);
  entry.writeBigUInt64LE(bytes, 24);
  entry.writeUInt32LE(state, 32);
  entry.writeUInt32LE(type, 40);
  return entry;
}

function handleEntry({ handle, type, name, information = [] }: WrittenHandle, stride: number, file: Blocks): Buffer {
  const entry = Buffer.alloc(stride);
  entry.writeBigUInt64LE(BigInt(handle), 0);
  entry.writeUInt32LE(file.string(type), 8);
  entry.writeUInt32LE(name === undefined ? 0 : file.string(name), 12);
  entry.writeUInt32LE(0xf_0007, 20);
  entry.writeUInt32LE(2, 24);
  entry.writeUInt32LE(65_537, 28);
  if (stride >= 40) {
    entry.writeUInt32LE(chain(information, file), 32);
  }
  return entry;
}

function chain(information: WrittenHandle['information'] = [], file: Blocks): number {
  return information.reduceRight((next, { type, content }) => {
    const header = Buffer.alloc(12);
    header.writeUInt32LE(next, 0);
    header.writeUInt32LE(type, 4);
    header.writeUInt32LE(content.length, 8);
    return file.put(Buffer.concat([header, content]));
  }, 0);
}

function operationEntry({ handle, kind, addresses }: WrittenOperation): Buffer {
  const entry = Buffer.alloc(288);
  entry.writeBigUInt64LE(BigInt(handle), 0);
  entry.writeUInt32LE(kind, 16);
  entry.writeUInt32LE(addresses.length, 24);
  for (const [index, address] of addresses.entries()) {
    entry.writeBigUInt64LE(address, 32 + index * 8);
  }
  return entry;
}
