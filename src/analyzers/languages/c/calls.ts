/** Calls: who is called, with what, where the result goes. */
import type { Syntax } from '../shared/syntax.ts';
import { lookUp } from '../../catalog/catalog.ts';
import type { Dialect } from '../../catalog/entry.ts';
import type { CallEvent, Location, Operand } from '../../flow/graph.ts';
import { isTypeInBrackets } from './casts.ts';
import { constantOf, literalOf } from './constants.ts';
import { lowerIntrinsic } from './intrinsics.ts';
import { settle, shortText, spanOf } from './lowering.ts';
import type { Lowering } from './lowering.ts';
import { expandExpression, expandStatements, macroArgument } from './macro-calls.ts';
import { allocates } from './objects.ts';
import { isArrow, objectLocation, typeOf, withoutParentheses } from './places.ts';
import { classNameOf, isRawType, simpleTypeName } from './types.ts';

interface Callee {
  readonly name: string;
  readonly qualifier?: string;
  readonly receiver?: Operand;
  readonly constructs?: boolean;
}

export function lowerCall(l: Lowering, node: Syntax, into: Location | undefined, used: boolean): Operand {
  const callee = node.child('function');
  const list = node.child('arguments');
  const args = list?.parts ?? [];
  const span = spanOf(l, node);
  if (!callee) {
    return settle(l, { text: shortText(node) }, into, span);
  }
  const literal = /^(?:TEXT|_T|_TEXT|__TEXT)$/u.test(callee.text) ? literalOf(node.text) : undefined;
  const constant = literal === undefined ? constantOf(node.text) : undefined;
  if (literal !== undefined || constant !== undefined) {
    return settle(
      l,
      {
        ...(literal === undefined ? {} : { literal }),
        ...(constant === undefined ? {} : { constant }),
        text: shortText(node),
      },
      into,
      span,
    );
  }
  const cast = isTypeInBrackets(l, callee) && args.length === 1 ? args[0] : undefined;
  if (cast) {
    return used || into !== undefined ? l.value(cast, into) : settle(l, l.value(cast), into, span);
  }
  const expanded =
    callee.type === 'identifier' && !l.state.names.lookUp(callee.text)
      ? expandCall(l, node, callee.text, args, into, used)
      : undefined;
  const special = expanded ?? lowerIntrinsic(l, node, callee, args, into, used);
  return special ?? plainCall(l, node, callee, args, into, used);
}

function expandCall(
  l: Lowering,
  node: Syntax,
  name: string,
  args: readonly Syntax[],
  into: Location | undefined,
  used: boolean,
): Operand | undefined {
  if (!used && into === undefined) {
    return expandStatements(l, node, name, args) ? { text: shortText(node) } : undefined;
  }
  return expandExpression(l, node, name, args, into);
}

function plainCall(
  l: Lowering,
  node: Syntax,
  callee: Syntax,
  args: readonly Syntax[],
  into: Location | undefined,
  used: boolean,
): Operand {
  const { builder } = l.state;
  const target = calleeOf(l, callee);
  const operands = args.map((argument) => l.value(argument));
  const allocated = allocates(target.name);
  const wanted = into !== undefined || used || target.constructs === true;
  const result = wanted ? (into ?? builder.newTemporary()) : undefined;
  const span = spanOf(l, node);
  const event: CallEvent = {
    type: 'call',
    ...target,
    args: operands,
    ...(result === undefined ? {} : { result }),
    span,
  };
  builder.emit(event);
  if (allocated && result !== undefined) {
    builder.emit({ type: 'fresh', to: result, span });
  }
  return { ...(result === undefined ? {} : { location: result }), text: shortText(node) };
}

function calleeOf(l: Lowering, node: Syntax): Callee {
  const inner = withoutParentheses(node);
  const { dialect, classes } = l.state.facts;
  switch (inner.type) {
    case 'identifier': {
      const argument = macroArgument(l, inner.text)?.nodes[0];
      const name = functionOf(l, argument?.type === 'identifier' ? argument.text : inner.text);
      return {
        name: l.state.names.lookUp(name)?.calls ?? knownName(name, dialect),
        ...(dialect === 'cpp' && (classes.has(name) || isNamedLikeOwner(name)) ? { constructs: true } : {}),
      };
    }
    case 'template_function': {
      return templateCallee(inner);
    }
    case 'qualified_identifier':
      return qualifiedCallee(inner, dialect);
    case 'field_expression':
      return memberCallee(l, inner);
    case 'pointer_expression':
    case 'cast_expression': {
      const pointer = inner.child('argument') ?? inner.child('value');
      return pointer ? calleeOf(l, pointer) : { name: inner.text };
    }
    case 'subscript_expression': {
      const table = inner.child('argument');
      for (const child of inner.parts) if (child !== table) l.value(child);
      return { name: lastName(table?.text ?? '') };
    }
    case 'call_expression':
      return { name: lookedUpName(inner) ?? lastName(l.value(inner).text) };
    default:
      l.value(inner);
      return { name: inner.type === 'lambda_expression' ? '<lambda>' : lastName(inner.text) };
  }
}

