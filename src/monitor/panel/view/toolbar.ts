/** Above the table: filter, grouping, choice of columns, and how many sections are shown. */
import { html, type TemplateResult } from 'lit';
import { COLUMNS } from '../columns.ts';
import { COLUMN_IDS, type Grouping, GROUPINGS, type PanelLayout, toggled } from '../layout.ts';
import type { Table } from '../table-model.ts';

const GROUPING_WORDS: Readonly<Record<Grouping, string>> = {
  site: 'Group by site',
  kind: 'Group by kind',
  state: 'Group by state',
  none: 'No groups',
};

export function toolbar(
  layout: PanelLayout,
  { passing, all }: Table,
  arrange: (change: Partial<PanelLayout>) => void,
): TemplateResult {
  const count =
    passing === all
      ? all.toLocaleString('en-US')
      : `${passing.toLocaleString('en-US')} of ${all.toLocaleString('en-US')}`;
  return html`<div class="toolbar">
    <input
      type="search"
      placeholder="Filter by name, site, holder ..."
      aria-label="Filter sections"
      .value=${layout.filter}
      @input=${({ target }: Event) => {
        if (target instanceof HTMLInputElement) {
          arrange({ filter: target.value });
        }
      }}
    />
    <select
      aria-label="Group sections"
      @change=${({ target }: Event) => {
        const grouping = GROUPINGS.find((word) => target instanceof HTMLSelectElement && word === target.value);
        arrange({ grouping: grouping ?? layout.grouping });
      }}
    >
      ${GROUPINGS.map(
        (grouping) =>
          html`<option value=${grouping} ?selected=${grouping === layout.grouping}>
            ${GROUPING_WORDS[grouping]}
          </option>`,
      )}
    </select>
    <button class="quiet" popovertarget="column-choice">Columns</button>
    ${columnChoice(layout, arrange)}
    <span class="count" role="status">${count} ${all === 1 ? 'section' : 'sections'}</span>
  </div>`;
}

/** The first column always stays. */
function columnChoice({ hiddenColumns }: PanelLayout, arrange: (change: Partial<PanelLayout>) => void): TemplateResult {
  return html`<div id="column-choice" popover role="group" aria-label="Columns">
    ${COLUMN_IDS.filter((id) => id !== 'section').map(
      (id) =>
        html`<label title=${COLUMNS[id].explanation}
          ><input
            type="checkbox"
            .checked=${!hiddenColumns.includes(id)}
            @change=${() => {
              arrange({ hiddenColumns: toggled(hiddenColumns, id) });
            }}
          />${COLUMNS[id].title}</label
        >`,
    )}
    <p>Columns that do not fit are left out, the less important first.</p>
  </div>`;
}
