/**
 * The panel's page as bundled, in a plain browser: the provider's own page and policy, served over loopback, with the
 * test in the provider's place.
 */
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { basename, extname, join } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { findChromium } from '../../scripts/setup/programs.ts';
import { panelPage } from '../../src/monitor/panel/page.ts';
import type { FromView, ToView } from '../../src/monitor/panel/protocol.ts';

const DIST = join(import.meta.dirname, '..', '..', 'dist');
const CONTENT_TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css' };

/** What VS Code gives a webview; the page's messages are kept for the test. */
const WEBVIEW_API = `
  globalThis.sentToProvider = [];
  globalThis.acquireVsCodeApi = () => ({ postMessage: (message) => { sentToProvider.push(message); } });
`;

export class PanelBrowser implements AsyncDisposable {
  readonly #server: Server;
  readonly #browser: Browser;

  private constructor(server: Server, browser: Browser) {
    this.#server = server;
    this.#browser = browser;
  }

  static async start(): Promise<PanelBrowser> {
    const executablePath = findChromium();
    if (executablePath === undefined) {
      throw new Error('There is no Chromium on PATH; on Debian `apt-get install chromium`.');
    }
    const server = createServer((request, response) => {
      const path = request.url ?? '/';
      if (path === '/') {
        response.setHeader('content-type', 'text/html');
        response.end(panelPage({ script: '/panel.js', style: '/panel.css', styleSource: "'self'" }));
        return;
      }
      readFile(join(DIST, basename(path))).then(
        (content) => {
          response.setHeader('content-type', CONTENT_TYPES[extname(path)] ?? 'application/octet-stream');
          response.end(content);
        },
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
    return new PanelBrowser(server, browser);
  }

  async open(viewport: { readonly width: number; readonly height: number }): Promise<PanelPage> {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') {
      throw new Error('The server has no port.');
    }
    const page = await this.#browser.newPage({ viewport });
    const panel = new PanelPage(page);
    await page.addInitScript(WEBVIEW_API);
    await page.goto(`http://127.0.0.1:${address.port}/`);
    await panel.sent((message) => message.type === 'ready');
    return panel;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close();
    this.#server.close();
  }
}

export class PanelPage {
  readonly page: Page;
  /** Errors of scripts, and what the content security policy has refused. */
  readonly complaints: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.location().url.endsWith('favicon.ico')) {
        this.complaints.push(message.text());
      }
    });
  }

  get lines(): Locator {
    return this.page.locator('.line');
  }

  get focused(): Locator {
    return this.page.locator(':focus');
  }

  async post(message: ToView): Promise<void> {
    await this.page.evaluate(`window.postMessage(${JSON.stringify(message)}, '*')`);
  }

  /** Waits for a message of the page, those that it has sent before included. */
  async sent(matches: (message: FromView) => boolean): Promise<FromView> {
    for (;;) {
      const messages = await this.page.evaluate<readonly FromView[]>('sentToProvider');
      const found = messages.findLast(matches);
      if (found !== undefined) {
        return found;
      }
      await this.page.waitForFunction(`sentToProvider.length > ${messages.length}`);
    }
  }
}
