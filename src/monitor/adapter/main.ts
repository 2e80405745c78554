/**
 * The section monitor's debug adapter: speaks the debug adapter protocol on standard input and output, or to several
 * clients of this machine with `--server=PORT`.
 */
import { parseArgs } from 'node:util';
import { openPlatform } from '../platforms/index.ts';
import { serve } from './server.ts';
import { MonitorSession } from './session.ts';

const platform = openPlatform();
const { server } = parseArgs({ options: { server: { type: 'string' } } }).values;

if (server === undefined) {
  serveStandardInput();
} else {
  void servePort(server);
}

function serveStandardInput(): void {
  const session = new MonitorSession(platform, process.stdout);
  process.on('SIGTERM', () => {
    session.shutdown();
  });
  // A client that is gone shows in the end of standard input.
  process.stdout.on('error', () => undefined);
  session.start(process.stdin, process.stdout);
}

async function servePort(port: string): Promise<void> {
  const listening = await serve(port, platform);
  if ('refusal' in listening) {
    process.stderr.write(`section-leaks: ${listening.refusal}\n`);
    process.exitCode = 2;
    return;
  }
  process.stderr.write(`section-leaks: the section monitor listens on 127.0.0.1:${listening.port}\n`);
  process.on('SIGTERM', () => {
    listening.close();
  });
}
