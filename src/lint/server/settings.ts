/** The user's settings, read from whatever the client sent: what cannot be understood is named, and its default holds. */
import { RULE_IDS, type RuleId } from '../../analyzers/finding.ts';
import type { LintSettings, Severity } from '../protocol.ts';
import { SEVERITIES } from '../rules/rule.ts';

export const SETTINGS_SECTION = 'sectionLeaks';

export const DEFAULT_SETTINGS: LintSettings = { enable: true, strictness: 'default', severity: {}, exclude: [] };

export interface ReadSettings {
  readonly settings: LintSettings;
  /** A sentence for each value that was not understood. */
  readonly problems: readonly string[];
}

const SEVERITY_VALUES: readonly string[] = ['default', ...SEVERITIES, 'off'] satisfies Severity[];

/** @param sent the section `sectionLeaks`; null or undefined where the client has none */
export function readSettings(sent: unknown): ReadSettings {
  const problems: string[] = [];
  const section = isRecord(sent) ? sent : {};
  const take = <T>(name: string, fallback: T, isValid: (value: unknown) => value is T, wanted: string): T => {
    const value = section[name];
    if (value === undefined || value === null) {
      return fallback;
    }
    if (isValid(value)) {
      return value;
    }
    problems.push(`${SETTINGS_SECTION}.${name} is ${JSON.stringify(value)}, not ${wanted}: the default is used.`);
    return fallback;
  };
  const settings = {
    enable: take('enable', DEFAULT_SETTINGS.enable, isBoolean, 'true or false'),
    strictness: take('strictness', DEFAULT_SETTINGS.strictness, isStrictness, 'default or strict'),
    severity: severityMap(take('severity', {}, isRecord, 'an object of rules and severities'), problems),
    exclude: take('exclude', DEFAULT_SETTINGS.exclude, isListOfStrings, 'a list of globs'),
  };
  return { settings, problems };
}

function severityMap(sent: Readonly<Record<string, unknown>>, problems: string[]): LintSettings['severity'] {
  const severity: Partial<Record<RuleId, Severity>> = {};
  for (const [rule, value] of Object.entries(sent)) {
    if (!isRule(rule)) {
      problems.push(`${SETTINGS_SECTION}.severity names ${rule}, which is no rule. Rules: ${RULE_IDS.join(', ')}.`);
    } else if (isSeverity(value)) {
      severity[rule] = value;
    } else {
      problems.push(
        `${SETTINGS_SECTION}.severity of ${rule} is ${JSON.stringify(value)}, ` +
          `not one of ${SEVERITY_VALUES.join(', ')}: the default is used.`,
      );
    }
  }
  return severity;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

function isStrictness(value: unknown): value is LintSettings['strictness'] {
  return value === 'default' || value === 'strict';
}

function isListOfStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isRule(name: string): name is RuleId {
  return RULE_IDS.some((rule) => rule === name);
}

function isSeverity(value: unknown): value is Severity {
  return typeof value === 'string' && SEVERITY_VALUES.includes(value);
}
