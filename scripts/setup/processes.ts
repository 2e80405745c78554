/** Starting other programs, waiting for them, and ending them with all that they started. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { exit, kill, platform } from 'node:process';

export interface RunOptions {
  readonly folder?: string;
  readonly environment?: NodeJS.ProcessEnv;
  /** After this long the program is ended, with all that it started. */
  readonly limitMinutes?: number;
}

export interface Ended {
  /** null where a signal ended it, or where it could not be started. */
  readonly code: number | null;
  /** Why there is no code. */
  readonly reason?: string;
}

/** Groups that are to be ended with this program. */
const groups = new Set<number>();

/** Runs a program to its end, in a process group of its own; what it prints goes where ours goes. */
export function run(program: string, parameters: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const child = spawn(program, parameters, {
    cwd: options.folder,
    env: options.environment,
    detached: platform !== 'win32',
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((ended) => {
    child.once('error', (error) => {
      ended({ code: null, reason: error.message });
    });
    if (child.pid === undefined) {
      return;
    }
    const release = endWithUs(child.pid);
    let reason = 'a signal ended it';
    const limit =
      options.limitMinutes === undefined
        ? undefined
        : setTimeout(() => {
            reason = `it did not end within ${options.limitMinutes ?? 0} minutes`;
            release();
          }, options.limitMinutes * 60_000);
    child.once('close', (code) => {
      clearTimeout(limit);
      release();
      ended(code === null ? { code, reason } : { code });
    });
  });
}

/**
 * Whatever ends this program ends the group of `processId` too.
 * @returns ends the group at once
 */
export function endWithUs(processId: number): () => void {
  if (groups.size === 0) {
    process.once('exit', endGroups);
    process.once('SIGINT', endBySignal);
    process.once('SIGTERM', endBySignal);
  }
  groups.add(processId);
  return () => {
    groups.delete(processId);
    endGroup(processId);
    if (groups.size === 0) {
      process.off('exit', endGroups);
      process.off('SIGINT', endBySignal);
      process.off('SIGTERM', endBySignal);
    }
  };
}

export function isRunning(processId: number): boolean {
  try {
    return kill(processId, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function endGroups(): void {
  groups.forEach(endGroup);
}

function endBySignal(signal: 'SIGINT' | 'SIGTERM'): void {
  endGroups();
  exit(128 + constants.signals[signal]);
}

function endGroup(processId: number): void {
  try {
    kill(platform === 'win32' ? processId : -processId, 'SIGTERM');
  } catch {
    // It has ended by itself.
  }
}
