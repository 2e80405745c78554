/** A leak on one path of the C sample is mended from the keyboard alone. */
import assert from 'node:assert/strict';
import { eventually } from '../../eventually.ts';
import type { Scenario } from '../../scenario.ts';

const LINE_OF_LEAK = 83;

export const scenario: Scenario = {
  title: 'A quick fix taken by keyboard closes the section before the return that leaks it',
  run: async ({ open }) => {
    const workbench = await open();
    await workbench.openFile('page_file_allocator.c', LINE_OF_LEAK, 17);
    const squiggles = workbench.squiggles;
    await squiggles.first().waitFor();
    const before = await squiggles.count();

    await workbench.quickFix(/close\(board\)/u);

    await eventually(
      'the squiggle to go',
      () => squiggles.count(),
      (count) => count < before,
    );
    assert.match(await workbench.visibleText(), /!= 0\) \{\s+close\(board\);\s+return -1;/u);
  },
};
