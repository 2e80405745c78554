/** Held by no view, allocated and the system's list over time. Each line can be hidden; the pointer reads values off. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import uPlot from 'uplot';
import { formatBytes } from '../../../sites/format-bytes.ts';
import { SERIES_IDS, type SeriesId } from '../layout.ts';
import type { TimePoint } from '../timeline.ts';
import { chartOptions, plottedData } from './chart-options.ts';
import { clockTime } from './figures.ts';

/** The user has chosen which lines are shown. */
export class SeriesToggled extends Event {
  readonly series: SeriesId;

  constructor(series: SeriesId) {
    super('series-toggled', { bubbles: true });
    this.series = series;
  }
}

@customElement('section-chart')
export class SectionChart extends LitElement {
  @property({ attribute: false }) accessor timeline: readonly TimePoint[] = [];
  @property({ attribute: false }) accessor hiddenSeries: readonly SeriesId[] = [];
  /** What the system's list is called on this system. */
  @property({ attribute: false }) accessor systemTitle = '';
  /** The point under the pointer. */
  @state() private accessor pointed: number | null = null;

  #plot: uPlot | null = null;
  readonly #resized = new ResizeObserver(() => {
    this.#plot?.setSize(this.#frameExtent());
  });
  /** VS Code changes the class and the style of the page when the user changes the theme. */
  readonly #themed = new MutationObserver(() => {
    this.#draw();
  });

  /** One page, one style sheet. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#themed.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
    this.#themed.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#themed.disconnect();
    this.#resized.disconnect();
    this.#plot?.destroy();
    this.#plot = null;
  }

  protected override render(): TemplateResult {
    const point = this.timeline[this.pointed ?? -1];
    return html`<figure class="chart" aria-label="Memory over time">
      <div class="plot" role="img" aria-label=${this.#inWords()}></div>
      ${point === undefined ? nothing : this.#readings(point)}
      <figcaption class="legend">${SERIES_IDS.map((series) => this.#legendEntry(series))}</figcaption>
    </figure>`;
  }

  protected override firstUpdated(): void {
    this.#draw();
    this.#resized.observe(this.#frame());
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('hiddenSeries') && changed.get('hiddenSeries') !== undefined) {
      this.#draw();
    } else if (changed.has('timeline')) {
      this.#plot?.setData(plottedData(this.timeline));
    }
  }

  #title(series: SeriesId): string {
    return { unowned: 'Held by no view', allocated: 'Allocated', system: this.systemTitle }[series];
  }

  /** In place of the line above, so that nothing moves while the pointer does. */
  #readings(point: TimePoint): TemplateResult {
    return html`<div class="readings" aria-hidden="true">
      ${clockTime(point.time)}
      ${SERIES_IDS.map((series) => html`<span class="reading ${series}">${reading(series, point)}</span>`)}
    </div>`;
  }

  #legendEntry(series: SeriesId): TemplateResult {
    const shown = !this.hiddenSeries.includes(series);
    return html`<button
      class="quiet series ${series}"
      aria-pressed=${shown ? 'true' : 'false'}
      title=${shown ? 'Hide this line' : 'Show this line'}
      @click=${() => this.dispatchEvent(new SeriesToggled(series))}
    >
      <span class="swatch" aria-hidden="true"></span>${this.#title(series)}
    </button>`;
  }

  #inWords(): string {
    const [first, last] = [this.timeline.at(0), this.timeline.at(-1)];
    if (first === undefined || last === undefined) {
      return 'No sample yet';
    }
    const lines = SERIES_IDS.map(
      (series) => `${this.#title(series)} from ${reading(series, first)} to ${reading(series, last)}`,
    );
    return `From ${clockTime(first.time)} to ${clockTime(last.time)}: ${lines.join('; ')}`;
  }

  /** Colours are part of uPlot's options: a new theme is a new plot. */
  #draw(): void {
    this.#plot?.destroy();
    const options = chartOptions(this, this.#frameExtent(), this.hiddenSeries, (index) => {
      this.pointed = index;
    });
    this.#plot = new uPlot(options, plottedData(this.timeline), this.#frame());
  }

  #frame(): HTMLElement {
    const frame = this.querySelector<HTMLElement>('.plot');
    if (frame === null) {
      throw new Error('the chart is drawn after its frame');
    }
    return frame;
  }

  #frameExtent(): { width: number; height: number } {
    const { clientWidth, clientHeight } = this.#frame();
    return { width: clientWidth, height: clientHeight };
  }
}

function reading(series: SeriesId, { unownedMin, unownedMax, allocated, system }: TimePoint): string {
  if (series === 'unowned') {
    return unownedMin === unownedMax
      ? formatBytes(unownedMax)
      : `${formatBytes(unownedMin)} – ${formatBytes(unownedMax)}`;
  }
  const bytes = series === 'allocated' ? allocated : system;
  return bytes === null ? 'not known' : formatBytes(bytes);
}
