/**
 * Every process that a section monitor of this window watches, however the debug session was started (command, panel,
 * launch.json): the newest state for the panel, the open sections for the marks in the editor.
 */
import * as vscode from 'vscode';
import {
  DEBUG_TYPE,
  PAUSE_SAMPLING_REQUEST,
  type PauseSamplingArguments,
  STATE_REQUEST,
  type StateResponseBody,
} from '../protocol.ts';
import type { Sample, SectionRecord } from '../section.ts';
import type { LiveSections } from './live-sections.ts';
import { type AdapterMessage, type Heard, Watch } from './watch.ts';

export type WatchesChange =
  /** The watch that is shown has a new sample. */
  | { readonly type: 'sample'; readonly sample: Sample }
  /** A status, or a watch has come or gone. */
  | { readonly type: 'watches' }
  /** Another watch is shown. */
  | { readonly type: 'shown' };

interface Watched {
  readonly session: vscode.DebugSession;
  readonly watch: Watch;
}

export function activateWatches(context: vscode.ExtensionContext): Watches {
  const watches = new Watches();
  context.subscriptions.push(
    vscode.debug.registerDebugAdapterTrackerFactory(DEBUG_TYPE, {
      createDebugAdapterTracker: (session) => watches.begin(session),
    }),
    vscode.debug.onDidTerminateDebugSession(({ id }) => {
      watches.end(id, 'Watching has stopped; the process was left as it is. Attach again to go on.');
    }),
  );
  return watches;
}

export class Watches implements LiveSections {
  readonly #watched = new Map<string, Watched>();
  readonly #sectionsChange = new vscode.EventEmitter<void>();
  readonly #change = new vscode.EventEmitter<WatchesChange>();
  #shownId: string | null = null;
  #sections: readonly SectionRecord[] | null = null;

  readonly onDidChange = this.#sectionsChange.event;
  readonly onDidChangeWatches = this.#change.event;

  get sections(): readonly SectionRecord[] {
    if (this.#sections === null) {
      const live = this.all.filter(({ ended }) => !ended).flatMap((watch) => [...watch.sections]);
      // A section that several watched processes hold is one section.
      this.#sections = [...new Map(live.map((section) => [section.id, section])).values()];
    }
    return this.#sections;
  }

  get all(): readonly Watch[] {
    return [...this.#watched.values()].map(({ watch }) => watch);
  }

  /** The one in the panel: the newest, or the one that the user chose. */
  get shown(): Watch | null {
    return this.#watched.get(this.#shownId ?? '')?.watch ?? null;
  }

  show(id: string): void {
    if (this.#watched.has(id) && id !== this.#shownId) {
      this.#shownId = id;
      this.#change.fire({ type: 'shown' });
    }
  }

  begin(session: vscode.DebugSession): vscode.DebugAdapterTracker {
    const { pid, program } = session.configuration;
    const watch =
      typeof pid === 'number'
        ? new Watch(session.id, 'process', pid)
        : new Watch(session.id, String(program ?? session.name).replace(/^.*[\\/]/u, ''), null);
    for (const [id, { watch: old }] of this.#watched) {
      if (old.ended) {
        this.#watched.delete(id);
      }
    }
    this.#watched.set(session.id, { session, watch });
    this.show(session.id);
    return {
      onDidSendMessage: (message: AdapterMessage) => {
        this.#heard(session, watch, watch.hear(message));
      },
      onError: (error) => {
        this.end(session.id, `The section monitor failed: ${error.message}. Attach again.`);
      },
      onExit: (code, signal) => {
        const how = signal === undefined ? `code ${code ?? 'unknown'}` : `signal ${signal}`;
        this.end(session.id, `The section monitor ended unexpectedly (${how}). Attach again.`);
      },
    };
  }

  end(id: string, reason: string): void {
    const watched = this.#watched.get(id);
    if (watched !== undefined) {
      this.#heard(watched.session, watched.watch, watched.watch.end(reason));
    }
  }

  /** Stops or goes on sampling; the process itself runs on. */
  async pause(id: string, paused: boolean): Promise<void> {
    const watched = this.#watched.get(id);
    if (watched !== undefined) {
      const request: PauseSamplingArguments = { paused };
      // That it did is told by an event.
      await watched.session.customRequest(PAUSE_SAMPLING_REQUEST, request);
    }
  }

  async detach(id: string): Promise<void> {
    const watched = this.#watched.get(id);
    if (watched !== undefined) {
      await vscode.debug.stopDebugging(watched.session);
    }
  }

  #heard(session: vscode.DebugSession, watch: Watch, heard: Heard): void {
    switch (heard.type) {
      case 'nothing':
        return;
      case 'gap':
        void this.#askForState(session, watch);
        return;
      case 'sample':
        if (heard.labelChanged) {
          this.#change.fire({ type: 'watches' });
        }
        if (watch === this.shown) {
          this.#change.fire({ type: 'sample', sample: heard.sample });
        }
        break;
      case 'status':
        this.#change.fire({ type: 'watches' });
        break;
    }
    this.#sections = null;
    this.#sectionsChange.fire();
  }

  async #askForState(session: vscode.DebugSession, watch: Watch): Promise<void> {
    try {
      const { sample } = (await session.customRequest(STATE_REQUEST)) as StateResponseBody;
      if (sample !== null) {
        this.#heard(session, watch, watch.take(sample));
      }
    } catch (error) {
      this.end(watch.id, `The section monitor does not tell its state (${String(error)}). Attach again.`);
    }
  }
}
