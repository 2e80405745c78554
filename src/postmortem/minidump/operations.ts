/**
 * The ring of handle operations in a minidump (HandleOperationListStream): where the process had handle tracing on, the
 * stack with which each handle was opened. Entries are AVRF_HANDLE_OPERATION (avrfsdk.h).
 */
import { handleText, type Stack } from '../recording.ts';
import type { Modules } from './modules.ts';
import { describedTable, type Dump, eachEntry, STREAM } from './streams.ts';

const HEADER_BYTES = 32;
const MOST_FRAMES = 32;
const OPENED = 1;

/** The stacks that opened one of the handles, by handle; several where the number was used again. */
export function openingStacks(
  dump: Dump,
  modules: Modules,
  handles: ReadonlySet<string>,
): ReadonlyMap<string, readonly Stack[]> {
  const opened = new Map<string, Map<string, Stack>>();
  const stream = dump.streams.get(STREAM.operations);
  const table =
    stream === undefined || handles.size === 0
      ? null
      : describedTable(dump, 'handle operations', stream, HEADER_BYTES + 8);
  if (table !== null) {
    eachEntry(dump, table, (entry) => {
      const handle = handleText(entry.getBigUint64(0, true).toString(16));
      if (entry.getUint32(16, true) !== OPENED || !handles.has(handle)) {
        return;
      }
      const stack = addressesOf(entry).map((address) => modules.frame(address));
      const stacks = opened.get(handle) ?? new Map<string, Stack>();
      stacks.set(stack.map(({ text }) => text).join('\n'), stack);
      opened.set(handle, stacks);
    });
  }
  return new Map([...opened].map(([handle, stacks]) => [handle, [...stacks.values()]]));
}

function addressesOf(entry: DataView): readonly bigint[] {
  const room = Math.floor((entry.byteLength - HEADER_BYTES) / 8);
  const depth = Math.min(entry.getUint32(24, true), MOST_FRAMES, room);
  return Array.from({ length: depth }, (_, index) => entry.getBigUint64(HEADER_BYTES + index * 8, true)).filter(
    (address) => address !== 0n,
  );
}
