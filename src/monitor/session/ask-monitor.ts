/**
 * One question to a section monitor that is started for it: what a process is, whether it may be watched, and what it
 * holds is the monitor's knowledge.
 */
import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { ProtocolClient } from '@vscode/debugadapter-testsupport/lib/protocolClient.js';
import {
  type ListedProcess,
  PROCESSES_REQUEST,
  type ProcessesResponseBody,
  SCAN_REQUEST,
  type ScanArguments,
  type ScanResponseBody,
} from '../protocol.ts';
import type { MonitorProgram } from './monitor-program.ts';

/** The processes of this machine. Rejects with a sentence where the monitor does not answer. */
export async function listProcesses(program: MonitorProgram): Promise<readonly ListedProcess[]> {
  return ((await ask(program, PROCESSES_REQUEST, {})) as ProcessesResponseBody).processes;
}

/**
 * Which processes hold sections whose bytes no view holds. Rejects with a sentence where the monitor does not answer.
 * @param stop ends the monitor with the question
 */
export async function scanProcesses(
  program: MonitorProgram,
  scan: ScanArguments,
  stop: AbortSignal,
): Promise<ScanResponseBody> {
  return (await ask(program, SCAN_REQUEST, scan, stop)) as ScanResponseBody;
}

async function ask(
  { command, args, env }: MonitorProgram,
  request: string,
  given: object,
  stop?: AbortSignal,
): Promise<unknown> {
  const monitor = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
  stop?.addEventListener('abort', () => monitor.kill(), { once: true });
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
      fail(new Error(`The section monitor ended before it answered (${how}). ${complaints.trim()}`.trim()));
    });
  });
  try {
    const client = new StreamClient(monitor.stdout, monitor.stdin);
    const response = await Promise.race([client.send(request, given), ended]);
    return response.body;
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
