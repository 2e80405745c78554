/** What a test asks, in words of the source: `x != null` is the test `x is null` with its branches swapped. */
import type { Constant } from '../../flow/graph.ts';

export function testText(tested: string, value: Constant | 'negative' | 'success'): string {
  switch (value) {
    case 'null':
      return `${tested} is null`;
    case 'minus-one':
      return `${tested} is -1`;
    case 'negative':
      return `${tested} < 0`;
    case 'false':
      return `${tested} is false`;
    case 'true':
    case 'success':
    case 'other':
      return tested;
  }
}
