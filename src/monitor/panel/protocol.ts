/**
 * The messages between the panel's provider (in the extension host) and its view (in the webview). Types only; both
 * sides import this file. The view asks for everything by `ready` when it starts and whenever it has missed a sample;
 * from then on it applies the same differences as the provider.
 */
import type { SiteWithFinding } from '../../lint/protocol.ts';
import type { FullSample, Sample } from '../section.ts';
import type { PanelLayout } from './layout.ts';
import type { TimePoint } from './timeline.ts';

export type WatchStatus =
  /** The monitor starts; no sample yet. */
  | { readonly kind: 'starting' }
  | { readonly kind: 'live' }
  | { readonly kind: 'paused' }
  /** The reason is a sentence that says what happened and what to do next. */
  | { readonly kind: 'ended'; readonly reason: string };

/** A process that is watched, for the choice among several. */
export interface WatchLabel {
  readonly id: string;
  readonly name: string;
  /** Null until the first sample of a program that the monitor starts itself. */
  readonly pid: number | null;
  readonly status: WatchStatus;
}

export interface ShownWatch extends WatchLabel {
  readonly sample: FullSample | null;
  readonly timeline: readonly TimePoint[];
}

export type ToView =
  /** Everything: what the view shows from now on. */
  | {
      readonly type: 'show';
      readonly layout: PanelLayout;
      readonly watches: readonly WatchLabel[];
      /** Null where no process is watched. */
      readonly shown: ShownWatch | null;
      readonly sites: readonly SiteWithFinding[];
    }
  /** The next sample of the process that is shown. */
  | { readonly type: 'sample'; readonly sample: Sample }
  /** Something about the watched processes other than samples. */
  | { readonly type: 'watches'; readonly watches: readonly WatchLabel[] }
  /** The allocation sites that the lint knows now. */
  | { readonly type: 'sites'; readonly sites: readonly SiteWithFinding[] };

export type FromView =
  | { readonly type: 'ready' }
  /** Choose a process and watch it. */
  | { readonly type: 'attach' }
  /** Find the processes that hold unowned sections, and choose among them. */
  | { readonly type: 'find' }
  /** Watch again the process that was shown and ended. */
  | { readonly type: 'attach-again' }
  | { readonly type: 'detach' }
  | { readonly type: 'pause'; readonly paused: boolean }
  /** Show another watched process. */
  | { readonly type: 'choose'; readonly watch: string }
  /** Open the site in the editor; several where it is not known which of them it is. */
  | { readonly type: 'reveal'; readonly sites: readonly SiteWithFinding[]; readonly keepFocus: boolean }
  | { readonly type: 'layout'; readonly layout: PanelLayout };
