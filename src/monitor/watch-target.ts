/** Begins to watch: a process that runs, or a program that is started for it. */
import { setTimeout as delay } from 'node:timers/promises';
import { launch, type Launched, type LaunchedEnd, type LaunchOrder } from './launch.ts';
import type { OpenOptions, Platform, Refusal } from './platforms/platform.ts';
import { Watching, type WatchListener } from './watching.ts';

/** `started`: the process was started to be watched, so that all that it holds has come since. */
interface WatchOptions extends OpenOptions {
  readonly started?: boolean;
}

export function watchProcess(
  platform: Platform,
  pid: number,
  intervalMs: number,
  listener: WatchListener,
  { started = false, ...options }: WatchOptions = {},
): Watching | Refusal {
  const target = platform.open(pid, options);
  if ('refusal' in target) {
    return target;
  }
  const watching = new Watching(target, intervalMs, listener, started);
  return watching.start() ?? watching;
}

export interface WatchedProgram {
  readonly watching: Watching;
  readonly launched: Launched;
}

/** @param listener is told how the program ended, with its exit code, when it ends */
export async function watchProgram(
  platform: Platform,
  order: LaunchOrder,
  intervalMs: number,
  listener: WatchListener,
  options: OpenOptions = {},
): Promise<WatchedProgram | Refusal> {
  const launched = await launch(order);
  if ('refusal' in launched) {
    return launched;
  }
  const told: WatchListener = {
    sampled: (sample, watched) => {
      listener.sampled(sample, watched);
    },
    ended: (reason) => {
      void withExitCode(reason, launched).then((whole) => {
        listener.ended(whole);
      });
    },
  };
  const watching = watchProcess(platform, launched.pid, intervalMs, told, { ...options, started: true });
  if ('refusal' in watching) {
    const end = await endOf(launched);
    await launched.terminate();
    return {
      refusal:
        end === null
          ? `${order.program} was started, cannot be watched, and was ended again. ${watching.refusal}`
          : `${order.program} ended ${end.how} before it could be watched. See what it printed.`,
    };
  }
  void launched.ended.then(() => {
    watching.check();
  });
  return { watching, launched };
}

async function withExitCode(reason: string, launched: Launched): Promise<string> {
  const end = await endOf(launched);
  return end === null ? reason : `${reason} It ended ${end.how}.`;
}

/** A parent hears of the end a little later than who looks at the process. */
const LATER_MS = 500;

/** Null where it has not ended. */
async function endOf({ ended }: Launched): Promise<LaunchedEnd | null> {
  return await Promise.race([ended, delay(LATER_MS, null, { ref: false })]);
}
