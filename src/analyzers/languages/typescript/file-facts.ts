/**
 * What a module says of the names that its functions use: native functions that a variable stands for, imports under
 * another name, namespaces, classes.
 */
import { descendants, type Syntax } from '../shared/syntax.ts';
import { withoutTransparent } from './transparent.ts';

export interface FileFacts {
  /** Name in this module -> name under which the function is known: of a native function, of an export. */
  readonly functionNames: ReadonlyMap<string, string>;
  /** `import * as files`: what stands after the dot is a function of another module. */
  readonly namespaces: ReadonlySet<string>;
  readonly classes: ReadonlySet<string>;
  /** All of this, as text. */
  readonly key: string;
}

export function readFileFacts(root: Syntax): FileFacts {
  const functionNames = new Map<string, string>();
  const namespaces = new Set<string>();
  const classes = new Set<string>();
  for (const node of descendants(root, (inner) => inner.type === 'statement_block' && inner.field === 'body')) {
    switch (node.type) {
      case 'variable_declarator':
        readNative(node.child('name')?.text, node.child('value'), functionNames);
        break;
      case 'pair':
        readNative(node.child('key')?.text, node.child('value'), functionNames);
        break;
      case 'import_specifier': {
        const [name, alias] = [node.child('name')?.text, node.child('alias')?.text];
        if (name !== undefined && alias !== undefined) functionNames.set(alias, name);
        break;
      }
      case 'namespace_import':
        if (node.first) namespaces.add(node.first.text);
        break;
      case 'class_declaration':
      case 'abstract_class_declaration':
        classes.add(node.child('name')?.text ?? '');
    }
  }
  const key = [[...functionNames].join(';'), [...namespaces].join(), [...classes].join()].join('\n');
  return { functionNames, namespaces, classes, key };
}

/** Ways of koffi to declare a function, and the calling conventions that may stand before its name. */
const DECLARING = /^(?:func|stdcall|cdecl|fastcall|thiscall)$/u;
const CONVENTION = /^__\w+$/u;

/** `lib.func('int close(int fd)')`, `lib.func('__stdcall', 'CloseHandle', ...)` */
function readNative(name: string | undefined, value: Syntax | undefined, into: Map<string, string>): void {
  const call = value && withoutTransparent(value);
  const called = call?.type === 'call_expression' ? call.child('function') : undefined;
  if (name === undefined || !DECLARING.test(called?.child('property')?.text ?? '')) return;
  const texts = (call?.child('arguments')?.parts ?? [])
    .filter(({ type }) => type === 'string' || type === 'template_string')
    .map(({ text }) => text.slice(1, -1));
  const declared = texts.find((text) => !CONVENTION.test(text)) ?? '';
  const native = /([\w$]+)\s*\(/u.exec(declared)?.[1] ?? /^[\w$]+$/u.exec(declared)?.[0];
  if (native !== undefined) into.set(name.replaceAll(/['"]/gu, ''), native);
}
