/**
 * Rewrites C and C++ text so that the grammars can read it without a build. The result is as long as the text and breaks
 * its lines at the same places, so that every offset stays.
 */
import { blankAnnotations } from './annotations.ts';
import { resolveConditionals } from './conditionals.ts';
import { tokenize } from './lexer.ts';
import type { Token } from './lexer.ts';
import { Redaction } from './redaction.ts';
import { completeStatementMacros } from './statement-macros.ts';

export function prepare(text: string, language: 'c' | 'cpp'): string {
  const redaction = new Redaction();
  const resolved = resolveConditionals(tokenize(text), text, language, redaction);
  const inPlace = withoutMisplacedDirectives(resolved, redaction);
  completeStatementMacros(blankAnnotations(inPlace, redaction), text, redaction);
  return redaction.apply(text);
}

const KEPT_DIRECTIVE = /^#\s*(?:if|ifdef|ifndef|elif|elifdef|elifndef|else|endif)\b/u;

/** The grammars read a `#define` between statements, other directives at fewer places: none of those says anything here. */
function withoutMisplacedDirectives(tokens: readonly Token[], redaction: Redaction): Token[] {
  const kept: Token[] = [];
  let previous: Token | undefined;
  let brackets = 0;
  for (const token of tokens) {
    if (token.kind === 'directive') {
      const isDefine = /^#\s*define\b/u.test(token.text) && brackets === 0;
      const isBetween = previous === undefined || [';', '{', '}', ':'].includes(previous.text);
      if (KEPT_DIRECTIVE.test(token.text) || (isDefine && isBetween)) {
        kept.push(token);
      } else {
        redaction.blank(token.start, token.end);
      }
      continue;
    }
    if (token.kind === 'sign') {
      brackets += token.text === '(' || token.text === '[' ? 1 : token.text === ')' || token.text === ']' ? -1 : 0;
      if (token.text === ';' || token.text === '{' || token.text === '}') brackets = 0;
    }
    previous = token;
    kept.push(token);
  }
  return kept;
}
