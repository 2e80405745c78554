/** Asks the client for the settings of each folder. */
import type { Connection } from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import type { LintSettings } from '../protocol.ts';
import { Folders } from './folders.ts';
import { isRecord, readSettings, SETTINGS_SECTION } from './settings.ts';

export class ClientSettings {
  readonly #connection: Connection;
  readonly #canAsk: boolean;
  readonly #report: (problem: string) => void;
  /** What a client that cannot be asked sent with its last notification. */
  #pushed: unknown;

  /** @param canAsk the client answers `workspace/configuration` */
  constructor(connection: Connection, canAsk: boolean, report: (problem: string) => void) {
    this.#connection = connection;
    this.#canAsk = canAsk;
    this.#report = report;
  }

  /** @param settings as `workspace/didChangeConfiguration` sends them: an object of sections */
  changed(settings: unknown): void {
    this.#pushed = isRecord(settings) ? settings[SETTINGS_SECTION] : undefined;
  }

  /** @param uris of the workspace's folders; those that are not on a disk are left out */
  async load(uris: readonly string[]): Promise<Folders> {
    const onDisk = uris.filter((uri) => URI.parse(uri).scheme === 'file');
    const [common, ...each] = await this.#ask([undefined, ...onDisk]);
    const folders = onDisk.map((uri, index) => ({
      path: URI.parse(uri).fsPath,
      settings: this.#read(each[index]),
    }));
    return new Folders(folders, this.#read(common));
  }

  async #ask(scopes: readonly (string | undefined)[]): Promise<readonly unknown[]> {
    if (!this.#canAsk) {
      return scopes.map(() => this.#pushed);
    }
    const answer: readonly unknown[] = await this.#connection.workspace.getConfiguration(
      scopes.map((scopeUri) => ({ section: SETTINGS_SECTION, ...(scopeUri === undefined ? {} : { scopeUri }) })),
    );
    return answer;
  }

  #read(sent: unknown): LintSettings {
    const { settings, problems } = readSettings(sent);
    problems.forEach(this.#report);
    return settings;
  }
}
