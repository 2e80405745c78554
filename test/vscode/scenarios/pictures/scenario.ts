/** Pictures of the editor and of the panel for the documentation, in a dark, a light and a high contrast theme. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runSample } from '../../running-sample.ts';
import type { Scenario } from '../../scenario.ts';
import { ATTACH_COMMAND, SectionsPanel } from '../../sections-panel.ts';
import type { Theme, Workbench } from '../../workbench.ts';

const THEMES: readonly (readonly [Theme, string])[] = [
  ['Dark Modern', 'dark'],
  ['Light Modern', 'light'],
  ['Default High Contrast', 'high-contrast'],
];
const COUNT = 24;

export const scenario: Scenario = {
  title: 'Editor and panel in dark, light and high contrast themes, as pictures',
  run: async ({ workspace, open, pictures }) => {
    mkdirSync(pictures, { recursive: true });
    await using sample = await runSample(workspace, [
      '--count',
      `${COUNT}`,
      '--bytes',
      '16MiB',
      '--pause',
      '600',
      '--hold',
      '180',
    ]);
    // A project as a user has it: without the twins, which would be other sites of the same kind.
    for (const twin of ['c/page_file_allocator_fixed.c', 'csharp/PageFileAllocatorFixed', 'typescript']) {
      rmSync(join(workspace.folder, twin), { recursive: true, force: true });
    }
    const monitored = await open({
      file: join(workspace.folder, 'c', 'page_file_allocator.c'),
      line: 56,
      viewport: { width: 1280, height: 800 },
    });
    await monitored.squiggles.first().waitFor();
    await monitored.scrollDown(13);
    await monitored.page.keyboard.press('Control+b');
    await monitored.command(ATTACH_COMMAND);
    await monitored.pick(`${sample.pid}`, 'page_file_allocator');
    await new SectionsPanel(monitored).totals('all sections of the sample', ({ sections }) => sections === COUNT);

    await monitored.enlargePanel(130);

    const project = join(workspace.folder, 'csharp', 'PageFileAllocator');
    const edited = await open({
      folder: project,
      file: join(project, 'PageFileAllocator.cs'),
      line: 55,
      viewport: { width: 1180, height: 760 },
    });
    await edited.squiggles.first().waitFor();
    await edited.codeLenses.filter({ hasText: 'never disposed' }).first().waitFor();
    await edited.page.keyboard.press('Control+b');
    await edited.scrollDown(9);
    await edited.problems();

    for (const [theme, name] of THEMES) {
      await picture(edited, theme, join(pictures, `editor-${name}.png`), true);
      await picture(monitored, theme, join(pictures, `panel-${name}.png`), false);
    }
  },
};

async function picture(workbench: Workbench, theme: Theme, path: string, withHover: boolean): Promise<void> {
  await workbench.setTheme(theme);
  await workbench.page.mouse.move(0, 0);
  if (withHover) {
    const hover = await workbench.hover(workbench.squiggles.first());
    await hover.getByText('its memory then belongs to no process').first().waitFor();
  }
  await workbench.page.screenshot({ path, clip: await workbench.editorAndPanel() });
}
