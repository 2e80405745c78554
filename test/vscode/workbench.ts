/**
 * The workbench in the browser as a user meets it: open a file, read what an editor shows, run a command, debug, look
 * into our panel. Selectors are those of VS Code 1.139; each wait has an end, so that a test fails with what was missing.
 */
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import type { CodeServer } from './code-server.ts';

export type Theme = 'Light Modern' | 'Dark Modern' | 'Default High Contrast';

export interface WorkbenchOptions {
  /** The folder to open, absolute. */
  readonly folder: string;
  /** A file to open in it, absolute; `line` and `column` count from 1. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** Folders of extensions under development. */
  readonly extensions: readonly string[];
  /** A module whose `run()` the extension host calls. */
  readonly tests?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
}

const DEFAULT_VIEWPORT = { width: 1280, height: 800 };
/** The first squiggle comes 6-9 s after the page on two cores. */
const PATIENCE_MS = 40_000;
/** Between editor and panel lie a few pixels, which are the edge to draw at. */
const EDGE_HALF = 2;
const PALETTE_MS = 4_000;
const MOST_ATTEMPTS = 8;
/** Entries that a list of quick fixes can have. */
const MOST_ACTIONS = 20;

/** The page of a workbench whose address asks for what `options` say. */
export function workbenchAddress(server: CodeServer, options: WorkbenchOptions): string {
  const remote = (path: string): string => `vscode-remote://${server.authority}${path}`;
  const payload: [string, string][] = [
    ['skipWelcome', 'true'],
    ...options.extensions.map((path): [string, string] => ['extensionDevelopmentPath', remote(path)]),
  ];
  if (options.tests !== undefined) {
    payload.push(['extensionTestsPath', remote(options.tests)]);
  }
  if (options.file !== undefined) {
    const at = options.line === undefined ? '' : `:${options.line}:${options.column ?? 1}`;
    payload.push(['openFile', `${remote(options.file)}${at}`], ['gotoLineMode', 'true']);
  }
  const query = new URLSearchParams({ folder: options.folder, payload: JSON.stringify(payload) });
  return `${server.url}/?${query.toString()}`;
}

export class Workbench implements AsyncDisposable {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  /** Opens a page with a state of its own and waits until the workbench stands. */
  static async open(browser: Browser, server: CodeServer, options: WorkbenchOptions): Promise<Workbench> {
    const context = await browser.newContext({ viewport: options.viewport ?? DEFAULT_VIEWPORT });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(workbenchAddress(server, options));
    await page.locator('.monaco-workbench .part.statusbar').waitFor();
    return new Workbench(page);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.page.context().close();
  }

