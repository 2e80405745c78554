/**
 * The lines of `/proc/PID/maps` that are views of shared memory:
 * `7f30467a0000-7f304682f000 rw-s 00021000 00:01 4367      /memfd:cache (deleted)`.
 * The file is read as bytes, because most lines of most processes are of no interest and it is read once a second.
 */

export interface Mapping {
  /** Addresses, as the names in `/proc/PID/map_files` write them. */
  readonly start: number;
  readonly end: number;
  /** Where in the object the view begins. */
  readonly offset: number;
  /** As `stat` numbers devices. */
  readonly device: number;
  readonly inode: number;
  /** As the kernel writes it: a line feed in it as `\012`. */
  readonly path: string;
}

const SPACE = 0x20;
const LINE_FEED = 0x0a;
const HYPHEN = 0x2d;
const COLON = 0x3a;

/** How the paths of shared memory begin: memfd_create, shm_open, System V, anonymous memory shared with children. */
const PREFIXES = ['/memfd:', '/dev/shm/', '/SYSV', '/dev/zero (deleted)'].map((prefix) => Buffer.from(prefix));

/**
 * @param shmDevice the device of /dev/shm, which another process may see under another path
 */
export function sharedMemoryMappings(maps: Uint8Array, shmDevice: number | null): readonly Mapping[] {
  const mappings: Mapping[] = [];
  const line = new LineReader(maps);
  while (line.begin()) {
    const mapping = readMapping(line, shmDevice);
    if (mapping !== null) {
      mappings.push(mapping);
    }
    line.skip();
  }
  return mappings;
}

function readMapping(line: LineReader, shmDevice: number | null): Mapping | null {
  const start = line.number(16, HYPHEN);
  const end = line.number(16, SPACE);
  line.word();
  const offset = line.number(16, SPACE);
  const major = line.number(16, COLON);
  // Shared memory is on no block device, and anonymous memory on no device at all.
  if (major !== 0) {
    return null;
  }
  const minor = line.number(16, SPACE);
  if (minor === 0) {
    return null;
  }
  const inode = line.number(10, SPACE);
  const device = deviceNumber(major, minor);
  line.spaces();
  if (device !== shmDevice && !PREFIXES.some((prefix) => line.startsWith(prefix))) {
    return null;
  }
  const path = line.rest();
  return [start, end, offset, device, inode].every((value) => Number.isFinite(value)) && end > start
    ? { start, end, offset, device, inode, path }
    : null;
}

/** As `stat` gives it: `makedev` of the C library, for the numbers that fit in 32 bits. */
export function deviceNumber(major: number, minor: number): number {
  return (major & 0xfff) * 0x100 + (minor & 0xff) + (minor >>> 8) * 0x10_0000;
}

/** Takes a line apart from left to right. What is not as expected becomes NaN or nothing, and never leaves the line. */
class LineReader {
  readonly #bytes: Uint8Array;
  #position = 0;
  #end = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Goes to the line at the present position; false at the end of the text. */
  begin(): boolean {
    if (this.#position >= this.#bytes.length) {
      return false;
    }
    const end = this.#bytes.indexOf(LINE_FEED, this.#position);
    this.#end = end < 0 ? this.#bytes.length : end;
    return true;
  }

  /** Goes behind the line. */
  skip(): void {
    this.#position = this.#end + 1;
  }

  /** The number up to a separator, and behind that. */
  number(base: 10 | 16, separator: number): number {
    let value = 0;
    let digits = 0;
    while (this.#position < this.#end) {
      const byte = this.#bytes[this.#position] ?? 0;
      this.#position += 1;
      if (byte === separator) {
        return digits > 0 ? value : Number.NaN;
      }
      value = value * base + digitValue(byte, base);
      digits += 1;
    }
    // An inode may end its line.
    return separator === SPACE && digits > 0 ? value : Number.NaN;
  }

  word(): void {
    while (this.#position < this.#end && this.#bytes[this.#position] !== SPACE) {
      this.#position += 1;
    }
    this.#position += 1;
  }

  spaces(): void {
    while (this.#position < this.#end && this.#bytes[this.#position] === SPACE) {
      this.#position += 1;
    }
  }

  startsWith(prefix: Uint8Array): boolean {
    return (
      this.#position + prefix.length <= this.#end &&
      prefix.every((byte, index) => this.#bytes[this.#position + index] === byte)
    );
  }

  rest(): string {
    return Buffer.from(this.#bytes.subarray(this.#position, this.#end)).toString('utf8');
  }
}

function digitValue(byte: number, base: 10 | 16): number {
  if (byte >= 0x30 && byte <= 0x39) {
    return byte - 0x30;
  }
  return base === 16 && byte >= 0x61 && byte <= 0x66 ? byte - 0x57 : Number.NaN;
}
