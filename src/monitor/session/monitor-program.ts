/** How the section monitor's debug adapter is started: its bundle, run by the extension host's own Node. */
import { join } from 'node:path';

export interface MonitorProgram {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export function monitorProgram(extensionPath: string): MonitorProgram {
  return {
    command: process.execPath,
    args: [join(extensionPath, 'dist', 'monitor.cjs')],
    // In a desktop VS Code the extension host's program is Electron, which is a plain Node only when told so.
    env: { ELECTRON_RUN_AS_NODE: '1' },
  };
}
