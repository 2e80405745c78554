/** `.section-leaks.json` in the folder that is linted. */
import assert from 'node:assert/strict';
import { folderWith, sectionLeaks } from './command-line.ts';

const USE = 'int use(void) {\n  void *entry = pool_take(1);\n  return 0;\n}\n';

describe('section-leaks lint, with functions that the project declares', () => {
  it('follows what they make', async () => {
    using folder = folderWith({
      'use.c': USE,
      '.section-leaks.json':
        '{"acquire": [{"function": "pool_take", "resource": "section", "releasedBy": "pool_give"}]}',
    });
    const { code, output } = await sectionLeaks(['lint'], { folder: folder.path });
    assert.match(output, /^use\.c:2:17: warning: .* \[section-never-closed\]$/mu);
    assert.equal(code, 1);
  });

  it('names the line of a fault, and lints without the declarations', async () => {
    using folder = folderWith({ 'use.c': USE, '.section-leaks.json': '{\n"acquires": []\n}' });
    const { code, output, complaints } = await sectionLeaks(['lint'], { folder: folder.path });
    assert.match(
      complaints,
      /^section-leaks: \.section-leaks\.json:2: The file has no "acquires"\. .* declares nothing\.$/mu,
    );
    assert.equal(output, 'No leaks found in 1 file\n');
    assert.equal(code, 0);
  });
});
