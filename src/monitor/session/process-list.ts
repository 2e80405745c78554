/**
 * The processes of this machine, asked from a section monitor that is started for this one question: what a process is
 * and whether it may be watched is the monitor's knowledge.
 */
import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { ProtocolClient } from '@vscode/debugadapter-testsupport/lib/protocolClient.js';
import { type ListedProcess, PROCESSES_REQUEST, type ProcessesResponseBody } from '../protocol.ts';
import type { MonitorProgram } from './monitor-program.ts';

/** Rejects with a sentence where the monitor does not answer. */
export async function listProcesses({ command, args, env }: MonitorProgram): Promise<readonly ListedProcess[]> {
  const monitor = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
  let complaints = '';
  monitor.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  // What cannot be written to a monitor that is gone is told by its end.
  monitor.stdin.on('error', () => undefined);
  const ended = new Promise<never>((_, fail) => {
    monitor.on('error', (error) => {
      fail(new Error(`The section monitor cannot be started (${error.message}). Reinstall the extension.`));
    });
    monitor.on('close', (code, signal) => {
      const how = signal === null ? `code ${code ?? 'unknown'}` : `signal ${signal}`;
      fail(new Error(`The section monitor ended before it listed the processes (${how}). ${complaints.trim()}`.trim()));
    });
  });
  try {
    const client = new StreamClient(monitor.stdout, monitor.stdin);
    const response = await Promise.race([client.send(PROCESSES_REQUEST), ended]);
    return (response.body as ProcessesResponseBody).processes;
  } finally {
    monitor.kill();
  }
}

class StreamClient extends ProtocolClient {
  constructor(readable: Readable, writable: Writable) {
    super();
    this.connect(readable, writable);
  }
}
