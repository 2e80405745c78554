/** Who says it: the name and version under which diagnostics, reports and the language server speak. */
import manifest from '../../package.json' with { type: 'json' };

export const TOOL = {
  name: manifest.name,
  displayName: manifest.displayName,
  version: manifest.version,
  informationUri: 'https://github.com/section-leaks/section-leaks',
} as const;
