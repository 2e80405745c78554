/**
 * Our own words on top of DAP, between the section monitor's debug adapter and whoever watches (VS Code's panel, an
 * editor that speaks DAP). Types and names only; both sides import this file.
 */
import type { ScanReport } from './scan/report.ts';
import type { FullSample, Sample } from './section.ts';

/** The type of debug configurations that the section monitor serves. */
export const DEBUG_TYPE = 'section-monitor';

/** `attach`: watch a process that runs. */
export interface AttachArguments {
  readonly pid: number;
  /** Milliseconds between samples; 1000 where absent. */
  readonly intervalMs?: number;
}

/** `launch`: start a program and watch it; its output comes as `output` events. */
export interface LaunchArguments {
  readonly program: string;
  readonly args?: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | null>>;
  readonly intervalMs?: number;
}

/** Event: a sample was taken. Body: Sample (the first after attaching is full, later ones are differences). */
export const SAMPLE_EVENT = 'sectionLeaks/sample';
export type SampleEventBody = Sample;

/** Event: watching ended for a reason that the user should see (the process exited, was replaced, cannot be read). */
export const ENDED_EVENT = 'sectionLeaks/ended';
export interface EndedEventBody {
  /** A sentence that says what happened and what to do next. */
  readonly reason: string;
}

/** Request without arguments: the whole present state, for a view that was hidden or has been reloaded. */
export const STATE_REQUEST = 'sectionLeaks/state';
export interface StateResponseBody {
  readonly sample: FullSample | null;
  readonly paused: boolean;
}

/** Request: stop or go on sampling; the target itself is never stopped. */
export const PAUSE_SAMPLING_REQUEST = 'sectionLeaks/pauseSampling';
export interface PauseSamplingArguments {
  readonly paused: boolean;
}

/**
 * Request without arguments, answered before `initialize` too: the processes of this machine, for a picker. The
 * monitor's own process is left out.
 */
export const PROCESSES_REQUEST = 'sectionLeaks/processes';
export interface ListedProcess {
  readonly pid: number;
  readonly parentPid: number;
  readonly name: string;
  /** With its arguments, separated by spaces; the name alone where the system tells no more. */
  readonly commandLine: string;
  /** Why it cannot be watched, as a sentence that says what to do; null where it can. */
  readonly refusal: string | null;
}
export interface ProcessesResponseBody {
  readonly processes: readonly ListedProcess[];
}

/**
 * Request, answered before `initialize` too: which processes hold sections whose bytes no view holds. It takes as long
 * as it was asked to look.
 */
export const SCAN_REQUEST = 'sectionLeaks/scan';
export interface ScanArguments {
  /** From the first look to the last; 3 where absent. */
  readonly seconds?: number;
}
export type ScanResponseBody = ScanReport;
