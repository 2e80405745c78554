/** Declarations of pdh.dll: performance counters by their English paths. */
import { PDH_FMT_COUNTERVALUE, PDH_FMT_COUNTERVALUE_ITEM_W } from './layouts.ts';
import type { NativeLibrary } from './library.ts';

/** Whole numbers of 8 bytes. Wine gives the bits of these for PDH_FMT_DOUBLE too. */
const PDH_FMT_LARGE = 0x400;
const PDH_MORE_DATA = 0x8000_07d2;
/** PDH_CSTATUS_VALID_DATA and PDH_CSTATUS_NEW_DATA. */
const VALID_STATUSES: readonly number[] = [0, 1];

/** Results are a PDH_STATUS, an unsigned number, where they are not what was asked for. */
export interface CounterFailure {
  readonly status: number;
}

export interface CounterQuery {
  /** @param path with `*` in place of the instance for all of them */
  add(path: string): number | CounterFailure;
  /** Reads all counters of the query. @returns the status, 0 where it worked */
  collect(): number;
  /** Since the collection before, for rates. */
  value(counter: number): number | CounterFailure;
  /** The sum over all instances. */
  sum(counter: number): number | CounterFailure;
}

export interface Pdh {
  openQuery(): CounterQuery | CounterFailure;
}

export function declarePdh(library: NativeLibrary): Pdh {
  const open = library.func('uint32 PdhOpenQueryW(str16 source, uintptr_t user, void* query)') as (
    source: null,
    user: number,
    query: Buffer,
  ) => number;
  const add = library.func(
    'uint32 PdhAddEnglishCounterW(intptr_t query, str16 path, uintptr_t user, void* counter)',
  ) as (query: number, path: string, user: number, counter: Buffer) => number;
  const collect = library.func('uint32 PdhCollectQueryData(intptr_t query)') as (query: number) => number;
  const formatted = library.func(
    'uint32 PdhGetFormattedCounterValue(intptr_t counter, uint32 format, void* type, void* value)',
  ) as (counter: number, format: number, type: null, value: Buffer) => number;
  const formattedArray = library.func(
    'uint32 PdhGetFormattedCounterArrayW(intptr_t counter, uint32 format, void* bytes, void* count, void* items)',
  ) as (counter: number, format: number, bytes: Buffer, count: Buffer, items: Buffer | null) => number;
  const received = Buffer.alloc(8);

  return {
    openQuery() {
      const status = open(null, 0, received);
      if (status !== 0) {
        return { status };
      }
      const query = Number(received.readBigInt64LE(0));
      return {
        add(path) {
          const added = add(query, path, 0, received);
          return added === 0 ? Number(received.readBigInt64LE(0)) : { status: added };
        },
        collect: () => collect(query),
        value(counter) {
          const value = Buffer.alloc(PDH_FMT_COUNTERVALUE.bytes);
          const read = formatted(counter, PDH_FMT_LARGE, null, value);
          return read === 0 ? counterValue(value, 0) : { status: read };
        },
        sum(counter) {
          const bytes = Buffer.alloc(4);
          const count = Buffer.alloc(4);
          let read = formattedArray(counter, PDH_FMT_LARGE, bytes, count, null);
          if (read !== PDH_MORE_DATA) {
            return read === 0 ? 0 : { status: read };
          }
          const items = Buffer.alloc(bytes.readUInt32LE(0));
          read = formattedArray(counter, PDH_FMT_LARGE, bytes, count, items);
          return read === 0 ? sumOfItems(items, count.readUInt32LE(0)) : { status: read };
        },
      };
    },
  };
}

/** @param items as PDH fills them, the names behind the values */
export function sumOfItems(items: Buffer, count: number): number | CounterFailure {
  const { bytes, offsets } = PDH_FMT_COUNTERVALUE_ITEM_W;
  let sum = 0;
  for (let index = 0; index < count && (index + 1) * bytes <= items.length; index += 1) {
    const value = counterValue(items, index * bytes + offsets.FmtValue);
    if (typeof value !== 'number') {
      return value;
    }
    sum += value;
  }
  return sum;
}

function counterValue(buffer: Buffer, offset: number): number | CounterFailure {
  const status = buffer.readUInt32LE(offset + PDH_FMT_COUNTERVALUE.offsets.CStatus);
  return VALID_STATUSES.includes(status)
    ? Number(buffer.readBigInt64LE(offset + PDH_FMT_COUNTERVALUE.offsets.largeValue))
    : { status };
}
