/** Where a chain such as `a?.b.c()` has its question marks. A call's own (`f?.()`) is taken to be answered yes. */
import type { Syntax } from '../shared/syntax.ts';
import type { ChainStep } from '../shared/optional-chains.ts';

export function chainStep(part: Syntax): ChainStep | undefined {
  switch (part.type) {
    case 'member_expression':
    case 'subscript_expression': {
      const object = part.child('object');
      return part.child('optional_chain') === undefined
        ? { has: 'none', next: object }
        : { has: 'mark', receiver: object };
    }
    case 'call_expression':
      return { has: 'none', next: part.child('function') };
    case 'non_null_expression':
      return { has: 'none', next: part.first };
    default:
      return undefined;
  }
}
