/** The plugin as the tests use it: made once, of the sources. */
import { loadScriptGrammars } from '../../../../src/lint/eslint/grammars.ts';
import { createPlugin } from '../../../../src/lint/eslint/plugin.ts';

export const grammars = await loadScriptGrammars();

/** A plugin with a workspace of its own: what other tests gave it does not count. */
export function freshPlugin(): ReturnType<typeof createPlugin> {
  return createPlugin(grammars);
}

/** What the examples begin with. */
export const DECLARATIONS = `import koffi from 'koffi';
const libc = koffi.load('libc.so.6');
const memfd_create = libc.func('int memfd_create(const char *name, unsigned int flags)');
const ftruncate = libc.func('int ftruncate(int fd, int64_t length)');
const mmap = libc.func('intptr_t mmap(void *address, size_t length, int protection, int flags, int fd, int64_t offset)');
const munmap = libc.func('int munmap(intptr_t address, size_t length)');
const close = libc.func('int close(int fd)');
`;
