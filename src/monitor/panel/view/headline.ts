/** The panel's first line: which process is watched, how the watch stands, pause and detach. */
import { html, nothing, type TemplateResult } from 'lit';
import type { WatchLabel, WatchStatus } from '../protocol.ts';
import { send } from './host.ts';

const STATUS_WORDS: Readonly<Record<WatchStatus['kind'], string>> = {
  starting: 'starting',
  live: 'live',
  paused: 'sampling paused',
  ended: 'ended',
};

export function headline(
  shown: WatchLabel,
  watches: readonly WatchLabel[],
  unreadable: readonly string[],
): TemplateResult {
  const { kind } = shown.status;
  return html`<header class="headline">
    ${watches.length > 1 ? choice(shown, watches) : html`<h1>${processTitle(shown)}</h1>`}
    <span class="status ${kind}" role="status"><span class="dot" aria-hidden="true"></span>${STATUS_WORDS[kind]}</span>
    ${notRead(unreadable)} ${kind === 'live' || kind === 'paused' ? actions(kind === 'paused') : nothing}
  </header>`;
}

/** What keeps figures from being exact. */
function notRead(reasons: readonly string[]): TemplateResult | typeof nothing {
  if (reasons.length === 0) {
    return nothing;
  }
  return html`<button class="quiet" popovertarget="not-read">
      <span aria-hidden="true">⚠</span> Not everything could be read
    </button>
    <div id="not-read" popover>
      <ul>
        ${reasons.map((reason) => html`<li>${reason}</li>`)}
      </ul>
    </div>`;
}

/** `PageFileAllocator (pid 4711)`. */
export function processTitle({ name, pid }: WatchLabel): string {
  return pid === null ? name : `${name} (pid ${pid})`;
}

function choice(shown: WatchLabel, watches: readonly WatchLabel[]): TemplateResult {
  const choose = ({ target }: Event): void => {
    if (target instanceof HTMLSelectElement) {
      send({ type: 'choose', watch: target.value });
    }
  };
  return html`<h1>
    <select aria-label="Watched process" @change=${choose}>
      ${watches.map(
        (watch) =>
          html`<option value=${watch.id} ?selected=${watch.id === shown.id}>
            ${processTitle(watch)}${watch.status.kind === 'live' ? '' : ` - ${STATUS_WORDS[watch.status.kind]}`}
          </option>`,
      )}
    </select>
  </h1>`;
}

function actions(paused: boolean): TemplateResult {
  return html`<span class="actions">
    <button
      class="quiet"
      title=${paused ? 'Take samples again' : 'Take no samples for now; the process itself runs on'}
      @click=${() => {
        send({ type: 'pause', paused: !paused });
      }}
    >
      ${paused ? 'Resume' : 'Pause'}
    </button>
    <button
      class="quiet"
      title="Stop watching; the process itself runs on"
      @click=${() => {
        send({ type: 'detach' });
      }}
    >
      Detach
    </button>
  </span>`;
}
