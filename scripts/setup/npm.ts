/** The npm of this machine, run by its own script under a Node of our choice, so that no shell is needed. */
import { existsSync, realpathSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { env, execPath } from 'node:process';
import { run, type RunOptions } from './processes.ts';

export interface NpmOptions extends RunOptions {
  /** The Node to run npm with; this one where it is left out. */
  readonly node?: string;
}

/** @throws where npm is missing or fails */
export async function runNpm(parameters: readonly string[], { node, ...options }: NpmOptions): Promise<void> {
  const { code, reason } = await run(node ?? execPath, [npmScript(), ...parameters], options);
  if (code !== 0) {
    throw new Error(`npm ${parameters.join(' ')} failed: ${reason ?? `exit code ${code ?? 'unknown'}`}`);
  }
}

/** npm names its script to what it runs; else it lies behind or beside the `npm` on PATH. */
function npmScript(): string {
  const candidates = [
    env.npm_execpath ?? '',
    ...(env.PATH ?? '')
      .split(delimiter)
      .flatMap((folder) => [join(folder, 'npm'), join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js')]),
  ];
  for (const candidate of candidates.filter((path) => existsSync(path)).map((path) => realpathSync(path))) {
    if (basename(candidate) === 'npm-cli.js') {
      return candidate;
    }
  }
  throw new Error('npm is not on PATH. Install Node.js with its npm, then run this again.');
}
