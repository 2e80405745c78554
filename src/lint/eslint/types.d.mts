/** What `section-leaks/eslint` is to a TypeScript config; the build puts it beside the bundle. */
import type { ESLint, Linter, Rule } from 'eslint';

declare const plugin: ESLint.Plugin & {
  readonly rules: Record<string, Rule.RuleModule>;
  readonly configs: {
    /** Reports what is certain. */
    readonly recommended: Linter.Config;
    /** Reports findings that are not certain, too; each names what is not certain. */
    readonly strict: Linter.Config;
  };
};
export default plugin;
