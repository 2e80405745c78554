/** The debug adapter for several clients at once: each connection is a session of its own, from this machine only. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Platform, Refusal } from '../platforms/platform.ts';
import { MonitorSession } from './session.ts';

export interface Listening {
  readonly port: number;
  /** Ends every session, as if its client had gone. */
  close(): void;
}

/** @param port 0 for one that is free */
export async function serve(port: string, platform: Promise<Platform | Refusal>): Promise<Listening | Refusal> {
  const number = Number(port);
  if (!/^\d+$/u.test(port) || number > 65_535) {
    return { refusal: `--server=${port} is no port. Give a number from 1 to 65535, or 0 for one that is free.` };
  }
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => {
      sockets.delete(socket);
    });
    // A client that went away without a word: its session ends with the connection.
    socket.on('error', () => undefined);
    const session = new MonitorSession(platform, socket);
    session.setRunAsServer(true);
    session.start(socket, socket);
  });
  try {
    server.listen(number, '127.0.0.1');
    await once(server, 'listening');
  } catch (error) {
    return { refusal: listenFailure(number, error) };
  }
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.close();
      for (const socket of sockets) {
        socket.destroy();
      }
    },
  };
}

function listenFailure(port: number, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is in use by another program. Give another one, or --server=0 for one that is free.`;
    case 'EACCES':
      return `Port ${port} is for root only. Give one above 1023, or --server=0 for one that is free.`;
    default:
      return `Port ${port} cannot be listened on (${code}). Give another one, or --server=0 for one that is free.`;
  }
}
