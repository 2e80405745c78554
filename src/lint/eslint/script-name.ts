/** Under which name a file that ESLint lints is known to the workspace, where it is one that the lint reads. */

const SCRIPT = /\.[cm]?[jt]s$|\.[jt]sx$/iu;
/** What ESLint calls a text that was given without a name: `<input>`, `<text>`. */
const NAMELESS = /<(?:input|text)>$/u;

/**
 * Undefined for what is no script of its own, such as a Vue component. TypeScript writes paths with slashes on every
 * system, ESLint with those of the system: a file has one name.
 */
export function scriptName(filename: string): string | undefined {
  const name = filename.replaceAll('\\', '/');
  if (NAMELESS.test(name)) {
    return `${name}.ts`;
  }
  return SCRIPT.test(name) ? name : undefined;
}
