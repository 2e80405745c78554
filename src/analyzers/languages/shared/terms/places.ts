/** Names, members and elements: where a value stands. */
import type { Location } from '../../../flow/graph.ts';
import { below } from '../../../flow/graph.ts';
import type { Lowering } from './lowering.ts';
import type { Term } from './term.ts';

function locationOfName({ state, facts }: Lowering, name: string): Location {
  const local = state.names.lookUp(name);
  if (local !== undefined) return local;
  if (facts.enclosing.has(name)) return `C.${name}`;
  return name === facts.owner ? 'S' : `G.${name}`;
}

/** A new local of the innermost block. */
export function declareLocal({ state }: Lowering, name: string, start: number): Location {
  const location = `L:${name}@${start}`;
  state.names.bind(name, location);
  state.builder.declare(location);
  return location;
}

/**
 * Evaluates what the term names its value by (receivers, indices) and says where the value stands; undefined for a value
 * without a place.
 */
export function place(lowering: Lowering, term: Term): Location | undefined {
  return lowering.state.descend(() => {
    switch (term.kind) {
      case 'name':
        return locationOfName(lowering, term.name);
      case 'member': {
        const base = place(lowering, term.object);
        return base === undefined ? undefined : below(base, term.name);
      }
      case 'element': {
        const base = place(lowering, term.object);
        const step = term.index === undefined ? undefined : keyOf(term.index);
        if (term.index !== undefined && step === undefined) lowering.value(term.index);
        return base === undefined ? undefined : below(base, step ?? '[]');
      }
      case 'reference':
        return place(lowering, term.operand);
      default:
        return lowering.value(term).location;
    }
  });
}

/** A key that is written as a text names a part as a member's name does. */
function keyOf(index: Term): string | undefined {
  if (index.kind !== 'constant' || index.literal === undefined || index.literal === '') return undefined;
  return index.literal.replaceAll('.', '_');
}

/** Where something stands that is named without evaluating anything. */
export function namedPlace(lowering: Lowering, term: Term): Location | undefined {
  if (term.kind === 'name') return locationOfName(lowering, term.name);
  if (term.kind !== 'member') return undefined;
  const base = namedPlace(lowering, term.object);
  return base === undefined ? undefined : below(base, term.name);
}
