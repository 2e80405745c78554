/**
 * Rewrites C and C++ text so that the grammars can read it without a build. The result is as long as the text and breaks
 * its lines at the same places, so that every offset stays.
 */
import { blankAnnotations } from './annotations.ts';
import { replaceArguments } from './argument-macros.ts';
import { resolveConditionals } from './conditionals.ts';
import { closeGrammarGaps } from './grammar-gaps.ts';
import { tokenize } from './lexer.ts';
import type { Token } from './lexer.ts';
import { Redaction } from './redaction.ts';
import { completeStatementMacros } from './statement-macros.ts';

export function prepare(text: string, language: 'c' | 'cpp'): string {
  const redaction = new Redaction();
  const resolved = resolveConditionals(tokenize(text), text, language, redaction);
  const { tokens, places } = blankAnnotations(withoutOtherDirectives(resolved, redaction), redaction);
  completeStatementMacros(tokens, places, text, redaction);
  replaceArguments(tokens, places, redaction);
  closeGrammarGaps(tokens, places, text, redaction);
  return redaction.apply(text);
}

const KEPT_DIRECTIVE = /^#\s*(?:if|ifdef|ifndef|elif|elifdef|elifndef|else|endif)\b/u;

/** Conditionals that stay are for the grammar; all other directives say nothing to it (macros are read from the text). */
function withoutOtherDirectives(tokens: readonly Token[], redaction: Redaction): Token[] {
  return tokens.filter((token) => {
    const stays = token.kind !== 'directive' || KEPT_DIRECTIVE.test(token.text);
    if (!stays) redaction.blank(token.start, token.end);
    return stays;
  });
}