function qualifiedCallee(node: Syntax, dialect: Dialect): Callee {
  let scope: string[] = [];
  let at: Syntax = node;
  while (at.type === 'qualified_identifier') {
    const outer = at.child('scope');
    const inner = at.child('name');
    if (outer) scope = [...scope, outer.text.replace(/<[^]*$/u, '')];
    if (!inner) break;
    at = inner;
  }
  const qualifier = scope.length === 0 ? {} : { qualifier: scope.join('::') };
  if (at.type === 'template_function') {
    const callee = templateCallee(at);
    return callee.constructs === true ? callee : { ...callee, ...qualifier };
  }
  return { name: scope.length === 0 ? knownName(at.text, dialect) : at.text, ...qualifier };
}

/** A method, or a pointer to a function of the catalog that stands in a table: `api->NtClose(h)`. */
function memberCallee(l: Lowering, node: Syntax): Callee {
  const { dialect } = l.state.facts;
  const [object, field] = [node.child('argument'), node.child('field')];
  const written = field?.text.replace(/<[^]*$/u, '').replace(/^[^]*::/u, '') ?? '';
  const name = knownName(written, dialect);
  const isFunctionOfTable = isKnownFunction(name, dialect) && (dialect === 'c' || /^[A-Z]/u.test(name));
  const location = object ? objectLocation(l, object, isArrow(node)) : undefined;
  if (location !== undefined && object && !l.state.types.has(location)) {
    const className = classNameOf(typeOf(l, object));
    if (className !== '') l.state.types.set(location, className);
  }
  if (isFunctionOfTable || written === '') {
    return { name };
  }
  return {
    name: written.startsWith('~') ? '~' : name,
    receiver: { ...(location === undefined ? {} : { location }), text: object ? shortText(object) : '' },
  };
}

function isKnownFunction(name: string, dialect: Dialect): boolean {
  return lookUp(dialect, { name, hasReceiver: false }).length > 0;
}

/** `pNtCreateSection`, `fnUnmapViewOfFile`, `_NtClose`: the function of the catalog that the pointer is named after. */
function knownName(name: string, dialect: Dialect): string {
  if (isKnownFunction(name, dialect)) {
    return name;
  }
  const rest =
    /^(?:g_|s_|m_|lp|_+)?(?:pfn|lpfn|pf|pfn_|fn|fp|p|_+|My|Dyn|Real|Orig|True|Sys)?_?([A-Z]\w+?)(?:_?(?:Fn|Ptr|Func|Proc|_t|_))?$/u.exec(
      name,
    )?.[1];
  return rest !== undefined && isKnownFunction(rest, dialect) ? rest : name;
}

/** `((T)GetProcAddress(dll, "NtClose"))(h)`. */
export function lookedUpName(node: Syntax): string | undefined {
  const inner = withoutParentheses(node);
  const value = inner.type === 'cast_expression' ? inner.child('value') : inner;
  if (value && value !== inner) {
    return lookedUpName(value);
  }
  const callee = inner.type === 'call_expression' ? (inner.child('function')?.text ?? '') : '';
  const args = inner.child('arguments')?.parts ?? [];
  if (/_cast\s*</u.test(callee) && args[0]) {
    return lookedUpName(args[0]);
  }
  const name = /(?:^|::)(?:GetProcAddress|dlsym)$/u.test(callee) ? literalOf(args[1]?.text ?? '') : undefined;
  return name !== undefined && /^\w+$/u.test(name) ? name : undefined;
}

/** `#define CREATE CreateFileMappingW`. */
function functionOf({ state }: Lowering, name: string): string {
  let at = name;
  for (let step = 0; step < 5; step += 1) {
    const macro = state.names.lookUp(at) ? undefined : state.facts.macros.get(at);
    if (macro?.parameters !== undefined || macro === undefined || !/^\w+$/u.test(macro.body)) break;
    at = macro.body;
  }
  return at;
}

/** `make_unique<Guard>(h)` builds a Guard. */
function templateCallee(node: Syntax): Callee {
  const name = node.child('name')?.text ?? node.text;
  const made = /^(?:make_unique|make_shared|allocate_shared)$/u.test(name)
    ? node.child('arguments')?.first?.text
    : undefined;
  if (made !== undefined && !isRawType(made)) {
    return { name: simpleTypeName(made), constructs: true };
  }
  return { name, ...(isTemplateOfOwner(name) ? { constructs: true } : {}) };
}

/** `std::unique_ptr<void, Closer>(h)` builds an object; `std::move<T>(x)` does not. */
function isTemplateOfOwner(name: string): boolean {
  return /(?:_ptr|_handle|unique_\w+)$/u.test(name) || isNamedLikeOwner(name);
}

/** `ScopedHandle(h)`, `Mapping(view)`: a class by its name; `DuplicateHandle(h)` begins with what it does. */
function isNamedLikeOwner(name: string): boolean {
  return (
    /(?:[a-z](?:Ptr|Handle|Guard|Holder|Mapping|Owner)|^Mapping|^(?:Scoped|Unique|Auto)[A-Z]\w*)$/u.test(name) &&
    !/^(?:Get|Create|Open|Make|Close|Duplicate|Is|To|As|Set|Wait|Dup|Map|Unmap|Release|Free|Add|Check|Validate|Destroy|Reopen|Acquire)[A-Z]/u.test(
      name,
    )
  );
}

function lastName(text: string): string {
  return /(\w+)\W*$/u.exec(text.replace(/\([^]*$/u, ''))?.[1] ?? '';
}
