/**
 * One client of the section monitor: translates between the debug adapter protocol and the watching, which knows
 * nothing of it. Debuggers show variables of a stopped thread only; here `pause` stops the sampling instead, the
 * process runs on, and its last sample is shown as the variables of one frame.
 */
import type { Writable } from 'node:stream';
import {
  ContinuedEvent,
  DebugSession,
  Event,
  ExitedEvent,
  InitializedEvent,
  StackFrame,
  TerminatedEvent,
  Thread,
} from '@vscode/debugadapter';
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Launched } from '../launch.ts';
import type { Platform, Refusal } from '../platforms/platform.ts';
import * as protocol from '../protocol.ts';
import { DEFAULT_SCAN_SECONDS, scanMachine } from '../scan/scanning.ts';
import { watchProcess, watchProgram } from '../watch-target.ts';
import type { Watching } from '../watching.ts';
import { Announcer } from './announcer.ts';
import { attachOrder, launchSettings } from './arguments.ts';
import { SampleVariables } from './variables.ts';

/** The protocol wants threads and frames; the whole process is one. */
const THREAD = 1;
const FRAME = 1;

type Begun = { readonly watching: Watching; readonly launched?: Launched } | Refusal;

/** Of our error messages; clients show the text. */
const ERROR_ID = 1;

export class MonitorSession extends DebugSession {
  readonly #platform: Promise<Platform | Refusal>;
  readonly #output: Writable;
  #watching: Watching | null = null;
  #launched: Launched | null = null;
  /** While the sampling is paused. */
  #variables: SampleVariables | null = null;

  /** @param output where `start` is told to write to */
  constructor(platform: Promise<Platform | Refusal>, output: Writable) {
    super();
    this.#platform = platform;
    this.#output = output;
  }

  /** Called at the end of the client, however it comes: a launched program that was not ended goes on. */
  override shutdown(): void {
    this.#watching?.stop();
    this.#launched?.release();
    this.#launched = null;
    super.shutdown();
  }

  protected override initializeRequest(response: DebugProtocol.InitializeResponse): void {
    response.body = {
      supportsConfigurationDoneRequest: true,
      supportsTerminateRequest: true,
      supportTerminateDebuggee: true,
    };
    this.sendResponse(response);
    this.sendEvent(new InitializedEvent());
  }

