/** What a variable of Go holds before anything is assigned to it. */
import type { Syntax } from '../shared/syntax.ts';
import { at, nothing } from '../shared/terms/reading.ts';
import type { Term } from '../shared/terms/term.ts';

/** Numbers, pointers and errors begin as zero; a struct or array is an object of its own. */
export function zeroValue(node: Syntax, type: Syntax | undefined): Term {
  const isPlain =
    type !== undefined && /^(?:type_identifier|qualified_type|pointer_type|interface_type)$/u.test(type.type);
  return isPlain ? { ...at(node), kind: 'constant', constant: 'null' } : nothing(node);
}
