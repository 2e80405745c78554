/**
 * Where temporaries die. A temporary holds the value of an expression until its last use; what it still reaches after
 * that is reached by nothing.
 */
import type { Block, FlowEvent, Location, Operand, Terminator } from './graph.ts';
import { rootOf } from './graph.ts';

/** For each block: temporaries that end after the event of that index; the last entry is for the terminator. */
export type Deaths = readonly (readonly (readonly Location[])[])[];

interface Uses {
  readonly reads: readonly Location[];
  readonly writes: readonly Location[];
}

export function temporaryDeaths(blocks: readonly Block[]): Deaths {
  const liveIn = blocks.map(() => new Set<Location>());
  const uses = blocks.map((block) => [...block.events.map(usesOfEvent), usesOfTerminator(block.end)]);
  for (let changed = true; changed;) {
    changed = false;
    for (let index = blocks.length - 1; index >= 0; index -= 1) {
      const live = liveOut(blocks[index], liveIn);
      for (const { reads, writes } of (uses[index] ?? []).toReversed()) {
        for (const written of writes) live.delete(written);
        for (const read of reads) live.add(read);
      }
      const before = liveIn[index];
      if (before !== undefined && live.size !== before.size) {
        liveIn[index] = live;
        changed = true;
      }
    }
  }
  return blocks.map((block, index) => deathsIn(uses[index] ?? [], liveOut(block, liveIn)));
}

function deathsIn(uses: readonly Uses[], liveAfter: ReadonlySet<Location>): readonly (readonly Location[])[] {
  const live = new Set(liveAfter);
  const deaths: (readonly Location[])[] = [];
  for (const { reads, writes } of uses.toReversed()) {
    deaths.push([...new Set([...reads, ...writes])].filter((temporary) => !live.has(temporary)));
    for (const written of writes) live.delete(written);
    for (const read of reads) live.add(read);
  }
  return deaths.reverse();
}

function liveOut(block: Block | undefined, liveIn: readonly ReadonlySet<Location>[]): Set<Location> {
  return new Set((block ? successors(block) : []).flatMap((next) => [...(liveIn[next] ?? [])]));
}

function successors(block: Block): readonly number[] {
  const handler = block.handler === undefined ? [] : [block.handler];
  switch (block.end.type) {
    case 'goto':
      return [block.end.to, ...handler];
    case 'branch':
      return [block.end.then, block.end.else, ...handler];
    default:
      return handler;
  }
}

function usesOfEvent(event: FlowEvent): Uses {
  switch (event.type) {
    case 'call':
      return {
        reads: temporariesOf([event.receiver, ...event.args]),
        writes: event.result === undefined ? [] : whole(event.result),
      };
    case 'assign':
      return { reads: [...temporariesOf([event.from]), ...partial(event.to)], writes: whole(event.to) };
    case 'fresh':
      return { reads: partial(event.to), writes: whole(event.to) };
    case 'scope-exit':
      return { reads: [], writes: [] };
  }
}

function usesOfTerminator(end: Terminator): Uses {
  switch (end.type) {
    case 'branch': {
      const tested = end.test.op === 'is' ? [end.test.location] : end.test.op === 'loop' ? end.test.elements : [];
      return { reads: tested.map(rootOf).filter(isTemporary), writes: [] };
    }
    case 'return':
    case 'throw':
      return { reads: temporariesOf([end.value]), writes: [] };
    default:
      return { reads: [], writes: [] };
  }
}

function temporariesOf(operands: readonly (Operand | undefined)[]): readonly Location[] {
  return operands
    .flatMap((operand) => (operand?.location === undefined ? [] : [rootOf(operand.location)]))
    .filter(isTemporary);
}

/** An assignment to all of a temporary writes it; one to a part of it reads it. */
function whole(location: Location): readonly Location[] {
  return isTemporary(location) && !location.includes('.') ? [location] : [];
}

function partial(location: Location): readonly Location[] {
  return isTemporary(location) && location.includes('.') ? [rootOf(location)] : [];
}

function isTemporary(location: Location): boolean {
  return location.startsWith('T:');
}
