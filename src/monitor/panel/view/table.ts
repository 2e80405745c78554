/**
 * The virtual table of sections, a tree grid of lines: one tab stop, arrow keys between lines, Left and Right close
 * and open groups, Enter opens the allocation site. Only the lines in sight are on the page, and the current one, so
 * that it keeps the focus wherever it goes.
 */
import { defaultRangeExtractor, VirtualizerController } from '@tanstack/lit-virtual';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { COLUMNS, fittingColumns } from '../columns.ts';
import { type ColumnId, DEFAULT_LAYOUT, type PanelLayout, toggled } from '../layout.ts';
import { sitesOf, type Table, type TableLine } from '../table-model.ts';
import { send } from './host.ts';
import { type LineMove, lineMove, movedTo } from './line-moves.ts';
import { Arranged, SectionSelected } from './table-events.ts';
import { tableHead } from './table-head.ts';
import { tableLine } from './table-line.ts';

/** Pixels; the style sheet has the same. */
const LINE_HEIGHT = 22;
const HEAD_HEIGHT = 24;

/** The table's own padding and its scroll bar. */
const MARGINS = 24;

@customElement('section-table')
export class SectionTable extends LitElement {
  @property({ attribute: false }) accessor table: Table = { lines: [], passing: 0, all: 0 };
  @property({ attribute: false }) accessor layout: PanelLayout = DEFAULT_LAYOUT;
  /** The line with the tab stop: its key while it is there, else whatever has come to its place. */
  @state() private accessor currentKey: string | null = null;
  @state() private accessor columns: readonly ColumnId[] = [];

  #currentIndex = 0;
  #width = 0;
  #holdsFocus = false;
  readonly #virtual = new VirtualizerController<HTMLElement, HTMLElement>(this, {
    count: 0,
    getScrollElement: () => this.querySelector<HTMLElement>('.grid'),
    estimateSize: () => LINE_HEIGHT,
    scrollMargin: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
    overscan: 8,
    rangeExtractor: (range) => withIndex(defaultRangeExtractor(range), this.#currentIndex),
  });
  readonly #resized = new ResizeObserver(() => {
    this.#fit();
  });

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('layout')) {
      this.#fit();
    }
    this.#keepCurrent();
    this.#holdsFocus = document.activeElement?.closest('section-table .line') != null;
    const virtualizer = this.#virtual.getVirtualizer();
    virtualizer.setOptions({ ...virtualizer.options, count: this.table.lines.length });
  }

  protected override render(): TemplateResult {
    const { lines } = this.table;
    const virtualizer = this.#virtual.getVirtualizer();
    const items = virtualizer.getVirtualItems().filter(({ index }) => index < lines.length);
    return html`<div
      class="grid"
      role="treegrid"
      aria-label="Sections"
      aria-rowcount=${lines.length + 1}
      aria-colcount=${this.columns.length}
      .style=${`--columns: ${templateOf(this.columns)}`}
      @keydown=${this.#keyPressed}
    >
      ${tableHead(this.columns, this.layout.sorting, (sorting) => this.dispatchEvent(new Arranged({ sorting })))}
      <div role="rowgroup" class="lines" .style=${`height: ${virtualizer.getTotalSize()}px`}>
        ${repeat(
          items,
          ({ index }) => lines[index]?.key,
          ({ index, start }) => {
            const line = lines[index];
            return line === undefined
              ? nothing
              : tableLine(line, {
                  columns: this.columns,
                  grouping: this.layout.grouping,
                  index,
                  top: start - HEAD_HEIGHT,
                  current: index === this.#currentIndex,
                  choose: () => {
                    this.#choose(index);
                  },
                  reveal: () => {
                    this.#reveal(line, true);
                  },
                });
          },
        )}
      </div>
      ${lines.length === 0 ? html`<p class="no-lines">${this.#whyEmpty()}</p>` : nothing}
    </div>`;
  }

  protected override updated(): void {
    // The line with the focus has gone: the one in its place takes it.
    if (this.#holdsFocus && document.activeElement === document.body) {
      this.#focusCurrent();
    }
  }

  #whyEmpty(): string {
    return this.table.all === 0 ? 'The program holds no sections now.' : 'No section passes the filter.';
  }

  /** By the mouse: a group opens or closes, a section shows its allocation site. */
  #choose(index: number): void {
    const line = this.table.lines[index];
    this.#makeCurrent(index);
    if (line?.type === 'group') {
      this.#toggle(line.key);
    } else if (line !== undefined) {
      this.#reveal(line, true);
    }
  }

  readonly #keyPressed = (event: KeyboardEvent): void => {
    const line = this.table.lines[this.#currentIndex];
    if (line === undefined || !(event.target instanceof Element) || !event.target.classList.contains('line')) {
      return;
    }
    const move = lineMove(event.key, line);
    if (move !== null) {
      event.preventDefault();
      this.#move(move, line);
    }
  };

  #move(move: LineMove, line: TableLine): void {
    switch (move) {
      case 'toggle':
        this.#toggle(line.key);
        break;
      case 'reveal':
        this.#reveal(line, false);
        break;
      default: {
        const page = Math.max(
          1,
          Math.floor((this.#virtual.getVirtualizer().scrollRect?.height ?? 0) / LINE_HEIGHT) - 2,
        );
        const index = movedTo(move, this.#currentIndex, this.table.lines, page);
        this.#makeCurrent(index);
        this.#virtual.getVirtualizer().scrollToIndex(index);
      }
    }
  }

  #toggle(key: string): void {
    this.dispatchEvent(new Arranged({ toggledGroups: toggled(this.layout.toggledGroups, key) }));
  }

  #reveal(line: TableLine, keepFocus: boolean): void {
    const sites = sitesOf(line);
    if (sites.length > 0) {
      send({ type: 'reveal', sites, keepFocus });
    }
  }

  /** And the one with the focus, once it is on the page. */
  #makeCurrent(index: number): void {
    const line = this.table.lines[index];
    this.#currentIndex = index;
    this.currentKey = line?.key ?? null;
    this.dispatchEvent(new SectionSelected(line?.type === 'section' ? line.key : null));
    void this.updateComplete.then(() => {
      this.#focusCurrent();
    });
  }

  /** Lines come, go and change places: the current one is followed. */
  #keepCurrent(): void {
    const { lines } = this.table;
    const index = this.currentKey === null ? 0 : lines.findIndex(({ key }) => key === this.currentKey);
    this.#currentIndex = index >= 0 ? index : Math.max(0, Math.min(this.#currentIndex, lines.length - 1));
    if (index < 0) {
      this.currentKey = lines[this.#currentIndex]?.key ?? null;
    }
  }

  #focusCurrent(): void {
    this.querySelector<HTMLElement>('.line[tabindex="0"]')?.focus({ preventScroll: true });
  }

  #fit(): void {
    this.#width = this.clientWidth - MARGINS;
    const columns = fittingColumns(this.layout.hiddenColumns, this.#width);
    if (columns.join() !== this.columns.join()) {
      this.columns = columns;
    }
  }
}

function withIndex(indexes: number[], index: number): number[] {
  return indexes.includes(index) ? indexes : [...indexes, index].sort((a, b) => a - b);
}

function templateOf(columns: readonly ColumnId[]): string {
  return columns.map((id) => (id === 'section' ? 'minmax(0, 1fr)' : `${COLUMNS[id].width}px`)).join(' ');
}
