/** A client of the section monitor's debug adapter, as an editor is one: requests, and every event that came. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DebugClient } from '@vscode/debugadapter-testsupport';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { DEBUG_TYPE, ENDED_EVENT, type EndedEventBody, SAMPLE_EVENT } from '../../src/monitor/protocol.ts';
import type { FullSample, Sample } from '../../src/monitor/section.ts';

export const ADAPTER = join(import.meta.dirname, '..', '..', 'src', 'monitor', 'adapter', 'main.ts');

/** The adapter as a process of its own, on its standard input and output. */
class StreamClient extends DebugClient {
  readonly #adapter = spawn(process.execPath, [ADAPTER], { stdio: ['pipe', 'pipe', 'inherit'] });
  readonly #closed = once(this.#adapter, 'close') as Promise<[number | null]>;
  #received = '';

  constructor() {
    super(process.execPath, ADAPTER, DEBUG_TYPE);
    this.#adapter.stdout.on('data', (bytes: Buffer) => (this.#received += bytes.toString()));
    this.connect(this.#adapter.stdout, this.#adapter.stdin);
  }

  /** Everything that came, as it came. */
  get received(): string {
    return this.#received;
  }

  /** As an editor that crashes: nothing is said, the pipes end. */
  override async stop(): Promise<void> {
    this.#adapter.stdin.destroy();
    await this.#end();
  }

  /** As an editor that ends its adapters. */
  async kill(): Promise<void> {
    this.#adapter.kill('SIGTERM');
    await this.#end();
  }

  async #end(): Promise<void> {
    const [code] = await this.#closed;
    assert.equal(code, 0, 'the adapter ends in order');
  }
}

export class Client<Debug extends DebugClient = DebugClient> implements AsyncDisposable {
  readonly debug: Debug;
  readonly samples: Sample[] = [];
  readonly output: string[] = [];

  constructor(debug: Debug) {
    this.debug = debug;
    // A machine may be slow; what never comes is found by the test's own limit.
    debug.defaultTimeout = 50_000;
    debug.on(SAMPLE_EVENT, ({ body }: DebugProtocol.Event) => this.samples.push(body as Sample));
    debug.on('output', ({ body }: DebugProtocol.OutputEvent) => this.output.push(`${body.category!}: ${body.output}`));
  }

  static start(): Client<StreamClient> {
    return new Client(new StreamClient());
  }

  /** A client of an adapter that runs already. */
  static async connect(port: number): Promise<Client> {
    const debug = new DebugClient(process.execPath, ADAPTER, DEBUG_TYPE);
    await debug.start(port);
    return new Client(debug);
  }

  /** What an editor says first. */
  async initialize(): Promise<DebugProtocol.Capabilities> {
    const [response] = await Promise.all([this.debug.initializeRequest(), this.debug.waitForEvent('initialized')]);
    return response.body!;
  }

  async attach(args: object): Promise<void> {
    await this.initialize();
    await this.debug.attachRequest(args);
    await this.debug.configurationDoneRequest();
  }

  async launch(args: object): Promise<void> {
    await this.initialize();
    await this.debug.launchRequest(args);
    await this.debug.configurationDoneRequest();
  }

  /** The text that an editor shows for a request that failed. */
  async failureOf(request: Promise<unknown>): Promise<string> {
    try {
      await request;
    } catch (error) {
      return (error as Error).message;
    }
    throw new Error('the request was answered');
  }

  async firstSample(): Promise<FullSample> {
    const sample = await this.sample(0);
    if ('sections' in sample) {
      return sample;
    }
    throw new Error('the first sample is not full');
  }

  /** Resolves when there are so many. */
  async sample(index: number): Promise<Sample> {
    while (this.samples.length <= index) {
      await this.debug.waitForEvent(SAMPLE_EVENT);
    }
    return this.samples[index]!;
  }

  async ended(): Promise<string> {
    const event = await this.debug.waitForEvent(ENDED_EVENT);
    return (event.body as EndedEventBody).reason;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.debug.stop();
  }
}

export interface Server extends AsyncDisposable {
  readonly port: number;
  readonly child: ChildProcess;
}

export async function startServer(): Promise<Server> {
  const child = spawn(process.execPath, [ADAPTER, '--server=0'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const closed = once(child, 'close');
  const [line] = (await once(createInterface({ input: child.stderr }), 'line')) as [string];
  return {
    port: Number(/127\.0\.0\.1:(\d+)$/u.exec(line)![1]),
    child,
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await closed;
    },
  };
}
