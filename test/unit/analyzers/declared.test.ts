/** Functions that a project declares, followed across files that name no call of the catalog. */
import assert from 'node:assert/strict';
import type { Declarations } from '../../../src/analyzers/catalog/declared.ts';
import { createWorkspace } from '../../../src/analyzers/workspace.ts';
import { loadInstalledGrammars } from '../../../src/lint/grammars.ts';

const POOL: Declarations = {
  acquire: [
    { function: 'pool_take', resource: 'section', releasedBy: 'pool_give', typeName: 'pool entry' },
    { function: 'Pool.Take', resource: 'section', releasedBy: '$.Give()', failure: 'exception' },
  ],
  release: [{ function: 'pool_give' }, { function: 'Give', of: 'receiver' }],
  borrow: ['pool_log'],
  handOver: ['pool_keep'],
};

async function findings(files: Readonly<Record<string, string>>, declarations: Declarations = POOL): Promise<string[]> {
  const workspace = createWorkspace(await loadInstalledGrammars(), { declarations });
  for (const [file, text] of Object.entries(files)) {
    workspace.setText(file, text);
  }
  return workspace
    .files()
    .flatMap((file) => workspace.analyze(file).findings)
    .map(({ file, rule, range, typeName }) => `${file}:${range.start.line + 1} ${rule} ${typeName}`);
}

const C = (body: string): string => `int use(void) {\n  void *entry = pool_take(4096);\n${body}\n}\n`;

describe('declared functions', () => {
  it('make what has to be given back', async () => {
    assert.deepEqual(await findings({ 'a.c': C('  return 0;') }), ['a.c:2 section-never-closed pool entry']);
  });

  it('make nothing where nothing is declared', async () => {
    const nothing = { acquire: [], release: [], borrow: [], handOver: [] };
    assert.deepEqual(await findings({ 'a.c': C('  return 0;') }, nothing), []);
  });

  it('give back what they are given', async () => {
    assert.deepEqual(await findings({ 'a.c': C('  pool_give(entry);\n  return 0;') }), []);
  });

  it('are asked for on every path', async () => {
    const body = '  if (entry == 0) return 1;\n  if (ready()) return 2;\n  pool_give(entry);\n  return 0;';
    assert.deepEqual(await findings({ 'a.c': C(body) }), ['a.c:2 section-leaks-on-path pool entry']);
  });

  it('that borrow keep nothing, and those that take over give back later', async () => {
    const leaks = ['a.c:2 section-never-closed pool entry'];
    assert.deepEqual(await findings({ 'a.c': C('  pool_log(entry);\n  return 0;') }), leaks);
    assert.deepEqual(await findings({ 'a.c': C('  pool_keep(entry);\n  return 0;') }), []);
  });

  it('may be methods, with their class before them', async () => {
    const text = (body: string): string =>
      `class A {\n  void M() {\n    var entry = Pool.Take(1);\n    ${body}\n  }\n}\n`;
    assert.deepEqual(await findings({ 'a.cs': text('Log();') }), ['a.cs:3 section-never-closed section']);
    assert.deepEqual(await findings({ 'a.cs': text('entry.Give();') }), []);
    assert.deepEqual(await findings({ 'a.cs': text('Log();').replace('Pool.', 'Other.') }), []);
  });

  it('are followed through wrappers in other files', async () => {
    const files = {
      'make.c': 'void *make_entry(int bytes) {\n  return pool_take(bytes);\n}\n',
      'end.c': 'void end_entry(void *entry) {\n  pool_give(entry);\n}\n',
    };
    const user = (body: string): string => `int use(void) {\n  void *entry = make_entry(1);\n${body}  return 0;\n}\n`;
    assert.deepEqual(await findings({ ...files, 'use.c': user('  end_entry(entry);\n') }), []);
    const leaking = await findings({ ...files, 'use.c': user('') });
    assert.equal(leaking.length, 1);
    assert.match(leaking[0]!, /section-never-closed pool entry$/u);
  });
});
