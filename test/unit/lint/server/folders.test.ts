/** Which settings hold for a file, and whether it is wanted. */
import assert from 'node:assert/strict';
import { Folders } from '../../../../src/lint/server/folders.ts';
import { DEFAULT_SETTINGS } from '../../../../src/lint/server/settings.ts';

const outer = { path: '/project', settings: { ...DEFAULT_SETTINGS, exclude: ['out/'] } };
const inner = { path: '/project/inner', settings: { ...DEFAULT_SETTINGS, enable: false } };
const common = { ...DEFAULT_SETTINGS, exclude: ['*.c'] };

describe('folders of a workspace', () => {
  const folders = new Folders([outer, inner], common);

  it('let the innermost folder decide', () => {
    assert.equal(folders.settingsOf('/project/a.cs'), outer.settings);
    assert.equal(folders.settingsOf('/project/inner/a.cs'), inner.settings);
    assert.equal(folders.settingsOf('/project-2/a.cs'), common);
    assert.equal(folders.settingsOf('/project/..names.cs'), outer.settings);
  });

  it('want sources that are not excluded where the lint is enabled', () => {
    assert.equal(folders.wants('/project/a.cs'), true);
    assert.equal(folders.wants('/project/a.txt'), false);
    assert.equal(folders.wants('/project/out/a.cs'), false);
    assert.equal(folders.wants('/project/inner/a.cs'), false);
    assert.equal(folders.wants('/elsewhere/a.cs'), true);
    assert.equal(folders.wants('/elsewhere/a.c'), false);
  });

  it('are indexed anew for other files only, not for other severities', () => {
    const louder = {
      ...outer,
      settings: { ...outer.settings, severity: { 'section-outlives-view': 'error' } },
    } as const;
    assert.equal(folders.indexesDifferently(new Folders([inner, louder], common)), false);
    assert.equal(folders.indexesDifferently(new Folders([outer], common)), true);
    assert.equal(folders.indexesDifferently(new Folders([outer, inner], { ...common, strictness: 'strict' })), true);
    const narrower = { ...outer, settings: { ...outer.settings, exclude: [] } };
    assert.equal(folders.indexesDifferently(new Folders([narrower, inner], common)), true);
  });
});
