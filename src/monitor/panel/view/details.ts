/** Everything about the section of the current row: exact bytes, why they are what they are, holders, its line. */
import { html, nothing, type TemplateResult } from 'lit';
import { formatBoundsExactly, formatBytesExactly } from '../../../sites/format-bytes.ts';
import type { SiteWithFinding } from '../../../lint/protocol.ts';
import { siteTitle, sitesExplanation } from '../site-words.ts';
import type { Holder } from '../../section.ts';
import type { Row } from '../row.ts';
import { KIND_WORDS, STATE_WORDS } from '../words.ts';
import { sentence } from './figures.ts';
import { send } from './host.ts';

export function details({ section, sites }: Row): TemplateResult {
  const { id, name, kind, state, allocatedBytes, mappedBytes, maximumBytes, unownedBytes, how } = section;
  return html`<section class="details" aria-label="Selected section" tabindex="0">
    <h2>${name ?? 'Section without a name'} <span class="note">${id}</span></h2>
    ${sites.length > 1 ? html`<p>Made at one of these sites, it is not known at which:</p>` : nothing}
    ${sites.length === 0 ? html`<p>${sitesExplanation(sites)}</p>` : sites.map(siteLine)}
    <p><b>Held by no view:</b> ${formatBoundsExactly(unownedBytes)}. ${sentence(how)}</p>
    <p>
      <b>Maximum:</b> ${formatBytesExactly(maximumBytes)};
      <b>allocated:</b> ${allocatedBytes === null ? 'not known' : formatBytesExactly(allocatedBytes)}; <b>in views:</b>
      ${formatBytesExactly(mappedBytes)}.
    </p>
    ${heldBy(section.holders)}
    <p>${KIND_WORDS[kind].explanation} ${STATE_WORDS[state].explanation}</p>
  </section>`;
}

function heldBy(holders: readonly Holder[]): TemplateResult {
  if (holders.length === 0) {
    return html`<p><b>Held by</b> no process that could be read.</p>`;
  }
  const words = holders.map(
    ({ name, pid, handles, mappedBytes }) =>
      `${name} (${pid}): ${handles} ${handles === 1 ? 'handle' : 'handles'}, ${formatBytesExactly(mappedBytes)} in views`,
  );
  return html`<p><b>Held by</b> ${words.join('; ')}.</p>`;
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
