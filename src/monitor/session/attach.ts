/**
 * The command "Attach Section Monitor": watches the process of the active debug session, else one that the user picks.
 * The user's own debug session stays in front, and nothing of the debugger's interface opens.
 */
import * as vscode from 'vscode';
import { type AttachArguments, DEBUG_TYPE, type ListedProcess } from '../protocol.ts';
import { listProcesses, scanProcesses } from './ask-monitor.ts';
import { attachCandidates, type DebuggedProcess, sameProgram } from './debuggee.ts';
import { type Debuggees, followDebuggees } from './debuggees.ts';
import { type MonitorProgram, monitorProgram } from './monitor-program.ts';
import { pickProcess, pickScannedProcess } from './process-picker.ts';
import type { Watches } from './watches.ts';

/** What the command may be given: the process; with its name where another run of the same program will do. */
export type AttachCommandArguments = Pick<DebuggedProcess, 'pid'> & Partial<DebuggedProcess>;

export function activateAttach(context: vscode.ExtensionContext, watches: Watches): void {
  const attaching = new Attaching(watches, followDebuggees(context), monitorProgram(context.extensionPath));
  context.subscriptions.push(
    vscode.commands.registerCommand('sectionLeaks.attachMonitor', (wanted?: AttachCommandArguments) =>
      sayFailure(() => attaching.attach(wanted)),
    ),
    vscode.commands.registerCommand('sectionLeaks.findProcesses', () => sayFailure(() => attaching.find())),
    // For `${command:PickProcess}` in launch.json.
    vscode.commands.registerCommand('sectionLeaks.pickProcess', () => sayFailure(() => attaching.pick())),
  );
}

class Attaching {
  readonly #watches: Watches;
  readonly #debuggees: Debuggees;
  readonly #monitor: MonitorProgram;

  constructor(watches: Watches, debuggees: Debuggees, monitor: MonitorProgram) {
    this.#watches = watches;
    this.#debuggees = debuggees;
    this.#monitor = monitor;
  }

  async attach(wanted: AttachCommandArguments | undefined): Promise<void> {
    const debuggees = await this.#debuggees.present();
    const chosen = wanted === undefined ? await this.#choose(debuggees) : await this.#find(wanted);
    if (chosen === undefined) {
      return;
    }
    const { pid, name } = chosen;
    await vscode.commands.executeCommand('sectionLeaks.sections.focus', { preserveFocus: true });
    const watched = this.#watches.all.find((watch) => watch.pid === pid && !watch.ended);
    if (watched !== undefined) {
      this.#watches.show(watched.id);
      return;
    }
    const session = debuggees.find((debuggee) => debuggee.pid === pid)?.session ?? debuggees[0]?.session;
    const target: AttachArguments = { pid };
    // A failure is an end with a reason in the panel.
    await vscode.debug.startDebugging(
      session?.workspaceFolder ?? vscode.workspace.workspaceFolders?.[0],
      { type: DEBUG_TYPE, request: 'attach', name: `Sections of ${name ?? 'process'} (${pid})`, ...target },
      {
        ...(session === undefined ? {} : { parentSession: session }),
        suppressDebugStatusbar: true,
        suppressDebugToolbar: true,
        suppressDebugView: true,
        suppressSaveBeforeStart: true,
      },
    );
  }

  /** Looks at all processes for some seconds, and attaches to the one that the user picks of what it found. */
  async find(): Promise<void> {
    const report = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: 'Looking at the sections of all processes',
        cancellable: true,
      },
      async (_, cancelled) => {
        const stop = new AbortController();
        cancelled.onCancellationRequested(() => {
          stop.abort();
        });
        try {
          return await scanProcesses(this.#monitor, {}, stop.signal);
        } catch (error) {
          if (stop.signal.aborted) return undefined;
          throw error;
        }
      },
    );
    const picked = report === undefined ? undefined : await pickScannedProcess(report);
    if (picked !== undefined) {
      await this.attach({ pid: picked });
    }
  }

  /** The process id in words, as a launch configuration's variable wants it. */
  async pick(): Promise<string | undefined> {
    const picked = await pickProcess('Process to watch', this.#likeliestFirst());
    return picked?.pid.toString();
  }

  async #choose(debugged: readonly DebuggedProcess[]): Promise<DebuggedProcess | undefined> {
    if (debugged.length === 0) {
      return pickProcess('Process to watch', this.#likeliestFirst());
    }
    const candidates = attachCandidates(debugged, await this.#childrenAreOptional());
    const [first, ...others] = candidates;
    return others.length === 0
      ? first
      : pickProcess('Which process of the debug session?', Promise.resolve(candidates));
  }

  /** What can be watched first, of those the newest: it is most likely what was just started. */
  async #likeliestFirst(): Promise<readonly ListedProcess[]> {
    const processes = await listProcesses(this.#monitor);
    return processes.toSorted((a, b) => Number(a.refusal !== null) - Number(b.refusal !== null) || b.pid - a.pid);
  }

  /** The debugged process itself is known without the list. */
  async #childrenAreOptional(): Promise<readonly ListedProcess[]> {
    try {
      return await listProcesses(this.#monitor);
    } catch {
      return [];
    }
  }

  async #find({ pid, name }: AttachCommandArguments): Promise<{ pid: number; name?: string } | undefined> {
    if (name === undefined) {
      return { pid };
    }
    const processes = await this.#likeliestFirst();
    return (
      sameProgram({ pid, name }, processes) ??
      pickProcess(`${name} (${pid}) has ended: which process instead?`, Promise.resolve(processes))
    );
  }
}

async function sayFailure<Result>(action: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await action();
  } catch (error) {
    const showLog = 'Show Log';
    const answer = await vscode.window.showErrorMessage(
      error instanceof Error ? error.message : String(error),
      showLog,
    );
    if (answer === showLog) {
      await vscode.commands.executeCommand('sectionLeaks.showLog');
    }
    return undefined;
  }
}
