/** What a constructor does before its body: members and bases are initialised. */
import type { Syntax } from '../shared/syntax.ts';
import { storeInto } from './initializers.ts';
import { spanOf } from './lowering.ts';
import type { Lowering } from './lowering.ts';
import { simpleTypeName } from './types.ts';

export function lowerInitializers(l: Lowering, constructor: Syntax): void {
  const { builder, facts, names } = l.state;
  const shape = names.owner === undefined ? undefined : facts.classes.get(names.owner);
  const list = constructor.parts.find(({ type }) => type === 'field_initializer_list');
  const initializers = (list?.parts ?? []).filter(({ type }) => type === 'field_initializer');
  const initialized = new Set(initializers.map((initializer) => initializer.first?.text));
  const delegates = initialized.has(names.owner ?? '');
  for (const [field, value] of delegates ? [] : (shape?.defaults ?? [])) {
    if (!initialized.has(field)) {
      builder.emit({
        type: 'assign',
        to: `S.${field}`,
        from: value,
        span: spanOf(l, constructor.child('declarator') ?? constructor),
      });
    }
  }
  for (const initializer of initializers) initialize(l, initializer, shape?.fieldTypes);
}

function initialize(l: Lowering, initializer: Syntax, fieldTypes: ReadonlyMap<string, string> | undefined): void {
  const { builder, names } = l.state;
  const span = spanOf(l, initializer);
  const [name, list] = [initializer.first, initializer.last];
  if (!name || !list || name === list) {
    return;
  }
  const values = list.parts;
  const [only] = values;
  const isMember = name.type === 'field_identifier' || name.type === 'identifier';
  const isSelfOrBase =
    !isMember ||
    name.text === names.owner ||
    (fieldTypes !== undefined && !fieldTypes.has(name.text) && isBase(l, name.text));
  if (isSelfOrBase) {
    const args = values.map((value) => l.value(value));
    const base = simpleTypeName(name.text);
    builder.emit({
      type: 'call',
      name: '.ctor',
      qualifier: base,
      args,
      receiver: { location: 'S', text: 'this' },
      span,
    });
    return;
  }
  const to = `S.${name.text}`;
  const type = fieldTypes?.get(name.text) ?? '';
  if (only && values.length === 1) {
    storeInto(l, to, only, type, span);
  } else if (values.length === 0) {
    builder.emit({ type: 'assign', to, from: { constant: 'null', text: initializer.text.slice(0, 120) }, span });
  } else {
    const args = values.map((value) => l.value(value));
    builder.emit({
      type: 'call',
      name: simpleTypeName(type === '' ? name.text : type),
      args,
      result: to,
      constructs: true,
      span,
    });
  }
}

function isBase(l: Lowering, name: string): boolean {
  const { facts, names } = l.state;
  return names.owner !== undefined && facts.classes.get(names.owner)?.bases.includes(name) === true;
}
