/** ESLint itself on a project that has the package installed: the bundle, by the name under which a user imports it. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ESLint } from 'eslint';
import ts from 'typescript';
import { ROOT } from '../../docs/markdown.ts';
import { DECLARATIONS } from './plugin.ts';

const LEAKING = `${DECLARATIONS}export function reserve() {
  const section = memfd_create('reserve', 1);
  return section > 2;
}
`;
const UNCERTAIN = `${DECLARATIONS}export function reserve(keep) {
  keep(memfd_create('reserve', 1));
}
`;

/** What is kept here is given back in another file. */
const KEEPER = `${DECLARATIONS}export const kept: number[] = [];
export function reserve(): void {
  kept.push(memfd_create('reserve', 1));
}
`;
const RELEASER = `import { kept } from './keeper.ts';
${DECLARATIONS}export function closeAll(): void {
  for (const section of kept) close(section);
}
`;

/** The sources of tsconfig.json as they stand now, as an editor would have them compiled. */
function projectProgram(folder: string): ts.Program {
  const read = ts.readConfigFile(join(folder, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { fileNames, options } = ts.parseJsonConfigFileContent(
    read.config,
    ts.sys,
    folder,
    undefined,
    join(folder, 'tsconfig.json'),
  );
  return ts.createProgram(fileNames, options);
}

describe('section-leaks/eslint in a project', () => {
  let project: string;

  beforeEach(async () => {
    project = await realpath(await mkdtemp(join(tmpdir(), 'section-leaks-eslint-')));
    await mkdir(join(project, 'node_modules'));
    await symlink(ROOT, join(project, 'node_modules', 'section-leaks'), 'junction');
    for (const name of ['typescript-eslint', 'typescript']) {
      await symlink(join(ROOT, 'node_modules', name), join(project, 'node_modules', name), 'junction');
    }
    await write('package.json', '{ "type": "module" }');
  });

  afterEach(async () => {
    await rm(project, { recursive: true, force: true });
  });

  async function write(file: string, text: string): Promise<void> {
    await mkdir(dirname(join(project, file)), { recursive: true });
    await writeFile(join(project, file), text);
  }

  async function configure(...entries: readonly string[]): Promise<void> {
    await write(
      'eslint.config.js',
      `import sectionLeaks from 'section-leaks/eslint';\nexport default [${entries.join(', ')}];\n`,
    );
  }

  /** Line and rule of each message, by file. */
  async function lint(...files: readonly string[]): Promise<Record<string, readonly string[]>> {
    const results = await new ESLint({ cwd: project }).lintFiles([...files]);
    return Object.fromEntries(
      results.map(({ filePath, messages }) => [
        filePath.slice(project.length + 1).replaceAll('\\', '/'),
        messages.map(({ line, ruleId, message }) => `${line} ${ruleId ?? message}`),
      ]),
    );
  }

  it('recommended reports what is certain', async () => {
    await configure('sectionLeaks.configs.recommended');
    await write('leaking.js', LEAKING);
    await write('uncertain.js', UNCERTAIN);
    assert.deepEqual(await lint('leaking.js', 'uncertain.js'), {
      'leaking.js': ['9 section-leaks/section-never-closed'],
      'uncertain.js': [],
    });
  });

  it('strict reports doubts, too', async () => {
    await configure('sectionLeaks.configs.strict');
    await write('leaking.js', LEAKING);
    await write('uncertain.js', UNCERTAIN);
    assert.deepEqual(await lint('leaking.js', 'uncertain.js'), {
      'leaking.js': ['9 section-leaks/section-never-closed'],
      'uncertain.js': ['9 section-leaks/section-never-closed'],
    });
  });

  it('how strict it is can be chosen for one rule', async () => {
    await write('uncertain.js', UNCERTAIN);
    const chosen = [];
    for (const rule of ['section-never-closed', 'section-outlives-view']) {
      await configure(
        'sectionLeaks.configs.recommended',
        `{ rules: { 'section-leaks/${rule}': ['error', { strict: true }] } }`,
      );
      chosen.push(await lint('uncertain.js'));
    }
    assert.deepEqual(chosen, [{ 'uncertain.js': ['9 section-leaks/section-never-closed'] }, { 'uncertain.js': [] }]);
  });

  it('a config of CommonJS can import it', async () => {
    await write(
      'eslint.config.cjs',
      "module.exports = import('section-leaks/eslint').then(({ default: plugin }) => [plugin.configs.recommended]);\n",
    );
    await write('leaking.js', LEAKING);
    assert.deepEqual(await lint('leaking.js'), { 'leaking.js': ['9 section-leaks/section-never-closed'] });
  });

  it('a file that does not parse has the error of the parser, once', async () => {
    await configure('sectionLeaks.configs.recommended');
    await write('broken.js', `${LEAKING}function (`);
    const { 'broken.js': messages } = await lint('broken.js');
    assert.equal(messages?.length, 1);
    assert.match(messages[0]!, /Parsing error/u);
  });

  it('a text without a name is linted', async () => {
    await configure('sectionLeaks.configs.recommended');
    const [result] = await new ESLint({ cwd: project }).lintText(LEAKING);
    assert.deepEqual(
      result?.messages.map(({ ruleId }) => ruleId),
      ['section-leaks/section-never-closed'],
    );
  });

  it('a text is judged as it stands, however often it changes', async () => {
    await configure('sectionLeaks.configs.recommended');
    const eslint = new ESLint({ cwd: project });
    const counts: number[] = [];
    for (const text of [LEAKING, LEAKING.replace('section > 2', 'close(section)'), LEAKING]) {
      const [result] = await eslint.lintText(text, { filePath: 'typed.js' });
      counts.push(result!.messages.length);
    }
    assert.deepEqual(counts, [1, 0, 1]);
  });

  it('hears what the project declares of its functions, as it stands', async () => {
    await configure('sectionLeaks.configs.recommended');
    await write('cache.js', 'export function look() {\n  const cache = cacheOpen("a");\n  return cache > 0;\n}\n');
    const silent = await lint('cache.js');
    await write(
      '.section-leaks.json',
      '{ "acquire": [{ "function": "cacheOpen", "resource": "section", "releasedBy": "cacheClose" }] }',
    );
    assert.deepEqual(
      [silent, await lint('cache.js')],
      [{ 'cache.js': [] }, { 'cache.js': ['2 section-leaks/section-never-closed'] }],
    );
  });

  it('tells what is wrong with the declarations, once', async () => {
    await configure('sectionLeaks.configs.recommended');
    await write('.section-leaks.json', '{ "aquire": [] }');
    await write('a.js', 'export const a = 1;\n');
    await write('b.js', LEAKING);
    const results = await new ESLint({ cwd: project }).lintFiles(['a.js', 'b.js']);
    const [first, second] = results.map(({ messages }) => messages.map(({ message }) => message));
    assert.equal(first?.length, 1);
    assert.match(first[0]!, /^\.section-leaks\.json:1: The file has no "aquire"\..*Until then it declares nothing\.$/u);
    assert.equal(second?.length, 1);
    assert.match(second[0]!, /is never closed/u);
  });

  describe('with types', () => {
    beforeEach(async () => {
      await write('keeper.ts', KEEPER);
      await write('releaser.ts', RELEASER);
      await write('outside/leaking.ts', LEAKING);
      await write('tsconfig.json', '{ "include": ["*.ts"], "compilerOptions": { "types": [], "module": "nodenext" } }');
    });

    it('knows what the other files of the project do, whichever is linted first', async () => {
      await configure(
        "{ files: ['**/*.ts'], languageOptions: { parser: (await import('typescript-eslint')).default.parser, " +
          'parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } } }',
        'sectionLeaks.configs.recommended',
      );
      assert.deepEqual(await lint('keeper.ts'), { 'keeper.ts': [] });
    });

    it('forgets a file that was removed from the project', async () => {
      await configure(
        "{ files: ['**/*.ts'], languageOptions: { parser: (await import('typescript-eslint')).default.parser } }",
        'sectionLeaks.configs.recommended',
      );
      const lintOnce = async (): Promise<readonly string[]> => {
        const overrideConfig = { languageOptions: { parserOptions: { programs: [projectProgram(project)] } } };
        const results = await new ESLint({ cwd: project, overrideConfig }).lintFiles(['keeper.ts']);
        return results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => ruleId ?? message));
      };
      const before = await lintOnce();
      await rm(join(project, 'releaser.ts'));
      assert.deepEqual([before, await lintOnce()], [[], ['section-leaks/section-never-closed']]);
    });

    it('without types, knows the files that were linted before', async () => {
      await configure(
        "{ files: ['**/*.ts'], languageOptions: { parser: (await import('typescript-eslint')).default.parser } }",
        'sectionLeaks.configs.recommended',
      );
      assert.deepEqual(await lint('keeper.ts'), { 'keeper.ts': ['10 section-leaks/section-never-closed'] });
      await lint('releaser.ts');
      assert.deepEqual(await lint('keeper.ts'), { 'keeper.ts': [] });
    });

    it("a file outside of the project has typescript-eslint's error, once, and nothing else", async () => {
      await configure(
        "{ files: ['**/*.ts'], languageOptions: { parser: (await import('typescript-eslint')).default.parser, " +
          'parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } } }',
        'sectionLeaks.configs.recommended',
      );
      const { 'outside/leaking.ts': messages } = await lint('outside/leaking.ts');
      assert.equal(messages?.length, 1);
      assert.match(messages[0]!, /was not found by the project service/u);
    });
  });
});
