/** Tells a client what the watching sees, in its protocol's events; nothing before the client knows that it began. */
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { Event, OutputEvent, TerminatedEvent } from '@vscode/debugadapter';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { ENDED_EVENT, type EndedEventBody, SAMPLE_EVENT, type SampleEventBody } from '../protocol.ts';
import type { Sample } from '../section.ts';
import type { WatchListener } from '../watching.ts';

type Send = (event: DebugProtocol.Event) => void;

export class Announcer implements WatchListener {
  readonly #send: Send;
  readonly #output: Writable;
  /** Null once the client knows. */
  #held: DebugProtocol.Event[] | null = [];

  /** @param output what the events are written to */
  constructor(send: Send, output: Writable) {
    this.#send = send;
    this.#output = output;
  }

  sampled(sample: Sample): void {
    this.#tell(new Event(SAMPLE_EVENT, sample satisfies SampleEventBody));
  }

  ended(reason: string): void {
    this.#tell(new OutputEvent(`${reason}\n`, 'console'));
    this.#tell(new Event(ENDED_EVENT, { reason } satisfies EndedEventBody));
    this.#tell(new TerminatedEvent());
  }

  /** What a launched program prints; resolves when the client is ready for more. */
  async printed(category: 'stdout' | 'stderr', text: string): Promise<void> {
    this.#tell(new OutputEvent(text, category));
    if (this.#output.writableNeedDrain) {
      await once(this.#output, 'drain');
    }
  }

  /** DAP's own event about which process it is; extensions read the pid from it. */
  begin(process: { readonly pid: number; readonly name: string }, startMethod: 'attach' | 'launch'): void {
    const { pid: systemProcessId, name } = process;
    this.#send(new Event('process', { name, systemProcessId, isLocalProcess: true, startMethod }));
    for (const event of this.#held ?? []) {
      this.#send(event);
    }
    this.#held = null;
  }

  /** Where it did not begin: what the program printed all the same. */
  giveUp(): void {
    for (const event of this.#held ?? []) {
      if (event.event === 'output') {
        this.#send(event);
      }
    }
    this.#held = [];
  }

  #tell(event: DebugProtocol.Event): void {
    if (this.#held === null) {
      this.#send(event);
    } else {
      this.#held.push(event);
    }
  }
}
