/** The user debugs the TypeScript sample with VS Code's own debugger and attaches the section monitor to it. */
import { join } from 'node:path';
import { SAMPLE_ARGUMENTS, seeDebuggedSample } from '../../debugged-sample.ts';
import type { Scenario } from '../../scenario.ts';
import { linkKoffi, writeLaunchConfiguration } from '../../workspace.ts';

export const scenario: Scenario = {
  title: 'While js-debug debugs the TypeScript sample, the attached monitor shows what the sample says that it holds',
  run: async ({ workspace, open }) => {
    linkKoffi(workspace.folder);
    writeLaunchConfiguration(workspace.folder, {
      type: 'node',
      request: 'launch',
      name: 'TypeScript sample',
      program: join(workspace.folder, 'typescript', 'page-file-allocator.ts'),
      args: SAMPLE_ARGUMENTS,
      runtimeExecutable: process.execPath,
      console: 'internalConsole',
    });
    const workbench = await open();
    await workbench.openFile('page-file-allocator.ts', 38);
    await workbench.startDebugging();
    await seeDebuggedSample(workbench);
  },
};
