import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { DEFAULT_LAYOUT, type PanelLayout } from '../../src/monitor/panel/layout.ts';
import type { ToView, WatchLabel, WatchStatus } from '../../src/monitor/panel/protocol.ts';
import { timePoint } from '../../src/monitor/panel/timeline.ts';
import type { SectionRecord } from '../../src/monitor/section.ts';
import { difference, full, MIB, section, site, summary } from '../unit/panel/records.ts';
import { PanelBrowser, type PanelPage } from './panel-page.ts';

const WIDE = { width: 1280, height: 320 };
const NARROW = { width: 300, height: 800 };
const KNOWN = site(60, {
  finding: { rule: 'section-outlives-view', message: 'It stays open.', summary: 'never closed: kept in `allocated`' },
});

function label(status: WatchStatus): WatchLabel {
  return { id: 'w', name: 'PageFileAllocator', pid: 4711, status };
}

function show(
  sections: readonly SectionRecord[],
  status: WatchStatus = { kind: 'live' },
  layout: Partial<PanelLayout> = {},
): ToView {
  const shown = {
    ...label(status),
    sample: full(3, sections),
    timeline: [timePoint(summary(2)), timePoint(summary(3))],
  };
  return {
    type: 'show',
    layout: { ...DEFAULT_LAYOUT, ...layout },
    watches: [label(status)],
    shown,
    sites: [KNOWN],
  };
}

function sections(count: number): readonly SectionRecord[] {
  return Array.from({ length: count }, (_, index) =>
    section(String(index).padStart(6, '0'), { unownedBytes: { min: 0, max: (count - index) * 4096 } }),
  );
}

const NOTHING: ToView = { type: 'show', layout: DEFAULT_LAYOUT, watches: [], shown: null, sites: [] };
const RUNTIME = section('r', { kind: 'runtime', name: 'doublemapper' });
const UNKNOWN = section('u', {
  name: null,
  maker: null,
  allocatedBytes: null,
  unownedBytes: { min: 0, max: MIB },
  how: 'three processes could not be read',
});

