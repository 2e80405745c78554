/** `switch` statements and expressions. */
import type { BlockId } from '../../flow/builder.ts';
import type { Location, Operand } from '../../flow/graph.ts';
import { shortText, spanOf } from '../shared/function-state.ts';
import type { Syntax } from '../shared/syntax.ts';
import type { Lowering } from './lowering.ts';
import { lowerPattern, type Subject } from './patterns.ts';

interface Section {
  readonly node: Syntax;
  readonly block: BlockId;
}

export function lowerSwitch(lowering: Lowering, node: Syntax): void {
  const { builder, names } = lowering.state;
  const value = node.child('value');
  const sections = (node.child('body')?.parts ?? [])
    .filter(({ type }) => type === 'switch_section')
    .map((section): Section => ({ node: section, block: builder.newBlock() }));
  const after = builder.newBlock();
  builder.scope({ span: spanOf(node), targets: { breakTo: after } }, () => {
    names.within(() => {
      const subject = subjectOf(lowering, value);
      const fallback = sections.find((section) => section.node.has('default'))?.block;
      chooseSection(lowering, subject, sections, fallback ?? after);
      lowering.switches.push({ cases: casesOf(sections), fallback });
      for (const { node: section, block } of sections) {
        builder.start(block);
        for (const part of section.parts) if (isBody(section, part)) lowering.statement(part);
      }
      lowering.switches.pop();
    });
  });
  builder.start(after);
}

function chooseSection(lowering: Lowering, subject: Subject, sections: readonly Section[], otherwise: BlockId): void {
  const { builder } = lowering.state;
  for (const { node, block } of sections) {
    const pattern = patternOf(node);
    if (pattern === undefined) continue;
    const next = builder.newBlock();
    lowerGuarded(lowering, subject, pattern, node, { then: block, otherwise: next });
    builder.start(next);
  }
  builder.goto(otherwise);
}

/** A pattern with its `when`. */
function lowerGuarded(
  lowering: Lowering,
  subject: Subject,
  pattern: Syntax,
  node: Syntax,
  jumps: { readonly then: BlockId; readonly otherwise: BlockId },
): void {
  const { builder } = lowering.state;
  const guard = node.ofType('when_clause')?.last;
  const matched = guard === undefined ? jumps.then : builder.newBlock();
  lowerPattern(lowering, subject, pattern, { then: matched, otherwise: jumps.otherwise });
  if (guard === undefined) return;
  builder.start(matched);
  lowering.condition(guard, jumps.then, jumps.otherwise);
}

function casesOf(sections: readonly Section[]): ReadonlyMap<string, BlockId> {
  return new Map(sections.map(({ node, block }) => [patternOf(node)?.text ?? '', block]));
}

function patternOf(section: Syntax): Syntax | undefined {
  return section.has('case') ? section.first : undefined;
}

function isBody(section: Syntax, part: Syntax): boolean {
  return part !== patternOf(section) && part.type !== 'when_clause';
}

/** Without an arm for a value the expression raises an exception: that it has one for each is taken for granted. */
export function lowerSwitchExpression(lowering: Lowering, node: Syntax, into: Location | undefined): Operand {
  const { builder, names } = lowering.state;
  const subject = subjectOf(lowering, node.first);
  return lowering.state.join(node, into, (target, after) => {
    names.within(() => {
      for (const arm of node.parts.filter(({ type }) => type === 'switch_expression_arm')) {
        const [matched, next] = [builder.newBlock(), builder.newBlock()];
        const { first: pattern, last: value } = arm;
        if (pattern) lowerGuarded(lowering, subject, pattern, arm, { then: matched, otherwise: next });
        builder.start(matched);
        if (value) lowering.value(value, target);
        builder.goto(after);
        builder.start(next);
      }
      builder.endOfProcess();
    });
  });
}

function subjectOf(lowering: Lowering, value: Syntax | undefined): Subject {
  const operand = value && lowering.value(value);
  return {
    location: operand?.location,
    text: value === undefined ? '' : shortText(value),
    span: value === undefined ? { start: 0, end: 0 } : spanOf(value),
    isOneOfSeveral: true,
  };
}
