/**
 * What suites and commands need of the machine beyond `npm ci`: how it is seen to be there, which of Debian's packages
 * bring it, and what we install ourselves into the user's cache.
 */
import { existsSync } from 'node:fs';
import { platform, stdout } from 'node:process';
import { findCodeServer, provideCodeServer } from './code-server.ts';
import { hasApt, installCommand, installPackages } from './debian.ts';
import { findCCompiler, findChromium, findDotnet, findLldbDap, findMingw, findProgram } from './programs.ts';
import { findWindowsMachine, findWine, provideWindowsMachine } from './wine.ts';

export interface Need {
  readonly what: string;
  isMet(): boolean | Promise<boolean>;
  /** The packages of Debian that are missing for it. */
  missingPackages(): readonly string[];
  /** Brings it, once the packages are there. @throws where that fails */
  readonly provide?: () => Promise<unknown>;
  /** What a user does where Debian's packages do not help. */
  readonly advice: string;
}

export const LINUX: Need = {
  what: 'Linux',
  isMet: () => platform === 'linux',
  missingPackages: () => [],
  advice: 'Run it on Linux: the monitor reads /proc.',
};

export const CHROMIUM = program('Chromium', findChromium, ['chromium'], 'Install Chromium or Chrome, on PATH.');
export const LLDB_DAP = program('lldb-dap', findLldbDap, ['lldb-19'], 'Install LLDB with its lldb-dap, on PATH.');
export const C_COMPILER = program(
  'a C compiler',
  findCCompiler,
  ['gcc', 'libc6-dev'],
  'Install gcc or clang, on PATH.',
);
export const DOTNET = program('the .NET SDK', findDotnet, [], 'Install the .NET SDK 10 (dotnet on PATH).');

export const MINGW = program(
  'a C compiler for Windows',
  findMingw,
  ['gcc-mingw-w64-x86-64'],
  "Install MinGW-w64's x86_64-w64-mingw32-gcc, on PATH.",
);
export const WINDOWS: Need = {
  what: 'Windows, or Wine with a Windows Node',
  isMet: async () => (await findWindowsMachine()) !== undefined,
  missingPackages: () => (platform === 'linux' && findWine() === undefined ? ['wine', 'wine64'] : []),
  provide: provideWindowsMachine,
  advice: 'Install Wine, then run `node scripts/setup/wine.ts` to see what hinders it.',
};

/** What code-server compiles its native modules with; libkrb5-dev is known by its header. */
const CODE_SERVER_TOOLS: readonly (readonly [isThere: () => boolean, debianPackage: string])[] = [
  [() => findProgram('g++', 'clang++') !== undefined, 'g++'],
  [() => findProgram('make') !== undefined, 'make'],
  [() => findProgram('python3') !== undefined, 'python3'],
  [() => findProgram('pkg-config', 'pkgconf') !== undefined, 'pkg-config'],
  [() => existsSync('/usr/include/gssapi/gssapi.h'), 'libkrb5-dev'],
];

export const CODE_SERVER: Need = {
  what: 'code-server (the real VS Code)',
  isMet: async () => (await findCodeServer()) !== undefined,
  missingPackages: () =>
    platform === 'linux' ? CODE_SERVER_TOOLS.flatMap(([isThere, name]) => (isThere() ? [] : [name])) : [],
  provide: provideCodeServer,
  advice: 'Run `node scripts/setup/code-server.ts` to see what hinders its installation.',
};

function program(what: string, find: () => string | undefined, packages: readonly string[], advice: string): Need {
  return { what, isMet: () => find() !== undefined, missingPackages: () => packages, advice };
}

/**
 * Meets the needs as far as it may.
 * @returns for each need that is still not met the sentence that says so
 */
export async function meet(
  needs: readonly Need[],
  options: { readonly mayInstallPackages: boolean },
): Promise<ReadonlyMap<Need, string>> {
  const unmet = await filterUnmet(needs);
  const packages = [...new Set(unmet.flatMap((need) => need.missingPackages()))];
  const packageProblem = packages.length === 0 ? undefined : bringPackages(packages, options.mayInstallPackages);
  const problems = new Map<Need, string>();
  for (const need of unmet) {
    const problem =
      packageProblem !== undefined && need.missingPackages().length > 0 ? packageProblem : await provide(need);
    if (problem !== undefined) {
      problems.set(need, `${need.what} is missing. ${problem}`);
    }
  }
  return problems;
}

function bringPackages(packages: readonly string[], mayInstall: boolean): string | undefined {
  if (!hasApt()) {
    return `What Debian calls ${packages.join(', ')} brings it: install that.`;
  }
  if (!mayInstall) {
    return `Run with --install, or run: ${installCommand(packages)}`;
  }
  return installPackages(packages);
}

async function provide(need: Need): Promise<string | undefined> {
  try {
    await need.provide?.();
  } catch (error) {
    stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
  }
  return (await need.isMet()) ? undefined : need.advice;
}

async function filterUnmet(needs: readonly Need[]): Promise<readonly Need[]> {
  const unmet: Need[] = [];
  for (const need of needs) {
    if (!(await need.isMet())) {
      unmet.push(need);
    }
  }
  return unmet;
}
