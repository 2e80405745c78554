/** What the panel says when there are no figures to show, or none any more; each with the next step as a button. */
import { html, nothing, type TemplateResult } from 'lit';
import type { WatchLabel } from '../protocol.ts';
import { processTitle } from './headline.ts';
import { send } from './host.ts';

export function nothingWatched(): TemplateResult {
  return html`<main class="message">
    <h1>No process attached</h1>
    <p>
      Attach the section monitor to a running process to see its sections, how much memory they hold that belongs to no
      process, and which line made them. The process is not stopped.
    </p>
    <p>
      ${attachButton('Attach Section Monitor')}
      <button
        @click=${() => {
          send({ type: 'find' });
        }}
      >
        Find processes that hold unowned sections
      </button>
    </p>
  </main>`;
}

export function watchStarts(shown: WatchLabel): TemplateResult {
  return html`<div class="message" role="status"><p>Attaching to ${processTitle(shown)} ...</p></div>`;
}

/** Above the last figures, where there are some. */
export function watchEnded({ pid, status }: WatchLabel): TemplateResult | typeof nothing {
  if (status.kind !== 'ended') {
    return nothing;
  }
  return html`<div class="end-notice" role="alert">
    <p>${status.reason}</p>
    <p>
      ${
        pid === null
          ? nothing
          : html`<button
              @click=${() => {
                send({ type: 'attach-again' });
              }}
            >
              Attach again
            </button>`
      }
      ${attachButton('Attach to another process')}
    </p>
  </div>`;
}

function attachButton(title: string): TemplateResult {
  return html`<button
    @click=${() => {
      send({ type: 'attach' });
    }}
  >
    ${title}
  </button>`;
}
