/** The C sample as a program that runs by itself, with nobody debugging it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { compileCSample, type SamplesWorkspace } from './workspace.ts';

export interface RunningSample extends AsyncDisposable {
  readonly pid: number;
}

/** Starts it with these arguments, and ends it with the last use. */
export async function runSample(workspace: SamplesWorkspace, args: readonly string[]): Promise<RunningSample> {
  const child = spawn(compileCSample(workspace), args, { stdio: ['ignore', 'ignore', 'inherit'] });
  await once(child, 'spawn');
  if (child.pid === undefined) {
    throw new Error('The C sample did not start.');
  }
  const ended = once(child, 'exit');
  return {
    pid: child.pid,
    async [Symbol.asyncDispose]() {
      child.kill();
      await ended;
    },
  };
}
