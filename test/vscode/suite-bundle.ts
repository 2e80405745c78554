/**
 * The suite as a module that an extension host can load: one CommonJS file with all test files, and what the suite must
 * be told through the environment. Mocha itself stays outside: the host loads it from the repository's packages.
 */
import { platform } from 'node:process';
import { join } from 'node:path';
import { build } from 'esbuild';
import { compileCSample, REPOSITORY, type SamplesWorkspace } from './workspace.ts';

const OUTPUT = join(REPOSITORY, 'test-results', 'vscode', 'suite.cjs');

/** Bundles it and gives the file. */
export async function bundleSuite(): Promise<string> {
  await build({
    entryPoints: [join(import.meta.dirname, 'suite', 'run.ts')],
    outfile: OUTPUT,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return OUTPUT;
}

/** What `suite/` reads from its environment. */
export interface SuiteEnvironment extends NodeJS.ProcessEnv {
  /** The file that `run()` writes as its last act. */
  readonly SECTION_LEAKS_HOST_RESULTS: string;
  /** The C sample as a program, where the section monitor can watch it. */
  readonly SECTION_LEAKS_SAMPLE_PROGRAM?: string;
}

export function suiteEnvironment(workspace: SamplesWorkspace): SuiteEnvironment {
  const SECTION_LEAKS_HOST_RESULTS = join(REPOSITORY, 'test-results', 'vscode', 'host-results.json');
  return platform === 'linux'
    ? { SECTION_LEAKS_HOST_RESULTS, SECTION_LEAKS_SAMPLE_PROGRAM: compileCSample(workspace) }
    : { SECTION_LEAKS_HOST_RESULTS };
}
