/**
 * The debugger type `lldb-dap`: LLVM's own adapter as it is found on PATH. On Debian its name carries the version.
 */
'use strict';
const { existsSync } = require('node:fs');
const { delimiter, join } = require('node:path');
const vscode = require('vscode');

const NAMES = ['lldb-dap-19', 'lldb-dap'];

exports.activate = (context) => {
  context.subscriptions.push(
    vscode.debug.registerDebugAdapterDescriptorFactory('lldb-dap', {
      createDebugAdapterDescriptor: () => new vscode.DebugAdapterExecutable(adapter()),
    }),
  );
};

function adapter() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((file) => existsSync(file));
  if (found === undefined) {
    throw new Error(`None of ${NAMES.join(', ')} is on PATH: install LLDB.`);
  }
  return found;
}
