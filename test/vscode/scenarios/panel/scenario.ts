/** The panel from its empty state to a watched process that nobody debugs, by keyboard, hidden and shown again. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { eventually } from '../../eventually.ts';
import { runSample } from '../../running-sample.ts';
import type { Scenario } from '../../scenario.ts';
import { OPEN_COMMAND, SectionsPanel } from '../../sections-panel.ts';
import type { Workbench } from '../../workbench.ts';

const COUNT = 6;
const BYTES = 2 * 1024 * 1024;
const ALL_HELD = { sections: COUNT, unownedBytes: COUNT * BYTES };

export const scenario: Scenario = {
  title: 'The panel says what to do when empty, fills for a found process, serves the keyboard and survives hiding',
  run: async ({ workspace, open }) => {
    await using sample = await runSample(workspace, [
      '--count',
      `${COUNT}`,
      '--bytes',
      `${BYTES}`,
      '--pause',
      '20',
      '--hold',
      '120',
    ]);
    const workbench = await open();
    await workbench.command(OPEN_COMMAND);
    const panel = new SectionsPanel(workbench);
    await panel.content.getByRole('heading', { name: 'No process attached' }).waitFor();
    await panel.content.getByRole('button', { name: 'Attach Section Monitor' }).waitFor();

    // Found by what it holds: the list says how much, and picking it attaches.
    await panel.content.getByRole('button', { name: 'Find processes that hold unowned sections' }).click();
    await workbench.pick(`${sample.pid}`, 'MiB held by no view');
    await panel.title.filter({ hasText: `(pid ${sample.pid})` }).waitFor();
    const isAll = ({ sections, unownedBytes }: typeof ALL_HELD): boolean =>
      sections === ALL_HELD.sections && unownedBytes === ALL_HELD.unownedBytes;
    assert.deepEqual(await panel.totals('what the sample holds', isAll), ALL_HELD);

    await walkTheTable(workbench, panel);
    assert.deepEqual(await complaintsOfAxe(workbench), []);

    await workbench.page.keyboard.press('Control+j');
    await workbench.page.locator('iframe.webview.ready').waitFor({ state: 'hidden' });
    await workbench.command(OPEN_COMMAND);
    assert.deepEqual(await panel.totals('the same after it was hidden', isAll), ALL_HELD);
  },
};

/** Sorts by a heading and goes down a line with the arrow key. */
async function walkTheTable(workbench: Workbench, panel: SectionsPanel): Promise<void> {
  const heading = panel.table.getByRole('columnheader').filter({ hasText: 'Allocated' });
  await heading.getByRole('button').click();
  await eventually(
    'the order',
    () => heading.getAttribute('aria-sort'),
    (order) => order !== 'none' && order !== null,
  );
  const current = panel.table.locator('.line[tabindex="0"]');
  await current.focus();
  const before = await current.getAttribute('aria-rowindex');
  await workbench.page.keyboard.press('ArrowDown');
  await eventually(
    'the next line',
    () => current.getAttribute('aria-rowindex'),
    (index) => index !== before,
  );
}

/** Ids of what axe-core finds wrong in the panel's own document. */
async function complaintsOfAxe(workbench: Workbench): Promise<readonly string[]> {
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  for (const frame of workbench.page.frames()) {
    if ((await frame.evaluate('document.querySelector("section-table") !== null')) !== true) continue;
    await frame.evaluate(axe);
    const found: unknown = await frame.evaluate('axe.run().then(({ violations }) => violations.map(({ id }) => id))');
    return found as readonly string[];
  }
  throw new Error('No frame of the page holds the panel.');
}
