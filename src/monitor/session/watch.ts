/**
 * One watched process as the extension knows it, from the messages of its debug adapter: newest state, figures over
 * time, how it stands. Knows DAP and our own events, not VS Code.
 */
import { timePoint, withPoint, type TimePoint } from '../panel/timeline.ts';
import type { ShownWatch, WatchLabel, WatchStatus } from '../panel/protocol.ts';
import { ENDED_EVENT, SAMPLE_EVENT, type EndedEventBody, type SampleEventBody } from '../protocol.ts';
import type { Sample, SectionRecord } from '../section.ts';
import { SampledSections } from './samples.ts';

/** What a message of the adapter meant. */
export type Heard =
  | { readonly type: 'sample'; readonly sample: Sample; readonly labelChanged: boolean }
  /** How it stands, and nothing of the process. */
  | { readonly type: 'status' }
  /** A sample is missing: ask the adapter for its whole state. */
  | { readonly type: 'gap' }
  | { readonly type: 'nothing' };

export class Watch {
  readonly id: string;
  #name: string;
  #pid: number | null;
  #status: WatchStatus = { kind: 'starting' };
  #timeline: readonly TimePoint[] = [];
  readonly #sampled = new SampledSections();

  constructor(id: string, name: string, pid: number | null) {
    this.id = id;
    this.#name = name;
    this.#pid = pid;
  }

  get pid(): number | null {
    return this.#pid;
  }

  get ended(): boolean {
    return this.#status.kind === 'ended';
  }

  get sections(): Iterable<SectionRecord> {
    return this.#sampled.sections.values();
  }

  get label(): WatchLabel {
    return { id: this.id, name: this.#name, pid: this.#pid, status: this.#status };
  }

  /** What to attach to for going on after the end; undefined where not even its id was ever known. */
  get again(): { readonly pid: number; readonly name?: string } | undefined {
    if (this.#pid === null) {
      return undefined;
    }
    const name = this.#sampled.summary?.process.name;
    return name === undefined ? { pid: this.#pid } : { pid: this.#pid, name };
  }

  /** Everything, for a view that starts. */
  get whole(): ShownWatch {
    return { ...this.label, sample: this.#sampled.full(), timeline: this.#timeline };
  }

  /** A message that the adapter has sent. */
  hear(message: AdapterMessage): Heard {
    return message.type === 'event' ? this.#hearEvent(message) : this.#hearResponse(message);
  }

  take(sample: Sample): Heard {
    const before = this.#sampled.summary?.sequence ?? -1;
    if (this.#sampled.apply(sample) === 'gap') {
      return { type: 'gap' };
    }
    const summary = this.#sampled.summary;
    if (summary === null || sample.sequence <= before) {
      return { type: 'nothing' };
    }
    const { pid, process } = summary;
    const labelChanged = this.#status.kind === 'starting' || pid !== this.#pid || process.name !== this.#name;
    this.#name = process.name;
    this.#pid = pid;
    this.#timeline = withPoint(this.#timeline, timePoint(summary));
    if (this.#status.kind === 'starting') {
      this.#status = { kind: 'live' };
    }
    return { type: 'sample', sample, labelChanged };
  }

  /** The first reason stays: what comes after it only follows from it. */
  end(reason: string): Heard {
    if (this.ended) {
      return { type: 'nothing' };
    }
    this.#status = { kind: 'ended', reason };
    return { type: 'status' };
  }

  #hearEvent({ event, body }: AdapterMessage): Heard {
    switch (event) {
      case SAMPLE_EVENT:
        return this.take(body as SampleEventBody);
      case ENDED_EVENT:
        return this.end((body as EndedEventBody).reason);
      // The debugger's words for sampling that is paused and goes on; the process itself is never stopped.
      case 'stopped':
        return this.#turn('paused');
      case 'continued':
        return this.#turn('live');
      default:
        return { type: 'nothing' };
    }
  }

  #hearResponse(message: AdapterMessage): Heard {
    const { command, success } = message;
    if (success === false && (command === 'attach' || command === 'launch')) {
      return this.end(failureOf(message) ?? 'The section monitor could not start to watch. Attach again.');
    }
    return command === 'continue' ? this.#turn('live') : { type: 'nothing' };
  }

  #turn(kind: 'live' | 'paused'): Heard {
    if (this.ended || this.#status.kind === kind) {
      return { type: 'nothing' };
    }
    this.#status = { kind };
    return { type: 'status' };
  }
}

/** As far as it is read here; everything else a debug adapter says is for the editor. */
export interface AdapterMessage {
  readonly type: string;
  readonly event?: string;
  readonly command?: string;
  readonly success?: boolean;
  readonly message?: string;
  readonly body?: unknown;
}

/** DAP's error text: `body.error.format` with its `{variables}` put in, else the short `message`. */
function failureOf({ message, body }: AdapterMessage): string | undefined {
  const { error } = (body ?? {}) as {
    readonly error?: { readonly format: string; readonly variables?: Readonly<Record<string, string>> };
  };
  return (
    error?.format.replace(/\{(?<name>[^{}]+)\}/gu, (braced, name: string) => error.variables?.[name] ?? braced) ??
    message
  );
}
