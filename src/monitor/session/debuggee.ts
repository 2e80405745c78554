/**
 * Which processes the user debugs: read from DAP's `process` event, and the processes that those have started. Knows
 * DAP, not VS Code.
 */
import type { ListedProcess } from '../protocol.ts';

export interface DebuggedProcess {
  readonly pid: number;
  readonly name: string;
}

/** As far as it is read here. */
export interface DebugAdapterMessage {
  readonly type: string;
  readonly event?: string;
  readonly body?: {
    readonly name?: string;
    readonly systemProcessId?: number;
    readonly isLocalProcess?: boolean;
  };
}

/** Null for every other message, and for a process of another machine, whose id means nothing here. */
export function processOfEvent({ type, event, body }: DebugAdapterMessage): DebuggedProcess | null {
  if (type !== 'event' || event !== 'process' || body?.systemProcessId === undefined || body.isLocalProcess === false) {
    return null;
  }
  return { pid: body.systemProcessId, name: programName(body.name ?? '') };
}

/** js-debug sends no `process` event; it answers `evaluate process.pid` with the number in words. */
export function processOfEvaluation(result: unknown, sessionName: string): DebuggedProcess | null {
  const { result: text } = (result ?? {}) as { readonly result?: unknown };
  const pid = typeof text === 'string' && /^\d+$/u.test(text) ? Number(text) : 0;
  // Its sessions are called `a.ts [14051] « js`.
  return pid === 0 ? null : { pid, name: sessionName.replace(/\s*\[\d+\].*$/u, '') };
}

/** js-debug's target starts a program of js-debug itself (`watchdog.js`), which tells the debugger of its end. */
const OF_DEBUGGER = /[\\/]ms-vscode\.js-debug[\\/]/u;

/**
 * What may be meant by "the process that is debugged": each debugged one, then what they have started, the debugger's
 * own and those that may not be watched left out.
 */
export function attachCandidates(
  debugged: readonly DebuggedProcess[],
  processes: readonly ListedProcess[],
): readonly ListedProcess[] {
  const found = new Map<number, ListedProcess>();
  for (const { pid, name } of debugged) {
    const listed = processes.find((process) => process.pid === pid);
    found.set(pid, listed ?? { pid, parentPid: 0, name, commandLine: name, refusal: null });
  }
  // A Map hands out what is added to it meanwhile: children of children too.
  for (const parent of found.values()) {
    for (const child of processes) {
      if (child.parentPid === parent.pid && mayBeMeant(child) && !found.has(child.pid)) {
        found.set(child.pid, child);
      }
    }
  }
  return [...found.values()];
}

function mayBeMeant({ refusal, commandLine }: ListedProcess): boolean {
  return refusal === null && !OF_DEBUGGER.test(commandLine);
}

/** The process that "attach again" means: the same one where it still runs, else the only one of the same name. */
export function sameProgram(
  { pid, name }: DebuggedProcess,
  processes: readonly ListedProcess[],
): ListedProcess | undefined {
  const sameName = processes.filter((process) => process.name === name);
  return sameName.find((process) => process.pid === pid) ?? (sameName.length === 1 ? sameName[0] : undefined);
}

/** Adapters give a path or a name. */
function programName(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
}
