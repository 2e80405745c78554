/** The user debugs the C sample with lldb-dap and attaches the section monitor to it from the palette. */
import { SAMPLE_ARGUMENTS, seeDebuggedSample } from '../../debugged-sample.ts';
import type { Scenario } from '../../scenario.ts';
import { compileCSample, writeLaunchConfiguration } from '../../workspace.ts';

export const scenario: Scenario = {
  title: 'While lldb-dap debugs the C sample, the attached monitor shows what the sample says that it holds',
  run: async ({ workspace, open }) => {
    writeLaunchConfiguration(workspace.folder, {
      type: 'lldb-dap',
      request: 'launch',
      name: 'C sample',
      program: compileCSample(workspace),
      args: SAMPLE_ARGUMENTS,
    });
    const workbench = await open();
    await workbench.openFile('page_file_allocator.c', 55);
    await workbench.startDebugging();
    await seeDebuggedSample(workbench);
  },
};
