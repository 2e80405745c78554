/** Reads a file's `#define` lines. What a macro does is found by lowering its body in place of its call (macro-bodies.ts). */
export interface Macro {
  readonly name: string;
  /** Absent for an object-like macro; the last one may be `...`. */
  readonly parameters: readonly string[] | undefined;
  readonly body: string;
}

const DEFINE = /^[ \t]*#[ \t]*define[ \t]+([A-Za-z_]\w*)(\([^()\r\n]*\))?((?:\\\r?\n|\/\*[^]*?\*\/|[^\r\n])*)/gmu;
/** Longer ones are tables and generated code. */
const LONGEST_BODY = 2000;

export function readMacros(text: string): ReadonlyMap<string, Macro> {
  const macros = new Map<string, Macro>();
  for (const [, name = '', parameters, rest = ''] of text.matchAll(DEFINE)) {
    const body = rest
      .replace(/\\\r?\n/gu, ' ')
      .replace(/\/\*[^]*?\*\/|(?<!:)\/\/.*$/gu, ' ')
      .trim();
    if (body.length > LONGEST_BODY) {
      continue;
    }
    // The first definition stays: conditionals that choose between several are not evaluated here.
    if (!macros.has(name) || macros.get(name)?.body === '') {
      macros.set(name, {
        name,
        parameters: parameters
          ?.slice(1, -1)
          .split(',')
          .map((parameter) => parameter.trim())
          .filter((parameter) => parameter !== ''),
        body,
      });
    }
  }
  return macros;
}