  /** Runs a command of the palette by its whole title, as `Section Leaks: Attach Section Monitor`. */
  async command(title: string): Promise<void> {
    const row = this.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: title });
    for (let attempt = 1; ; attempt += 1) {
      await this.page.keyboard.press('F1');
      await this.page.locator('.quick-input-widget input[type=text]').fill(`>${title}`);
      try {
        await row.waitFor({ timeout: PALETTE_MS });
        break;
      } catch (error) {
        // A list that was opened before the extensions were known does not learn of their commands.
        if (attempt === MOST_ATTEMPTS) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
    await this.page.keyboard.press('Enter');
  }

  /** Opens a file of the folder by its name, and puts the cursor at the line. */
  async openFile(name: string, line = 1, column = 1): Promise<void> {
    await this.page.keyboard.press('Control+p');
    await this.page.locator('.quick-input-widget input[type=text]').fill(`${name}:${line}:${column}`);
    await this.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: name }).waitFor();
    await this.page.keyboard.press('Enter');
    await this.page.locator('.editor-group-container.active .tab.active', { hasText: name }).waitFor();
  }

  /**
   * Takes the entry of an open quick pick that this text finds, and whose row names `label`. It need not be the first one:
   * a process id may stand in the arguments of other processes too.
   */
  async pick(text: string, label: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input[type=text]');
    await this.page.locator('.quick-input-list .monaco-list-row').first().waitFor();
    await input.fill(text);
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: label }).filter({ hasText: text }).click();
  }

  get squiggles(): Locator {
    return this.page.locator('.monaco-editor .squiggly-warning, .monaco-editor .squiggly-error');
  }

  get codeLenses(): Locator {
    return this.page.locator('.monaco-editor .codelens-decoration');
  }

  /** Rests the mouse over something in the editor and gives the hover that appears. */
  async hover(over: Locator): Promise<Locator> {
    const box = await placeOf(over);
    // A squiggle lies behind the text: the mouse itself, not the element, has to come to rest there.
    await this.page.mouse.move(box.x + Math.min(box.width / 2, 40), box.y + box.height / 2, { steps: 4 });
    const hover = this.page.locator('.monaco-hover:not(.hidden) .hover-contents').first();
    await hover.waitFor();
    return this.page
      .locator('.monaco-hover:not(.hidden)')
      .filter({ has: this.page.locator('.hover-contents') })
      .first();
  }

  /** Opens the Problems view and gives its rows. */
  async problems(): Promise<Locator> {
    await this.command('Problems: Focus on Problems View');
    return this.page.locator('.markers-panel-container [role=treeitem]');
  }

  /** Opens the list of quick fixes at the cursor by keyboard and takes the one with this text. */
  async quickFix(title: string | RegExp): Promise<void> {
    await this.page.keyboard.press('Control+.');
    const row = this.page.locator('.action-widget .monaco-list-row', { hasText: title }).first();
    await row.waitFor();
    for (let step = 0; step < MOST_ACTIONS; step += 1) {
      if (/\bfocused\b/u.test((await row.getAttribute('class')) ?? '')) break;
      await this.page.keyboard.press('ArrowDown');
    }
    await this.page.keyboard.press('Enter');
    await this.page.locator('.action-widget .monaco-list-row').first().waitFor({ state: 'hidden' });
  }

  /** The lines of the active editor that are on the screen, as text. */
  async visibleText(): Promise<string> {
    const lines = await this.page.locator('.editor-group-container.active .view-lines .view-line').all();
    const placed = await Promise.all(
      lines.map(async (line): Promise<[number, string]> => {
        const top = /top:\s*(\d+)px/u.exec((await line.getAttribute('style')) ?? '')?.[1];
        return [Number(top), await line.innerText()];
      }),
    );
    return textOfLines(placed);
  }

  /** The document inside the webview that is on the screen. */
  get webview(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  /** Starts the first launch configuration of the folder and waits for its tool bar. */
  async startDebugging(): Promise<void> {
    await this.page.keyboard.press('F5');
    await this.page.locator('.debug-toolbar').waitFor();
  }

  /** What the Debug Console shows: the newest lines, as far as there is room for them. */
  get debugConsole(): Locator {
    return this.page.locator('.repl .monaco-list-rows');
  }

  /** Scrolls the focused editor by lines; the cursor stays where it is. */
  async scrollDown(lines: number): Promise<void> {
    for (let line = 0; line < lines; line += 1) {
      await this.page.keyboard.press('Control+ArrowDown');
    }
  }

  /** Draws the edge between editor and panel upwards. */
  async enlargePanel(pixels: number): Promise<void> {
    const { x, y, width } = await placeOf(this.page.locator('.part.panel'));
    const [middle, edge] = [x + width / 2, y - EDGE_HALF];
    await this.page.mouse.move(middle, edge);
    await this.page.mouse.down();
    await this.page.mouse.move(middle, edge - pixels, { steps: 5 });
    await this.page.mouse.up();
  }

  /** Where editor and panel are on the page, without what stands around them. */
  async editorAndPanel(): Promise<Place> {
    const editor = await placeOf(this.page.locator('.part.editor'));
    const panel = await placeOf(this.page.locator('.part.panel'));
    return { ...editor, height: panel.y + panel.height - editor.y };
  }

  async setTheme(theme: Theme): Promise<void> {
    await this.page.keyboard.press('Control+k');
    await this.page.keyboard.press('Control+t');
    await this.page.locator('.quick-input-widget input[type=text]').fill(theme);
    await this.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: theme }).waitFor();
    await this.page.keyboard.press('Enter');
    await this.page.locator(`.monaco-workbench.${THEME_CLASS[theme]}`).waitFor();
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

async function placeOf(shown: Locator): Promise<Place> {
  const place = await shown.boundingBox();
  if (place === null) {
    throw new Error('It is not on the screen.');
  }
  return place;
}

const THEME_CLASS: Readonly<Record<Theme, string>> = {
  'Light Modern': 'vs',
  'Dark Modern': 'vs-dark',
  'Default High Contrast': 'hc-black',
};

/** By their place on the screen: the editor keeps them in any order. */
function textOfLines(placed: readonly [number, string][]): string {
  return placed
    .toSorted(([above], [below]) => above - below)
    .map(([, text]) => text.replaceAll('\u00a0', ' '))
    .join('\n');
}