  protected override attachRequest(response: DebugProtocol.AttachResponse, given?: object): void {
    this.#begin(response, 'attach', attachOrder(given), (platform, { pid, intervalMs }, announcer) => {
      const watching = watchProcess(platform, pid, intervalMs, announcer);
      return 'refusal' in watching ? watching : { watching };
    });
  }

  protected override launchRequest(response: DebugProtocol.LaunchResponse, given?: object): void {
    this.#begin(response, 'launch', launchSettings(given), (platform, settings, announcer) => {
      const output = announcer.printed.bind(announcer);
      return watchProgram(platform, { ...settings, output }, settings.intervalMs, announcer);
    });
  }

  protected override disconnectRequest(
    response: DebugProtocol.DisconnectResponse,
    given?: DebugProtocol.DisconnectArguments,
  ): void {
    this.#watching?.stop();
    this.#answer(response, async () => {
      // A process that somebody else started is never ended, whatever the client asks for.
      if (given?.terminateDebuggee === true) {
        await this.#launched?.terminate();
      }
      return () => {
        this.shutdown();
      };
    });
  }

  protected override terminateRequest(response: DebugProtocol.TerminateResponse): void {
    this.#answer(response, async () => {
      await this.#launched?.terminate();
      return () => {
        if (this.#launched === null) {
          this.sendEvent(new TerminatedEvent());
        }
      };
    });
  }

  protected override pauseRequest(response: DebugProtocol.PauseResponse): void {
    this.sendResponse(response);
    this.#pause(false);
  }

  protected override continueRequest(response: DebugProtocol.ContinueResponse): void {
    response.body = { allThreadsContinued: true };
    this.sendResponse(response);
    this.#continue();
  }

  protected override threadsRequest(response: DebugProtocol.ThreadsResponse): void {
    response.body = { threads: [new Thread(THREAD, this.#watching?.target.name ?? 'process')] };
    this.sendResponse(response);
  }

  protected override stackTraceRequest(response: DebugProtocol.StackTraceResponse): void {
    const sample = this.#variables === null ? null : this.#watching?.sample;
    const stackFrames = sample == null ? [] : [new StackFrame(FRAME, `sample ${sample.sequence} at ${sample.time}`)];
    response.body = { stackFrames, totalFrames: stackFrames.length };
    this.sendResponse(response);
  }

  protected override scopesRequest(response: DebugProtocol.ScopesResponse): void {
    response.body = { scopes: [...(this.#variables?.scopes ?? [])] };
    this.sendResponse(response);
  }

  protected override variablesRequest(
    response: DebugProtocol.VariablesResponse,
    { variablesReference, start, count }: DebugProtocol.VariablesArguments,
  ): void {
    response.body = { variables: [...(this.#variables?.children(variablesReference, start, count) ?? [])] };
    this.sendResponse(response);
  }

  protected override customRequest(command: string, response: DebugProtocol.Response, given: unknown): void {
    switch (command) {
      case protocol.STATE_REQUEST: {
        const { sample, paused } = this.#watching ?? { sample: null, paused: false };
        response.body = { sample, paused } satisfies protocol.StateResponseBody;
        this.sendResponse(response);
        break;
      }
      case protocol.PAUSE_SAMPLING_REQUEST: {
        this.sendResponse(response);
        const { paused } = given as protocol.PauseSamplingArguments;
        if (paused) {
          this.#pause(true);
        } else if (this.#continue()) {
          this.sendEvent(new ContinuedEvent(THREAD, true));
        }
        break;
      }
      case protocol.PROCESSES_REQUEST:
        this.#answer(response, async () => {
          const platform = await this.#platform;
          if ('refusal' in platform) {
            return platform;
          }
          response.body = { processes: platform.processes() } satisfies protocol.ProcessesResponseBody;
          return null;
        });
        break;
      case protocol.SCAN_REQUEST:
        this.#answer(response, async () => {
          const platform = await this.#platform;
          const scanner = 'refusal' in platform ? platform : platform.openScanner();
          if ('refusal' in scanner) {
            return scanner;
          }
          const { seconds = DEFAULT_SCAN_SECONDS } = (given ?? {}) as protocol.ScanArguments;
          response.body = (await scanMachine(scanner, seconds)) satisfies protocol.ScanResponseBody;
          return null;
        });
        break;
      default:
        super.customRequest(command, response, given);
    }
  }

  #begin<Order extends object>(
    response: DebugProtocol.Response,
    method: 'attach' | 'launch',
    order: Order | Refusal,
    watch: (platform: Platform, order: Order, announcer: Announcer) => Begun | Promise<Begun>,
  ): void {
    this.#answer(response, async () => {
      const platform = await this.#platform;
      if ('refusal' in order || 'refusal' in platform) {
        return 'refusal' in order ? order : (platform as Refusal);
      }
      if (this.#watching !== null) {
        return { refusal: `This session watches process ${this.#watching.target.pid} already. Start another session.` };
      }
      const announcer = new Announcer((event) => {
        this.sendEvent(event);
      }, this.#output);
      const begun = await watch(platform, order, announcer);
      if ('refusal' in begun) {
        announcer.giveUp();
        return begun;
      }
      this.#watching = begun.watching;
      this.#launched = begun.launched ?? null;
      return () => {
        announcer.begin(begun.watching.target, method);
        void begun.launched?.ended.then(({ exitCode }) => {
          this.sendEvent(new ExitedEvent(exitCode));
        });
      };
    });
  }

  /** @param quietly where it was asked for elsewhere than in the debugger's own view: the focus stays there */
  #pause(quietly: boolean): void {
    const sample = this.#watching?.sample;
    if (sample != null && this.#variables === null) {
      this.#watching?.pause(true);
      this.#variables = new SampleVariables(sample);
      const body: DebugProtocol.StoppedEvent['body'] = {
        reason: 'pause',
        description: 'Sampling is paused, the process runs on',
        threadId: THREAD,
        allThreadsStopped: true,
        preserveFocusHint: quietly,
      };
      this.sendEvent(new Event('stopped', body));
    }
  }

  /** @returns whether it was paused */
  #continue(): boolean {
    const paused = this.#variables !== null;
    this.#variables = null;
    this.#watching?.pause(false);
    return paused;
  }

  /** Sends what comes of it: an error that the client shows, or the response and then what is to follow it. */
  #answer(response: DebugProtocol.Response, work: () => Promise<Refusal | (() => void) | null>): void {
    void work()
      .catch((error: unknown): Refusal => ({ refusal: `The section monitor failed: ${String(error)}` }))
      .then((outcome) => {
        if (outcome !== null && 'refusal' in outcome) {
          // Only variables with an underscore are put into the short text of the response as well.
          const variables = { _reason: outcome.refusal };
          this.sendErrorResponse(response, { id: ERROR_ID, format: '{_reason}', variables, showUser: false });
        } else {
          this.sendResponse(response);
          outcome?.();
        }
      });
  }
}
