/** The plugin: a rule for every rule of the lint, and the presets `recommended` and `strict` for a flat config. */
import type { ESLint, Linter, Rule } from 'eslint';
import { RULE_IDS, type RuleId } from '../../analyzers/finding.ts';
import type { Grammars } from '../../analyzers/languages/grammars.ts';
import { RULES } from '../rules/index.ts';
import type { ReportedSeverity } from '../rules/rule.ts';
import { TOOL } from '../tool.ts';
import { type RuleOptions, SharedAnalyses } from './shared-analyses.ts';
import { createRule } from './rule.ts';

export interface SectionLeaksPlugin extends ESLint.Plugin {
  readonly rules: Record<RuleId, Rule.RuleModule>;
  readonly configs: Record<'recommended' | 'strict', Linter.Config>;
}

/** Before the slash of a rule's name in a config. */
const NAMESPACE = TOOL.name;

/** ESLint has no severity below a warning. */
const SEVERITIES: Readonly<Record<ReportedSeverity, Linter.StringSeverity>> = {
  error: 'error',
  warning: 'warn',
  information: 'warn',
  hint: 'warn',
};

export function createPlugin(grammars: Grammars): SectionLeaksPlugin {
  const analyses = new SharedAnalyses(grammars);
  const rules = Object.fromEntries(RULE_IDS.map((id) => [id, createRule(id, analyses)])) as Record<
    RuleId,
    Rule.RuleModule
  >;
  const plugin: SectionLeaksPlugin = {
    meta: { name: TOOL.name, version: TOOL.version, namespace: NAMESPACE },
    rules,
    configs: { recommended: {}, strict: {} },
  };
  // A preset names the plugin that it belongs to.
  plugin.configs.recommended = preset('recommended', { strict: false }, plugin);
  plugin.configs.strict = preset('strict', { strict: true }, plugin);
  return plugin;
}

/** Which files are linted, and by which parser, is for the rest of the config to say. */
function preset(name: string, options: RuleOptions, plugin: ESLint.Plugin): Linter.Config {
  const entries = RULE_IDS.map((id): [string, Linter.RuleEntry] => [
    `${NAMESPACE}/${id}`,
    [SEVERITIES[RULES[id].severity], options],
  ]);
  return { name: `${NAMESPACE}/${name}`, plugins: { [NAMESPACE]: plugin }, rules: Object.fromEntries(entries) };
}
