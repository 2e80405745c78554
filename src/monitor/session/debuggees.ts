/** Follows every debug session of the user, other extensions' too, to know which processes they debug. */
import * as vscode from 'vscode';
import { DEBUG_TYPE } from '../protocol.ts';
import { type DebugAdapterMessage, type DebuggedProcess, processOfEvaluation, processOfEvent } from './debuggee.ts';

export interface Debuggee extends DebuggedProcess {
  readonly session: vscode.DebugSession;
}

export interface Debuggees {
  /** The processes of the active debug session, its parents and children; of all sessions where none is active. */
  present(): Promise<readonly Debuggee[]>;
}

export function followDebuggees(context: vscode.ExtensionContext): Debuggees {
  const followed = new FollowedSessions();
  context.subscriptions.push(
    vscode.debug.registerDebugAdapterTrackerFactory('*', {
      createDebugAdapterTracker: (session) => followed.follow(session),
    }),
    vscode.debug.onDidTerminateDebugSession((session) => {
      followed.forget(session);
    }),
  );
  return followed;
}

/** An adapter that does not know the request may never answer it. */
const ANSWER_WITHIN_MS = 2000;

interface Followed {
  readonly session: vscode.DebugSession;
  process: DebuggedProcess | null;
}

class FollowedSessions implements Debuggees {
  readonly #sessions = new Map<string, Followed>();

  follow(session: vscode.DebugSession): vscode.DebugAdapterTracker | undefined {
    if (session.type === DEBUG_TYPE) {
      return undefined;
    }
    const followed: Followed = { session, process: null };
    this.#sessions.set(session.id, followed);
    return {
      onDidSendMessage: (message: DebugAdapterMessage) => {
        followed.process = processOfEvent(message) ?? followed.process;
      },
    };
  }

  forget(session: vscode.DebugSession): void {
    this.#sessions.delete(session.id);
  }

  async present(): Promise<readonly Debuggee[]> {
    const all = [...this.#sessions.values()];
    const active = vscode.debug.activeDebugSession;
    const related = all.filter(({ session }) => active !== undefined && rootOf(session).id === rootOf(active).id);
    const debuggees = await Promise.all((related.length > 0 ? related : all).map(debuggeeOf));
    return debuggees.filter((debuggee) => debuggee !== null);
  }
}

async function debuggeeOf({ session, process }: Followed): Promise<Debuggee | null> {
  const known = process ?? (await askNode(session));
  return known === null ? null : { ...known, session };
}

/** Only js-debug's child sessions know the target; its parent session does not answer. */
async function askNode(session: vscode.DebugSession): Promise<DebuggedProcess | null> {
  if (session.type !== 'pwa-node' || session.parentSession === undefined) {
    return null;
  }
  const question = session.customRequest('evaluate', { expression: 'process.pid', context: 'repl' });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, ANSWER_WITHIN_MS, null);
  });
  try {
    const answer: unknown = await Promise.race([question, late]);
    return processOfEvaluation(answer, session.name);
  } catch {
    // A session that ends meanwhile has no process to watch.
    return null;
  } finally {
    clearTimeout(timer);
  }
}

function rootOf(session: vscode.DebugSession): vscode.DebugSession {
  return session.parentSession === undefined ? session : rootOf(session.parentSession);
}
