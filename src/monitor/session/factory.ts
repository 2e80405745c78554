/**
 * The debug type `section-monitor` in VS Code: starts the adapter as a process of its own, and makes launch
 * configurations complete, so that launch.json can attach to a process that the user is asked for.
 */
import * as vscode from 'vscode';
import { DEBUG_TYPE } from '../protocol.ts';
import { monitorProgram } from './monitor-program.ts';

export function activateMonitorDebugger(context: vscode.ExtensionContext): void {
  const { command, args, env } = monitorProgram(context.extensionPath);
  context.subscriptions.push(
    vscode.debug.registerDebugAdapterDescriptorFactory(DEBUG_TYPE, {
      createDebugAdapterDescriptor: () => new vscode.DebugAdapterExecutable(command, [...args], { env }),
    }),
    vscode.debug.registerDebugConfigurationProvider(DEBUG_TYPE, new MonitorConfigurations()),
  );
}

class MonitorConfigurations implements vscode.DebugConfigurationProvider {
  resolveDebugConfiguration(
    _folder: vscode.WorkspaceFolder | undefined,
    configuration: Partial<vscode.DebugConfiguration>,
  ): vscode.DebugConfiguration {
    // What is given where there is no launch.json is empty.
    const { type = DEBUG_TYPE, request = 'attach', name = 'Watch the sections of a process' } = configuration;
    return {
      // The panel is where the user looks: the debug console would cover it.
      ...(request === 'attach' ? { internalConsoleOptions: 'neverOpen', pid: '${command:PickProcess}' } : {}),
      ...configuration,
      type,
      request,
      name,
    };
  }

  resolveDebugConfigurationWithSubstitutedVariables(
    _folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ): vscode.DebugConfiguration | null {
    if (configuration.request !== 'attach') {
      return configuration;
    }
    const pid = Number(configuration.pid);
    if (Number.isSafeInteger(pid) && pid > 0) {
      return { ...configuration, pid };
    }
    void vscode.window.showErrorMessage(
      `Launch configuration "${configuration.name}": pid is not the id of a process. Give a number, or ` +
        '"${command:PickProcess}" to be asked.',
    );
    // Opens launch.json.
    return null;
  }
}
