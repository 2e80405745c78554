/**
 * The debugger type `lldb-dap`: the adapter's executable is told by the environment, since its name carries a version.
 */
'use strict';
const vscode = require('vscode');

exports.activate = (context) => {
  context.subscriptions.push(
    vscode.debug.registerDebugAdapterDescriptorFactory('lldb-dap', {
      createDebugAdapterDescriptor: () => new vscode.DebugAdapterExecutable(process.env.SECTION_LEAKS_LLDB_DAP),
    }),
  );
};
