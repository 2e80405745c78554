/** Where a chain such as `a?.b.c()` has its question marks. */
import type { Syntax } from '../shared/syntax.ts';
import type { ChainStep } from '../shared/optional-chains.ts';

export function chainStep(part: Syntax): ChainStep | undefined {
  switch (part.type) {
    case 'conditional_access_expression':
      return { has: 'mark', receiver: part.child('condition') };
    case 'invocation_expression':
      return { has: 'none', next: part.child('function') };
    case 'member_access_expression':
    case 'element_access_expression':
      return { has: 'none', next: part.child('expression') };
    case 'postfix_unary_expression':
      return part.has('!') ? { has: 'none', next: part.first } : undefined;
    default:
      return undefined;
  }
}
