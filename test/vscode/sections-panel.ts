/** Our panel in the workbench as a user reads it: the state it is in, the totals, the table. */
import type { FrameLocator, Locator } from 'playwright-core';
import { eventually } from './eventually.ts';
import type { Workbench } from './workbench.ts';

export const ATTACH_COMMAND = 'Section Leaks: Attach Section Monitor';
export const OPEN_COMMAND = 'Section Leaks: Open Sections Panel';

export interface ShownTotals {
  readonly sections: number;
  /** Exact, as the figure's tooltip says. */
  readonly unownedBytes: number;
}

export class SectionsPanel {
  readonly workbench: Workbench;
  readonly content: FrameLocator;

  constructor(workbench: Workbench) {
    this.workbench = workbench;
    this.content = workbench.webview;
  }

  /** The process that is shown, as `page_file_allocator (pid 4711)`. */
  get title(): Locator {
    return this.content.getByRole('heading', { level: 1 });
  }

  get status(): Locator {
    return this.content.locator('.headline .status');
  }

  /** Waits until the totals are such that `holds`, and gives them. */
  async totals(what: string, holds: (totals: ShownTotals) => boolean): Promise<ShownTotals> {
    await this.status.filter({ hasText: 'live' }).waitFor();
    return await eventually(
      what,
      async () => ({
        sections: numberIn(await this.#tile('Sections').locator('.value').innerText()),
        unownedBytes: numberIn(await this.#tile('Held by no view').locator('.value .figure').getAttribute('title')),
      }),
      holds,
    );
  }

  get table(): Locator {
    return this.content.locator('section-table');
  }

  get lines(): Locator {
    return this.table.getByRole('row');
  }

  #tile(title: string): Locator {
    return this.content.locator('.tile').filter({ has: this.content.locator('dt').getByText(title, { exact: true }) });
  }
}

/** The first number in the text: `402,653,184 bytes`. */
function numberIn(text: string | null): number {
  return Number(/[\d,]+/u.exec(text ?? '')?.[0].replaceAll(',', ''));
}
