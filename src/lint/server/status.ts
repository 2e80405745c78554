/** Tells the client how the server is, for its status item: each state once. */
import type { Connection } from 'vscode-languageserver/node';
import { STATUS_NOTIFICATION, type StatusParams } from '../protocol.ts';

export class StatusReporter {
  readonly #connection: Pick<Connection, 'sendNotification'>;
  #told = '';

  constructor(connection: Pick<Connection, 'sendNotification'>) {
    this.#connection = connection;
  }

  tell(status: StatusParams): void {
    const key = JSON.stringify(status);
    if (key !== this.#told) {
      this.#told = key;
      void this.#connection.sendNotification(STATUS_NOTIFICATION, status);
    }
  }
}
