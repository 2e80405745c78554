/** Memory objects of Linux as listings name them: which of them are sections, and of which kind. */
import type { RecordedKind } from '../recording.ts';

/** @returns null for what is no shared memory of its own */
export function linuxObject(path: string): { readonly kind: RecordedKind; readonly name: string | null } | null {
  const name = path.replace(/ \(deleted\)$/u, '');
  if (name.startsWith('/memfd:')) {
    // The .NET runtime's own mapper of code.
    return {
      kind: name === '/memfd:doublemapper' ? 'runtime' : 'page-file',
      name: name.slice('/memfd:'.length) || null,
    };
  }
  if (name.startsWith('/dev/shm/')) {
    return { kind: path === name ? 'named' : 'page-file', name: name.slice('/dev/shm'.length) };
  }
  if (/^\/SYSV[0-9a-f]{8}$/iu.test(name)) {
    return { kind: 'sysv', name: name.slice(1) };
  }
  return name === '/dev/zero' && path !== name ? { kind: 'page-file', name: null } : null;
}
