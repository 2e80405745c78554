/**
 * `.section-leaks.json`: what functions of a project do, where the lint cannot see it. JSON with comments and trailing
 * commas, checked against the schema that editors check it by too. A file with a fault declares nothing: half of a
 * declaration could turn silence into findings.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv, type ErrorObject } from 'ajv';
import { findNodeAtLocation, type Node, parse, parseTree, type ParseError, printParseErrorCode } from 'jsonc-parser';
import schema from '../../../schemas/section-leaks.schema.json' with { type: 'json' };
import type { Declarations } from '../../analyzers/catalog/declared.ts';

export const DECLARATIONS_FILE = '.section-leaks.json';

export const NO_DECLARATIONS: Declarations = { acquire: [], release: [], borrow: [], handOver: [] };

/** A fault in the file: line counted from 0, and a sentence that says what is wrong. */
export interface DeclarationProblem {
  readonly line: number;
  readonly message: string;
}

export interface ReadDeclarations {
  readonly declarations: Declarations;
  readonly problems: readonly DeclarationProblem[];
}

const validate = new Ajv({ allErrors: true }).compile(schema);

export function readDeclarations(text: string): ReadDeclarations {
  const syntaxErrors: ParseError[] = [];
  const options = { allowTrailingComma: true };
  const value: unknown = parse(text, syntaxErrors, options);
  const lineAt = (offset: number) => text.slice(0, offset).split('\n').length - 1;
  if (syntaxErrors.length > 0) {
    const problems = syntaxErrors.map(({ error, offset }) => ({
      line: lineAt(offset),
      message: `This is no JSON: ${inWords(printParseErrorCode(error))}.`,
    }));
    return { declarations: NO_DECLARATIONS, problems };
  }
  if (!validate(value)) {
    const root = parseTree(text, [], options);
    const problems = (validate.errors ?? [])
      .filter(({ keyword }) => keyword !== 'anyOf')
      .map((error) => ({ line: lineAt(offsetOf(root, error)), message: sentenceOf(error) }));
    return { declarations: NO_DECLARATIONS, problems };
  }
  return { declarations: { ...NO_DECLARATIONS, ...(value as Partial<Declarations>) }, problems: [] };
}

/** Where the faulty value stands; of one that has a name too many, that name. */
function offsetOf(root: Node | undefined, { instancePath, params }: ErrorObject): number {
  const steps = instancePath
    .split('/')
    .slice(1)
    .map((step) => (/^\d+$/u.test(step) ? Number(step) : step));
  const extra = (params as { readonly additionalProperty?: string }).additionalProperty;
  const node =
    root === undefined ? undefined : findNodeAtLocation(root, extra === undefined ? steps : [...steps, extra]);
  return node?.offset ?? 0;
}

function sentenceOf({ instancePath, message = 'is not as it should be', keyword, params }: ErrorObject): string {
  const place = instancePath === '' ? 'The file' : instancePath.slice(1).replaceAll('/', '.');
  const { additionalProperty, allowedValues } = params as {
    readonly additionalProperty?: string;
    readonly allowedValues?: readonly string[];
  };
  switch (keyword) {
    case 'additionalProperties':
      return `${place} has no "${additionalProperty ?? ''}". docs/declarations.md lists what there is.`;
    case 'enum':
      return `${place} is one of ${(allowedValues ?? []).join(', ')}.`;
    default:
      return `${place} ${message}.`;
  }
}

/** `CloseBraceExpected` -> `close brace expected`. */
function inWords(code: string): string {
  return code.replace(/(?<=[a-z])[A-Z]/gu, (letter) => ` ${letter}`).toLowerCase();
}

/** The file of a folder; a folder without one declares nothing. */
export async function readDeclarationsOf(folder: string): Promise<ReadDeclarations> {
  try {
    return readDeclarations(await readFile(join(folder, DECLARATIONS_FILE), 'utf8'));
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const problems = missing ? [] : [{ line: 0, message: `It cannot be read (${String(error)}).` }];
    return { declarations: NO_DECLARATIONS, problems };
  }
}
