/** Asks the system for tables whose lengths are not known beforehand, in a buffer that is kept for the next time. */
import {
  type Ntdll,
  STATUS_BUFFER_OVERFLOW,
  STATUS_BUFFER_TOO_SMALL,
  STATUS_INFO_LENGTH_MISMATCH,
  STATUS_SUCCESS,
} from '../../../../native/ntdll.ts';

/** An NTSTATUS that says why there is no table. */
export interface QueryFailure {
  readonly status: number;
}

const TOO_SHORT: readonly number[] = [STATUS_INFO_LENGTH_MISMATCH, STATUS_BUFFER_OVERFLOW, STATUS_BUFFER_TOO_SMALL];
/** Tables may grow between two calls. */
const SPARE_BYTES = 64 * 1024;
/** No table of handles is longer: 16 million handles of 40 bytes. */
const MOST_BYTES = 1024 * 1024 * 1024;

export class GrowingQuery {
  readonly #needed = Buffer.alloc(8);
  #buffer: Buffer;

  constructor(bytes: number) {
    this.#buffer = Buffer.allocUnsafeSlow(bytes);
  }

  system(ntdll: Ntdll, informationClass: number): Buffer | QueryFailure {
    return this.#ask((buffer) => ntdll.querySystem(informationClass, buffer, buffer.length, this.#needed));
  }

  process(ntdll: Ntdll, process: number, informationClass: number): Buffer | QueryFailure {
    return this.#ask((buffer) => ntdll.queryProcess(process, informationClass, buffer, buffer.length, this.#needed));
  }

  object(ntdll: Ntdll, handle: number, informationClass: number): Buffer | QueryFailure {
    return this.#ask((buffer) => ntdll.queryObject(handle, informationClass, buffer, buffer.length, this.#needed));
  }

  /** @returns the whole buffer: what was filled of it, the table itself tells */
  #ask(query: (buffer: Buffer) => number): Buffer | QueryFailure {
    for (;;) {
      this.#needed.fill(0);
      const status = query(this.#buffer);
      if (status === STATUS_SUCCESS) {
        return this.#buffer;
      }
      if (!TOO_SHORT.includes(status) || this.#buffer.length >= MOST_BYTES) {
        return { status };
      }
      const needed = Math.max(this.#buffer.length * 2, this.#needed.readUInt32LE(0) + SPARE_BYTES);
      this.#buffer = Buffer.allocUnsafeSlow(Math.min(MOST_BYTES, needed));
    }
  }
}

export function isFailure(result: Buffer | QueryFailure): result is QueryFailure {
  return 'status' in result;
}

export function statusInWords({ status }: QueryFailure): string {
  return `status 0x${status.toString(16).toUpperCase()}`;
}
