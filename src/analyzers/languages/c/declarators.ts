/** Declarators inside out: `HANDLE *const names[4]` -> the name, and what surrounds it. */
import type { Syntax } from '../shared/syntax.ts';

export interface Declarator {
  /** Identifier, qualified identifier, operator or destructor name; absent for an abstract declarator. */
  readonly name: Syntax | undefined;
  readonly pointers: number;
  readonly reference: boolean;
  /** `T &&`. */
  readonly rvalue: boolean;
  readonly array: boolean;
  /** The parameter list, if the declared thing itself is a function. */
  readonly parameters: Syntax | undefined;
  /** A pointer to a function: called by the variable's name. */
  readonly pointsToFunction: boolean;
}

const NAMES = new Set([
  'identifier',
  'field_identifier',
  'type_identifier',
  'qualified_identifier',
  'destructor_name',
  'operator_name',
  'operator_cast',
  'template_function',
  'template_method',
  'structured_binding_declarator',
  'primitive_type',
]);

export function readDeclarator(node: Syntax | undefined): Declarator {
  let [pointers, reference, rvalue, array] = [0, false, false, false];
  let parameters: Syntax | undefined;
  let afterFunction = 0;
  let at: Syntax | undefined = node;
  for (let depth = 0; at !== undefined && depth < 50; depth += 1) {
    if (NAMES.has(at.type)) {
      const pointsToFunction = parameters !== undefined && afterFunction > 0;
      return {
        name: at,
        pointers,
        reference,
        rvalue,
        array,
        parameters: pointsToFunction ? undefined : parameters,
        pointsToFunction,
      };
    }
    if (at.type.includes('pointer_declarator')) {
      pointers += 1;
      afterFunction += parameters === undefined ? 0 : 1;
    } else if (at.type.includes('reference_declarator')) {
      reference = true;
      rvalue = at.children[0]?.type === '&&';
    } else if (at.type.includes('array_declarator')) {
      array = true;
    } else if (at.type.includes('function_declarator')) {
      parameters ??= at.child('parameters');
    }
    at = innerDeclarator(at);
  }
  return {
    name: undefined,
    pointers,
    reference,
    rvalue,
    array,
    parameters: undefined,
    pointsToFunction: parameters !== undefined,
  };
}

function innerDeclarator(node: Syntax): Syntax | undefined {
  const inner = node.child('declarator');
  if (inner) {
    return inner;
  }
  return node.parts.find((child) => child.type.endsWith('declarator') || NAMES.has(child.type));
}

/** Declarators of a declaration, in order: `HANDLE a, *b = x;` has two. */
export function declaratorsOf(declaration: Syntax): readonly Syntax[] {
  return declaration.all('declarator');
}
