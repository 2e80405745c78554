/** What declared types say of how a value behaves. */
import type { Location } from '../../flow/graph.ts';
import { typeOf } from './access.ts';
import type { Lowering } from './lowering.ts';

const NUMERIC =
  /^(?:s?byte|u?short|u?int|u?long|float|double|decimal|char|bool|string|U?Int(?:16|32|64)|Byte|String)$/u;

/** Whether what stands there is a number (or text) that arithmetic makes another one of; pointers and handles are not. */
export function isNumeric(lowering: Lowering, location: Location): boolean {
  return NUMERIC.test(typeOf(lowering, location) ?? '');
}
