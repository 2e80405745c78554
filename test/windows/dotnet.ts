/** .NET programs for Windows, published with their runtime: nothing has to be installed where they run. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { basename, join } from 'node:path';
import { findDotnet } from '../../scripts/setup/programs.ts';
import { temporary } from './machine.ts';

/** Without build servers, which would outlive the test. */
const OPTIONS = ['--nologo', '-v', 'quiet', '-nodeReuse:false', '-p:UseSharedCompilation=false'];

const published = new Map<string, string>();

/** @returns the path of the program, published once a run */
export function publishedForWindows(folder: string, name = basename(folder)): string {
  const known = published.get(folder);
  if (known !== undefined) {
    return known;
  }
  const dotnet = findDotnet();
  assert.ok(dotnet !== undefined, 'the .NET SDK is needed: dotnet is not on PATH');
  const artifacts = temporary(name);
  const environment = { ...process.env, DOTNET_NOLOGO: '1', DOTNET_CLI_TELEMETRY_OPTOUT: '1' };
  execFileSync(
    dotnet,
    ['publish', folder, '-r', 'win-x64', '--self-contained', '--artifacts-path', artifacts, ...OPTIONS],
    { env: environment, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  const program = join(artifacts, 'publish', name, 'release_win-x64', `${name}.exe`);
  published.set(folder, program);
  return program;
}
