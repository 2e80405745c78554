/** The titles of quick fixes. */
import type { Fix } from '../../analyzers/finding.ts';

export function fixTitle(fix: Fix): string {
  switch (fix.kind) {
    case 'using-declaration':
      return 'Release at the end of the scope with a using declaration';
    case 'release-before-loss':
      return `Add ${fix.release} before it is lost`;
    case 'release-at-end':
      return `Add ${fix.release} at the end`;
  }
}