describe("the panel's page", () => {
  let browser: PanelBrowser;
  let panel: PanelPage;

  before(async () => {
    browser = await PanelBrowser.start();
  });

  after(async () => {
    await browser[Symbol.asyncDispose]();
  });

  beforeEach(async () => {
    panel = await browser.open(WIDE);
  });

  afterEach(async () => {
    const { complaints } = panel;
    await panel.page.close();
    assert.deepEqual(complaints, []);
  });

  it('offers to attach while nothing is watched', async () => {
    await panel.post(NOTHING);
    await panel.page.getByRole('button', { name: 'Attach Section Monitor' }).click();
    await panel.sent(({ type }) => type === 'attach');
  });

  it('offers to find the process', async () => {
    await panel.post(NOTHING);
    await panel.page.getByRole('button', { name: 'Find processes that hold unowned sections' }).click();
    await panel.sent(({ type }) => type === 'find');
  });

  it('shows the process, the totals with their exact bytes, and the sections by site', async () => {
    await panel.post(show([...sections(2), UNKNOWN, RUNTIME]));
    await panel.page.getByRole('heading', { name: 'PageFileAllocator (pid 4711)' }).waitFor();
    const total = panel.page.locator('.tile.unowned .figure');
    assert.equal(await total.innerText(), '16.0 MiB');
    assert.equal(await total.getAttribute('title'), '16,777,216 bytes.');
    assert.deepEqual(await panel.lines.locator('> :first-child').allInnerTexts(), [
      'Site not known\n1',
      'nameless',
      'Page File.cs:60 Allocate\n2\nlint: never closed: kept in `allocated`',
      'dotnet_000000',
      'dotnet_000001',
      "The runtime's own\n1",
    ]);
  });

  it('says why a figure is not known, and why it is a range', async () => {
    await panel.post(show([UNKNOWN], { kind: 'live' }, { grouping: 'none' }));
    const line = panel.lines.first();
    const unknown = line.locator('.unknown');
    assert.equal(await unknown.getAttribute('title'), 'the system does not tell how many of its pages exist');
    assert.match((await unknown.textContent()) ?? '', /not known: the system does not tell/u);
    const range = line.getByText('0 bytes – 1.0 MiB');
    assert.equal(await range.getAttribute('title'), '0 bytes – 1,048,576 bytes. Three processes could not be read.');
  });

  it('asks for everything when it has missed a sample', async () => {
    await panel.post(show(sections(1)));
    await panel.lines.first().waitFor();
    await panel.page.evaluate('sentToProvider.length = 0');
    await panel.post({ type: 'sample', sample: difference(9, []) });
    await panel.sent(({ type }) => type === 'ready');
  });

  it('sorts by its headers and tells it to the provider', async () => {
    await panel.post(show(sections(3), { kind: 'live' }, { grouping: 'none' }));
    const header = panel.page.getByRole('columnheader', { name: 'Held by no view' });
    assert.equal(await header.getAttribute('aria-sort'), 'descending');
    await header.getByRole('button').click();
    const message = await panel.sent(({ type }) => type === 'layout');
    assert.ok(message.type === 'layout');
    assert.deepEqual(message.layout.sorting, { column: 'unowned', descending: false });
    assert.equal(await header.getAttribute('aria-sort'), 'ascending');
    assert.match(await panel.lines.first().innerText(), /^dotnet_000002/u);
  });

  it('is moved through by keys, and Enter opens the site', async () => {
    await panel.post(show(sections(3)));
    const { page, focused } = panel;
    await panel.lines.first().focus();
    const walk: [key: string, row: string][] = [
      ['ArrowDown', '3'],
      ['End', '5'],
      ['ArrowUp', '4'],
      ['ArrowLeft', '2'],
      ['ArrowRight', '3'],
      ['Home', '2'],
    ];
    for (const [key, row] of walk) {
      await page.keyboard.press(key);
      await page.locator(`.line[aria-rowindex="${row}"]:focus`).waitFor();
    }
    await page.keyboard.press('ArrowLeft');
    await page.locator('.line[aria-expanded="false"]').waitFor();
    assert.equal(await panel.lines.count(), 1);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    assert.equal(await focused.getAttribute('aria-level'), '2');
    await page.keyboard.press('Enter');
    assert.deepEqual(await panel.sent(({ type }) => type === 'reveal'), {
      type: 'reveal',
      sites: [KNOWN],
      keepFocus: false,
    });
  });

  it('keeps the focus on a section that changes its place, and on the place of one that goes', async () => {
    await panel.post(show(sections(3), { kind: 'live' }, { grouping: 'none' }));
    await panel.lines.nth(1).click();
    await panel.page.locator('.line:focus', { hasText: 'dotnet_000001' }).waitFor();
    const grown = section('000001', { unownedBytes: { min: 0, max: MIB } });
    await panel.post({ type: 'sample', sample: difference(4, [grown]) });
    await panel.page.locator('.line[aria-rowindex="2"]:focus', { hasText: 'dotnet_000001' }).waitFor();
    await panel.post({ type: 'sample', sample: difference(5, [], ['000001']) });
    await panel.page.locator('.line[aria-rowindex="2"]:focus', { hasText: 'dotnet_000000' }).waitFor();
  });

  it('holds 100,000 sections with few lines on the page', async () => {
    await panel.post(show([]));
    // Made over there: the browser's driver would take longer for the message than the page for all of it.
    const message = JSON.stringify(full(4, sections(1)));
    await panel.page.evaluate(
      `const sample = ${message};
      const [pattern] = sample.sections;
      const numbered = Array.from({ length: 100000 }, (_, index) => ({ ...pattern, id: 'x' + index, name: 'n' + index }));
      window.postMessage({ type: 'sample', sample: { ...sample, sections: numbered } }, '*');`,
    );
    const grid = panel.page.locator('[role=treegrid][aria-rowcount="100002"]');
    await grid.waitFor();
    assert.ok((await panel.lines.count()) < 100);
    await panel.lines.first().focus();
    await panel.page.keyboard.press('End');
    await panel.page.locator('.line[aria-rowindex="100002"]:focus').waitFor();
    await panel.page.getByRole('searchbox').fill('n99999');
    await panel.page.getByText('1 of 100,000 sections').waitFor();
    assert.equal(await panel.lines.count(), 2);
  });

  it('says why a watch has ended, with what to do next, over the last figures', async () => {
    const reason = 'The process has ended. Start it again.';
    await panel.post(show(sections(2), { kind: 'ended', reason }));
    await panel.page.getByRole('alert').getByText(reason).waitFor();
    assert.equal(await panel.lines.count(), 3);
    await panel.page.getByRole('button', { name: 'Attach again' }).click();
    await panel.sent(({ type }) => type === 'attach-again');
  });

  it('is used at 300 pixels without scrolling sideways', async () => {
    await panel.post(show([...sections(3), UNKNOWN]));
    await panel.page.setViewportSize(NARROW);
    await panel.page.locator('[role=treegrid][aria-colcount="2"]').waitFor();
    assert.deepEqual(await panel.page.getByRole('columnheader').allInnerTexts(), ['Section', 'Held by no view\n▼']);
    assert.equal(await panel.page.evaluate('document.documentElement.scrollWidth'), NARROW.width);
  });

  it('stands still for who wants reduced motion', async () => {
    await panel.post(show(sections(1)));
    const animation = "getComputedStyle(document.querySelector('.dot')).animationName";
    assert.equal(await panel.page.evaluate(animation), 'pulse');
    await panel.page.emulateMedia({ reducedMotion: 'reduce' });
    assert.equal(await panel.page.evaluate(animation), 'none');
  });

  for (const [state, message] of [
    ['nothing watched', NOTHING],
    ['a live process', show([...sections(3), UNKNOWN, RUNTIME])],
    ['an ended watch', show(sections(1), { kind: 'ended', reason: 'It has ended.' })],
  ] as const) {
    it(`has nothing for axe to complain about with ${state}`, async () => {
      await panel.post(message);
      await panel.page.getByRole('heading', { level: 1 }).waitFor();
      if (state === 'a live process') {
        await panel.lines.nth(1).click();
        await panel.page.getByRole('button', { name: 'Columns' }).click();
      }
      await panel.page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
      const violations = await panel.page.evaluate(
        'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]))',
      );
      assert.deepEqual(violations, []);
    });
  }
});
