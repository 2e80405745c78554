/** Calls that only move values: Interlocked and Volatile. */
import type { Location, Operand } from '../../flow/graph.ts';
import { shortText, spanOf } from '../shared/function-state.ts';
import type { Syntax } from '../shared/syntax.ts';
import { place, typeName } from './access.ts';
import type { Lowering } from './lowering.ts';

/** @returns whether the call is one of these; its result then stands at `result` */
export function lowerIntrinsic(lowering: Lowering, node: Syntax, result: Location | undefined): boolean {
  const called = node.child('function');
  const object = called?.type === 'member_access_expression' ? called.child('expression') : undefined;
  const owner = object && typeName(lowering, object)?.replace(/^.*\./u, '');
  const name = called?.child('name');
  const [cell, value, comparand] = (node.child('arguments')?.parts ?? []).map((argument) => argument.last);
  switch (`${owner ?? ''}.${(name?.type === 'generic_name' ? name.first : name)?.text ?? ''}`) {
    case 'Interlocked.Exchange':
      return cell !== undefined && value !== undefined && exchange(lowering, node, cell, value, result);
    case 'Interlocked.CompareExchange':
      return (
        cell !== undefined &&
        value !== undefined &&
        comparand !== undefined &&
        compareExchange(lowering, node, cell, value, comparand, result)
      );
    case 'Volatile.Read':
      return cell !== undefined && move(lowering, node, cell, result);
    case 'Volatile.Write':
      return cell !== undefined && value !== undefined && write(lowering, cell, value);
    default:
      return false;
  }
}

function exchange(
  lowering: Lowering,
  node: Syntax,
  cell: Syntax,
  value: Syntax,
  result: Location | undefined,
): boolean {
  const location = place(lowering, cell);
  if (location === undefined) return false;
  const before = result ?? lowering.state.builder.newTemporary();
  const next = lowering.value(value);
  lowering.state.assign(before, { location, text: shortText(cell) }, spanOf(node));
  lowering.state.assign(location, next, spanOf(node));
  return true;
}

/** The cell gets the value only where it was what it is compared with: mostly null. */
function compareExchange(
  lowering: Lowering,
  node: Syntax,
  cell: Syntax,
  value: Syntax,
  comparand: Syntax,
  result: Location | undefined,
): boolean {
  const { state } = lowering;
  const { builder } = state;
  const location = place(lowering, cell);
  if (location === undefined) return false;
  const before = result ?? builder.newTemporary();
  const next = lowering.value(value);
  const expected: Operand = lowering.value(comparand);
  state.assign(before, { location, text: shortText(cell) }, spanOf(node));
  builder.ifElse(
    (then, otherwise) => {
      const about = { span: spanOf(node), text: '' };
      if (expected.constant === 'null') {
        builder.branch({ op: 'is', location: before, value: 'null', ...about }, then, otherwise);
      } else {
        builder.branch({ op: 'unknown', ...about }, then, otherwise);
      }
    },
    () => {
      state.assign(location, next, spanOf(node));
    },
    undefined,
  );
  return true;
}

function move(lowering: Lowering, node: Syntax, cell: Syntax, result: Location | undefined): boolean {
  const location = place(lowering, cell);
  if (result !== undefined && location !== undefined) {
    lowering.state.assign(result, { location, text: shortText(cell) }, spanOf(node));
  }
  return location !== undefined;
}

function write(lowering: Lowering, cell: Syntax, value: Syntax): boolean {
  const location = place(lowering, cell);
  if (location === undefined) return false;
  lowering.value(value, location);
  return true;
}
