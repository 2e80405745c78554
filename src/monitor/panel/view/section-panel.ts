/** The root of the page: shows the model, passes on what the user does, asks for everything when something was missed. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { toggled, type PanelLayout } from '../layout.ts';
import { PanelModel } from '../panel-model.ts';
import type { SampleSummary } from '../../session/samples.ts';
import './chart.ts';
import type { SeriesToggled } from './chart.ts';
import { details } from './details.ts';
import { sentence } from './figures.ts';
import { headline } from './headline.ts';
import { receive, send } from './host.ts';
import { nothingWatched, watchEnded, watchStarts } from './states.ts';
import './table.ts';
import type { Arranged, SectionSelected } from './table-events.ts';
import { systemListTitle, tiles } from './tiles.ts';
import { toolbar } from './toolbar.ts';

@customElement('section-panel')
export class SectionPanel extends LitElement {
  readonly #model = new PanelModel();
  @state() private accessor selected: string | null = null;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    receive((message) => {
      if (this.#model.receive(message) === 'gap') {
        send({ type: 'ready' });
      }
      this.requestUpdate();
    });
    send({ type: 'ready' });
  }

  protected override render(): TemplateResult {
    const { shown, summary } = this.#model;
    if (shown === null) {
      return nothingWatched();
    }
    const line = headline(shown, this.#model.watches, summary?.unreadable ?? []);
    return html`${line}
      <main class="watched">
        ${watchEnded(shown)} ${shown.status.kind === 'starting' ? watchStarts(shown) : nothing}
        ${summary === null ? nothing : html`${tiles(summary)} ${this.#figures(summary)}`}
      </main>`;
  }

  #figures({ growth, memory }: SampleSummary): TemplateResult {
    const { layout, table, timeline } = this.#model;
    const selected = this.#model.row(this.selected ?? '');
    return html`<div class="figures">
      <div class="over-time">
        <p class="verdict ${growth.trend}">${sentence(growth.verdict)}</p>
        ${growth.notes.map((note) => html`<p class="verdict-note">${sentence(note)}</p>`)}
        <section-chart
          .timeline=${timeline}
          .hiddenSeries=${layout.hiddenSeries}
          .systemTitle=${systemListTitle(memory.modified !== undefined)}
          @series-toggled=${({ series }: SeriesToggled) => {
            this.#arrange({ hiddenSeries: toggled(layout.hiddenSeries, series) });
          }}
        ></section-chart>
        ${selected === undefined ? nothing : details(selected)}
      </div>
      <div class="sections">
        ${toolbar(layout, table, (change) => {
          this.#arrange(change);
        })}
        <section-table
          .table=${table}
          .layout=${layout}
          @arranged=${({ change }: Arranged) => {
            this.#arrange(change);
          }}
          @section-selected=${({ section }: SectionSelected) => {
            this.selected = section;
          }}
        ></section-table>
      </div>
    </div>`;
  }

  #arrange(change: Partial<PanelLayout>): void {
    this.#model.arrange(change);
    send({ type: 'layout', layout: this.#model.layout });
    this.requestUpdate();
  }
}
