/** The C# sample is opened: everything that the editor says about its leak without being asked. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Scenario } from '../../scenario.ts';

const PROJECT = join('csharp', 'PageFileAllocator');
const LINE_OF_LEAK = 55;

export const scenario: Scenario = {
  title: 'An opened C# file shows its leak: squiggle, CodeLens, hover with the rule, Problems',
  run: async ({ workspace, open }) => {
    const folder = join(workspace.folder, PROJECT);
    const workbench = await open({ folder, file: join(folder, 'PageFileAllocator.cs'), line: LINE_OF_LEAK, column: 1 });
    await workbench.squiggles.first().waitFor();

    const lens = workbench.codeLenses.filter({ hasText: 'never disposed' }).first();
    await lens.waitFor();
    assert.match(await lens.innerText(), /kept in `allocated`/u);

    const hover = await workbench.hover(workbench.squiggles.first());
    await hover.getByText('its memory then belongs to no process').first().waitFor();
    const link = hover.getByRole('link', { name: 'section-outlives-view' }).first();
    await link.waitFor();

    const problems = await workbench.problems();
    const problem = problems.filter({ hasText: 'stays open after its view is disposed' }).first();
    await problem.waitFor();
    const label = (await problem.getAttribute('aria-label')) ?? '';
    assert.match(label, /section-leaks/u);
    assert.match(label, new RegExp(`line ${LINE_OF_LEAK}\\b`, 'u'));
  },
};
