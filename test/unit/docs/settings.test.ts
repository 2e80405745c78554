/** docs/settings.md describes every setting of the extension. */
import assert from 'node:assert/strict';
import { RULE_IDS } from '../../../src/analyzers/finding.ts';
import { readText } from './markdown.ts';

interface Manifest {
  readonly contributes: { readonly configuration: Configuration | readonly Configuration[] };
}
interface Configuration {
  readonly properties: Readonly<Record<string, unknown>>;
}

describe('docs/settings.md', () => {
  const page = readText('docs/settings.md');
  const manifest = JSON.parse(readText('package.json')) as Manifest;
  const settings = [manifest.contributes.configuration].flat().flatMap(({ properties }) => Object.keys(properties));

  it('names every setting that package.json contributes', () => {
    assert.ok(settings.length > 0);
    assert.deepEqual(
      settings.filter((name) => !page.includes(`\`${name}\``)),
      [],
    );
  });

  it('names no setting that package.json does not contribute', () => {
    const named = [...page.matchAll(/`(sectionLeaks\.[\w.]+)`/gu)].map(([, name]) => name!);
    assert.deepEqual(
      [...new Set(named)].filter((name) => !settings.includes(name)),
      [],
    );
  });

  it('names every rule whose severity can be set', () => {
    assert.deepEqual(
      RULE_IDS.filter((id) => !page.includes(id)),
      [],
    );
  });
});
