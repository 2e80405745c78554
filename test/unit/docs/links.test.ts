/** Links and images of the documentation lead somewhere. */
import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { anchorsIn, linksIn, markdownFiles, readText, ROOT } from './markdown.ts';

describe('links of the documentation', () => {
  for (const file of markdownFiles()) {
    it(`${file}: every link inside the repository resolves`, () => {
      const broken = linksIn(readText(file))
        .filter(({ target }) => !/^[a-z]+:/u.test(target))
        .filter(({ target }) => !resolves(file, target))
        .map(({ target, line }) => `line ${line}: ${target}`);
      assert.deepEqual(broken, []);
    });
  }

  it('are read from links, images and nothing else', () => {
    const markdown = 'see [a](a.md) and ![b](b.png)\n`[c](c.md)`\n```\n[d](d.md)\n```\n[e](#f)';
    assert.deepEqual(linksIn(markdown), [
      { target: 'a.md', line: 1 },
      { target: 'b.png', line: 1 },
      { target: '#f', line: 6 },
    ]);
  });

  it('have anchors as headings make them', () => {
    assert.deepEqual(anchorsIn('# The panel ("Sections")\n## `lint`: exit codes\n'), [
      'the-panel-sections',
      'lint-exit-codes',
    ]);
  });
});

function resolves(from: string, target: string): boolean {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? from : normalize(join(dirname(from), decodeURIComponent(path)));
  if (file.startsWith('..') || !existsSync(join(ROOT, file))) {
    return false;
  }
  return anchor === undefined || (statSync(join(ROOT, file)).isFile() && anchorsIn(readText(file)).includes(anchor));
}
