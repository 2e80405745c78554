/** Debian's packages: the command that installs some, and running it as root or by sudo. */
import { spawnSync } from 'node:child_process';
import { env, getuid, stdout } from 'node:process';
import { findProgram } from './programs.ts';

const QUIETLY = ['-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300'];

export function hasApt(): boolean {
  return findProgram('apt-get') !== undefined;
}

/** To be copied into a terminal. */
export function installCommand(packages: readonly string[]): string {
  const sudo = getuid?.() === 0 ? '' : 'sudo ';
  return `${sudo}apt-get update && ${sudo}apt-get install -y --no-install-recommends ${packages.join(' ')}`;
}

/** @returns why it failed; undefined where it did not */
export function installPackages(packages: readonly string[]): string | undefined {
  stdout.write(`Installing Debian's packages ${packages.join(', ')}: a few minutes.\n`);
  for (const parameters of [['update'], ['install', ...QUIETLY, ...packages]]) {
    if (!asRoot(['apt-get', ...parameters])) {
      return `apt-get ${parameters.join(' ')} failed, see above`;
    }
  }
  return undefined;
}

/** Standard input stays the terminal's, for sudo's question. */
function asRoot(command: readonly string[]): boolean {
  const whole = getuid?.() === 0 ? command : ['sudo', 'env', 'DEBIAN_FRONTEND=noninteractive', ...command];
  const [program = '', ...parameters] = whole;
  const { status } = spawnSync(program, parameters, {
    stdio: 'inherit',
    env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return status === 0;
}
