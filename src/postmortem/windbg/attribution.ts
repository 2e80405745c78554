/**
 * Who made the sections of a log: the stack of the handle trace or breakpoint that names the handle, else one of the stacks
 * that made sections. And who unmapped views. Pure.
 */
import { createsSection, stackKey } from '../frames.ts';
import type { RecordedSection, SeenStack, Stack } from '../recording.ts';
import type { StackEvent } from './call-stacks.ts';
import type { HandleTrace } from './handle-traces.ts';

/** Who made a section: by its handle where the log names it, else one of the stacks that made sections. */
export function attribution(
  events: readonly StackEvent[],
  traces: readonly HandleTrace[],
): (section: Omit<RecordedSection, 'created'>) => RecordedSection {
  const byHandle = new Map<string, readonly Stack[]>();
  const others = new Map<string, Stack>();
  for (const { kind, handle, stack } of events) {
    if (kind === 'creates' && handle !== null) {
      // A number that was used again belongs to the last section that got it.
      byHandle.set(handle, [stack]);
    } else if (kind === 'creates') {
      others.set(stackKey(stack), stack);
    }
  }
  // The last operation on a handle comes first.
  for (const { handle, opens, stack } of traces.toReversed()) {
    if (opens && stack.length > 0) {
      byHandle.set(handle, [stack]);
    }
  }
  const remaining = [...others.values()];
  return (section) => ({ ...section, created: byHandle.get(section.handle ?? '') ?? remaining });
}

/** Without a list of handles: those that a trace shows to be made and not closed again. */
export function tracedSections(traces: readonly HandleTrace[]): readonly RecordedSection[] {
  const last = new Map<string, HandleTrace>();
  for (const trace of traces.toReversed()) {
    last.set(trace.handle, trace);
  }
  return [...last.values()]
    .filter(({ opens, stack }) => opens && createsSection(stack))
    .map(({ handle, stack, line }) => ({
      handle,
      process: null,
      kind: 'unknown',
      name: null,
      bytes: null,
      mappedBytes: null,
      created: [stack],
      place: `line ${line}`,
    }));
}

export function unmappedBy(events: readonly StackEvent[]): readonly SeenStack[] {
  const seen = new Map<string, { readonly stack: Stack; times: number }>();
  for (const { kind, stack } of events) {
    if (kind === 'unmaps') {
      const known = seen.get(stackKey(stack)) ?? { stack, times: 0 };
      known.times += 1;
      seen.set(stackKey(stack), known);
    }
  }
  return [...seen.values()].toSorted((a, b) => b.times - a.times);
}
