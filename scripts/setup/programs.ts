/** Which programs this machine has: looked up on PATH, as a shell would. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { env, platform } from 'node:process';

/** @returns the whole path of the first name that PATH knows */
export function findProgram(...names: readonly string[]): string | undefined {
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const endings = platform === 'win32' ? ['.exe', '.cmd', '.bat'] : [''];
  const candidates = names.flatMap((name) =>
    folders.flatMap((folder) => endings.map((ending) => join(folder, name + ending))),
  );
  return candidates.find(isExecutable);
}

/** A browser for the real VS Code; playwright-core drives any Chromium. */
export function findChromium(): string | undefined {
  return findProgram('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable');
}

/** The debug adapter for C and C++ that LLVM ships. */
export function findLldbDap(): string | undefined {
  return findProgram('lldb-dap-19', 'lldb-dap');
}

export function findCCompiler(): string | undefined {
  return findProgram('gcc', 'clang', 'cc');
}

/** MinGW-w64's C compiler, which makes Windows programs. */
export function findMingw(): string | undefined {
  return findProgram('x86_64-w64-mingw32-gcc', ...(platform === 'win32' ? ['gcc'] : []));
}

/** The .NET SDK's driver; whether an SDK stands behind it only a build tells. */
export function findDotnet(): string | undefined {
  return findProgram('dotnet');
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
