/**
 * The sources of the TypeScript project to which a linted file belongs, where the user lints with types: the parser of
 * typescript-eslint then hands the compiler's program to every rule. Known here by its shape, so that neither package is needed.
 */
import { scriptName } from './script-name.ts';

export interface ProjectProgram {
  getCompilerOptions(): object;
  getSourceFiles(): readonly ProjectSource[];
}

interface ProjectSource {
  readonly fileName: string;
  readonly text: string;
  readonly isDeclarationFile: boolean;
}

/** The file that makes the program's sources a project; undefined where there is none. */
export function projectFile(program: ProjectProgram): string | undefined {
  const path = member(program.getCompilerOptions(), 'configFilePath');
  return typeof path === 'string' ? path : undefined;
}

/** The program of a typed run; undefined for any other parser, and for files outside of the project. */
export function programOf(parserServices: unknown): ProjectProgram | undefined {
  const program = member(parserServices, 'program');
  return isProgram(program) ? program : undefined;
}

/** By name; declarations and packages tell nothing of who releases what. */
export function projectTexts(program: ProjectProgram): ReadonlyMap<string, string> {
  return new Map(
    program.getSourceFiles().flatMap(({ fileName, text, isDeclarationFile }): [string, string][] => {
      const name = isDeclarationFile || fileName.includes('/node_modules/') ? undefined : scriptName(fileName);
      return name === undefined ? [] : [[name, text]];
    }),
  );
}

function isProgram(value: unknown): value is ProjectProgram {
  return ['getCompilerOptions', 'getSourceFiles'].every((name) => typeof member(value, name) === 'function');
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (Reflect.get(value, name) as unknown) : undefined;
}
