/** A class: its fields, and accessors that stand for one of them or compute their value. */
import type { ClassFacts } from '../../flow/graph.ts';
import { descendants, type Syntax } from '../shared/syntax.ts';

/** The field that an accessor stands for, or `call` where it does more. */
export type Access = { readonly field: string } | 'call';

export interface ClassScope {
  readonly name: string;
  readonly bases: readonly string[];
  readonly getters: ReadonlyMap<string, Access>;
  readonly setters: ReadonlyMap<string, Access>;
  /** All that a method's graph takes from here, as text. */
  readonly key: string;
}

export function readClass(node: Syntax, name: string): { readonly scope: ClassScope; readonly facts: ClassFacts } {
  const bases = basesOf(node);
  const [getters, setters] = [new Map<string, Access>(), new Map<string, Access>()];
  const [fields, staticFields] = [new Set<string>(), new Set<string>()];
  for (const member of node.child('body')?.parts ?? []) {
    const memberName = member.child('name')?.text ?? '';
    if (member.type === 'public_field_definition') {
      fields.add(memberName);
      if (member.has('static')) staticFields.add(memberName);
    } else if (member.type === 'method_definition') {
      if (member.has('get')) getters.set(memberName, accessOf(member, GETTER));
      else if (member.has('set')) setters.set(memberName, accessOf(member, SETTER));
      for (const field of parameterProperties(member)) fields.add(field);
    }
  }
  for (const field of assignedFields(node)) fields.add(field);
  const key = [name, bases.join(), JSON.stringify([...getters]), JSON.stringify([...setters])].join('\n');
  return {
    scope: { name, bases, getters, setters, key },
    facts: { name, bases, fields: [...fields], staticFields: [...staticFields], owningFields: [] },
  };
}

const GETTER = /^\{\s*return\s+this\.(?<field>#?[\w$]+)\s*!?;?\s*\}$/u;
const SETTER = /^\{\s*this\.(?<field>#?[\w$]+)\s*=\s*[\w$]+;?\s*\}$/u;

function accessOf(method: Syntax, simple: RegExp): Access {
  const body = method.child('body');
  const field = body === undefined || body.end - body.start > 200 ? undefined : simple.exec(body.text)?.groups?.field;
  return field === undefined ? 'call' : { field };
}

function basesOf(node: Syntax): readonly string[] {
  const heritage = node.ofType('class_heritage');
  return (heritage?.parts ?? []).flatMap((clause) => {
    if (clause.type !== 'extends_clause') return clause.type === 'implements_clause' ? [] : [lastName(clause.text)];
    const value = clause.child('value');
    return value === undefined ? [] : [lastName(value.text)];
  });
}

function lastName(text: string): string {
  return (
    text
      .replace(/<[^]*$/u, '')
      .split('.')
      .at(-1) ?? text
  );
}

/** `constructor(private readonly handle: bigint)` makes fields. */
function parameterProperties(method: Syntax): readonly string[] {
  return (method.child('parameters')?.parts ?? []).flatMap((parameter) =>
    isParameterProperty(parameter) ? (parameter.child('pattern')?.text ?? []) : [],
  );
}

export function isParameterProperty(parameter: Syntax): boolean {
  return parameter.has('accessibility_modifier') || parameter.has('readonly') || parameter.has('override_modifier');
}

/** JavaScript makes fields by assignment. */
function* assignedFields(node: Syntax): Generator<string> {
  for (const { type, children } of descendants(node)) {
    const [left] = children;
    if (type !== 'assignment_expression' || left?.type !== 'member_expression') continue;
    const property = left.child('property');
    if (left.child('object')?.type === 'this' && property) yield property.text;
  }
}
