/** The table's header: a button a column, which sorts by it and turns the order when it is the one already. */
import { html, nothing, type TemplateResult } from 'lit';
import { COLUMNS } from '../columns.ts';
import type { ColumnId, Sorting } from '../layout.ts';

export function tableHead(
  columns: readonly ColumnId[],
  sorting: Sorting,
  sort: (sorting: Sorting) => void,
): TemplateResult {
  return html`<div role="rowgroup" class="head">
    <div role="row" aria-rowindex="1" class="cells">
      ${columns.map((column) => {
        const { title, explanation, numeric } = COLUMNS[column];
        const sorted = sorting.column === column;
        return html`<div
          role="columnheader"
          class=${numeric ? 'number' : ''}
          aria-sort=${sorted ? (sorting.descending ? 'descending' : 'ascending') : 'none'}
        >
          <button
            class="quiet"
            title=${explanation}
            @click=${() => {
              sort({ column, descending: sorted ? !sorting.descending : numeric });
            }}
          >
            <span class="title">${title}</span>${
              sorted ? html`<span class="order" aria-hidden="true">${sorting.descending ? '▼' : '▲'}</span>` : nothing
            }
          </button>
        </div>`;
      })}
    </div>
  </div>`;
}
