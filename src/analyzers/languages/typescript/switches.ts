/** `switch`: cases in order; a body that does not jump falls into the next one. */
import { shortText, spanOf } from '../shared/function-state.ts';
import type { Syntax } from '../shared/syntax.ts';
import { testText } from '../shared/test-text.ts';
import { constantOperand } from './constants.ts';
import type { Lowering } from './lowering.ts';
import { withoutTransparent } from './transparent.ts';

export function lowerSwitch(lowering: Lowering, node: Syntax): void {
  const { builder, names } = lowering.state;
  const subject = node.child('value');
  const sections = (node.child('body')?.parts ?? []).map((section) => ({ section, block: builder.newBlock() }));
  const after = builder.newBlock();
  builder.scope({ span: spanOf(node), targets: { breakTo: after } }, () => {
    names.within(() => {
      const tested = subject && lowering.value(subject);
      let fallback = after;
      for (const { section, block } of sections) {
        const value = section.child('value');
        if (value === undefined) {
          fallback = block;
          continue;
        }
        const next = builder.newBlock();
        const constant = constantOperand(value)?.constant ?? lowering.value(value).constant;
        const span = spanOf(value);
        const text = subject === undefined ? '' : shortText(withoutTransparent(subject));
        if (tested?.location === undefined || constant === undefined || constant === 'other') {
          builder.branch({ op: 'unknown', span, text: `${text} is ${shortText(value)}` }, block, next);
        } else {
          const test = { op: 'is', location: tested.location, value: constant, span } as const;
          builder.branch({ ...test, text: testText(text, constant) }, block, next);
        }
        builder.start(next);
      }
      builder.goto(fallback);
      for (const { section, block } of sections) {
        builder.start(block);
        for (const statement of section.all('body')) lowering.statement(statement);
      }
    });
  });
  builder.start(after);
}
