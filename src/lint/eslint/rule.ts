/** A rule of ours as a rule of ESLint: the same id, the same words, the edit as a suggestion. */
import type { AST, Rule } from 'eslint';
import type { Finding, Fix, Position, Range, RuleId } from '../../analyzers/finding.ts';
import { fixTitle } from '../rules/fixes.ts';
import { messageOf, RULES } from '../rules/index.ts';
import { documentationUrl } from '../rules/rule.ts';
import type { RuleOptions, SharedAnalyses } from './shared-analyses.ts';

/** A user chooses by `['warn', { strict: true }]`. */
const DEFAULT_OPTIONS: RuleOptions = { strict: false };

export function createRule(id: RuleId, analyses: SharedAnalyses): Rule.RuleModule {
  return {
    meta: {
      type: 'problem',
      docs: { description: RULES[id].description, recommended: true, url: documentationUrl(id) },
      hasSuggestions: true,
      messages: { found: '{{ message }}', fix: '{{ title }}', failed: '{{ problem }}' },
      schema: [
        {
          type: 'object',
          properties: {
            strict: {
              type: 'boolean',
              description: 'Report findings that are not certain, too; each names what is not certain.',
            },
          },
          additionalProperties: false,
        },
      ],
      defaultOptions: [DEFAULT_OPTIONS],
    },
    create: (context) => ({
      Program() {
        const { cwd: folder, filename, sourceCode } = context;
        const analysis = analyses.of({ folder, filename, sourceCode }, optionsOf(context.options));
        const problem = analysis.takeProblem();
        if (problem !== '') {
          context.report({ loc: { line: 1, column: 0 }, messageId: 'failed', data: { problem } });
        }
        const findings = analysis.findings.filter(({ rule }) => rule === id);
        if (findings.length === 0) {
          return;
        }
        const offset = offsetsOf(sourceCode.text);
        for (const finding of findings) {
          const locate = (position: Position): ReturnType<typeof sourceCode.getLocFromIndex> =>
            sourceCode.getLocFromIndex(offset(position));
          context.report({
            loc: { start: locate(finding.range.start), end: locate(finding.range.end) },
            messageId: 'found',
            data: { message: messageOf(finding) },
            suggest: suggestions(finding, ({ start, end }) => [offset(start), offset(end)]),
          });
        }
      },
    }),
  };
}

/** ESLint has checked them against the schema. */
function optionsOf([given]: readonly unknown[]): RuleOptions {
  return { ...DEFAULT_OPTIONS, ...(given as Partial<RuleOptions> | undefined) };
}

function suggestions({ fix }: Finding, offsets: (range: Range) => AST.Range): Rule.SuggestionReportDescriptor[] {
  return fix === undefined
    ? []
    : [{ messageId: 'fix', data: { title: fixTitle(fix) }, fix: (fixer) => editsOf(fix, offsets, fixer) }];
}

function editsOf({ edits }: Fix, offsets: (range: Range) => AST.Range, fixer: Rule.RuleFixer): Rule.Fix[] {
  return edits.map(({ range, newText }) => fixer.replaceTextRange(offsets(range), newText));
}

/** Our lines end as LSP's do; ESLint's also at U+2028 and U+2029, so that only offsets mean the same to both. */
function offsetsOf(text: string): (position: Position) => number {
  const starts = [0, ...Array.from(text.matchAll(/\r\n|\r|\n/gu), ({ index, 0: end }) => index + end.length)];
  return ({ line, character }) => (starts[line] ?? text.length) + character;
}
