/** Everything about the section of the current row: exact bytes, why they are what they are, holders, its line. */
import { html, nothing, type TemplateResult } from 'lit';
import { formatBoundsExactly, formatBytesExactly } from '../../../sites/format-bytes.ts';
import type { SiteWithFinding } from '../../../lint/protocol.ts';
import { siteTitle, sitesExplanation } from '../site-words.ts';
import type { Row } from '../table-model.ts';
import { KIND_WORDS, STATE_WORDS } from '../words.ts';
import { capitalized } from './figures.ts';
import { send } from './host.ts';

export function details({ section, sites }: Row): TemplateResult {
  const { id, name, kind, state, holders } = section;
  return html`<section class="details" aria-label="Selected section" tabindex="0">
    <h2>${name ?? 'Unnamed section'} <span class="note">${id}</span></h2>
    <p>${KIND_WORDS[kind].explanation} ${STATE_WORDS[state].explanation}</p>
    <p>
      <b>Held by no view:</b> ${formatBoundsExactly(section.unownedBytes)}. ${capitalized(section.how)}
      ${
        section.allocatedBytes === null
          ? nothing
          : html`<b>Allocated:</b> ${formatBytesExactly(section.allocatedBytes)},`
      }
      in views: ${formatBytesExactly(section.mappedBytes)}, maximum: ${formatBytesExactly(section.maximumBytes)}.
    </p>
    <p>
      <b>Holders:</b>
      ${
        holders.length === 0
          ? 'no process.'
          : holders.map(
              (holder) =>
                html`${holder.name} (${holder.pid}): ${holder.handles} ${holder.handles === 1 ? 'handle' : 'handles'},
                ${formatBytesExactly(holder.mappedBytes)} in views. `,
            )
      }
    </p>
    ${sites.length === 0 ? html`<p>${sitesExplanation(sites)}</p>` : sites.map(siteLine)}
  </section>`;
}

function siteLine(site: SiteWithFinding): TemplateResult {
  return html`<p>
    <button
      class="link"
      @click=${() => {
        send({ type: 'reveal', sites: [site], keepFocus: false });
      }}
    >
      ${siteTitle(site)}
    </button>
    ${site.finding === undefined ? nothing : html`<span class="finding">${site.finding.message}</span>`}
  </p>`;
}
