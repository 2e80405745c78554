/** docs/dependencies.md and package.json name the same packages. */
import assert from 'node:assert/strict';
import manifest from '../../../package.json' with { type: 'json' };
import { readText } from './markdown.ts';

describe('docs/dependencies.md', () => {
  const rows = [...readText('docs/dependencies.md').matchAll(/^\| `([^`]+)` +\| \S.+\|$/gmu)];
  const documented = rows.map(([, name]) => name!);

  it('has one line for every package that package.json names, and no other', () => {
    const named = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.devDependencies)];
    assert.deepEqual(documented.toSorted(), named.toSorted());
  });

  it('lists as needed at run time what package.json lists so', () => {
    const section = readText('docs/dependencies.md').split('## Bundled')[0]!;
    const atRunTime = documented.filter((name) => section.includes(`| \`${name}\` `));
    assert.deepEqual(atRunTime.toSorted(), Object.keys(manifest.dependencies).toSorted());
  });

  it('belongs to a manifest that pins every version exactly', () => {
    const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    assert.deepEqual(
      versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/u.test(version)),
      [],
    );
  });
});
