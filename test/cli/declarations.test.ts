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

describe('section-leaks infer', () => {
  const WRAPPERS = `#include <windows.h>
HANDLE cache_open(const char *name) {
  return CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 4096, name);
}
void cache_close(int why, HANDLE cache) {
  CloseHandle(cache);
}
int cache_print(HANDLE cache) {
  return printf("%p", cache);
}
`;

  it('prints what another project can declare, and lints by', async () => {
    using library = folderWith({ 'cache.c': WRAPPERS });
    const { code, output } = await sectionLeaks(['infer'], { folder: library.path });
    assert.equal(code, 0);
    assert.deepEqual(JSON.parse(output), {
      acquire: [
        {
          function: 'cache_open',
          resource: 'section',
          failure: 'null',
          releasedBy: 'CloseHandle($)',
          typeName: 'section handle',
        },
      ],
      release: [{ function: 'cache_close', of: 1 }],
    });
    const use = (end: string): string => `void use(void) {\n  HANDLE cache = cache_open("a");\n${end}}\n`;
    using user = folderWith({
      '.section-leaks.json': output,
      'leaks.c': use(''),
      'closes.c': use('  cache_close(1, cache);\n'),
    });
    const linted = await sectionLeaks(['lint'], { folder: user.path });
    assert.match(linted.output, /^leaks\.c:2:18: warning: .*\n(?:.*\n)*1 finding in 2 files\n$/u);
  });

  it('says what cannot be read', async () => {
    const { code, complaints } = await sectionLeaks(['infer', '/no/such/folder']);
    assert.equal(code, 2);
    assert.match(complaints, /^section-leaks: \/no\/such\/folder does not exist\./u);
  });
});
