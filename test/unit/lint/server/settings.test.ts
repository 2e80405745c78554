/** Settings as clients send them: what is not understood is named, and its default holds. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DEFAULT_SETTINGS, readSettings } from '../../../../src/lint/server/settings.ts';

describe('reading of settings', () => {
  it('takes what is set, and the default for what is not', () => {
    const { settings, problems } = readSettings({
      strictness: 'strict',
      severity: { 'section-outlives-view': 'error', 'pointer-never-released': 'off' },
      exclude: ['out/'],
      codeLens: false,
    });
    assert.deepEqual(settings, {
      enable: true,
      strictness: 'strict',
      severity: { 'section-outlives-view': 'error', 'pointer-never-released': 'off' },
      exclude: ['out/'],
    });
    assert.deepEqual(problems, []);
  });

  it('is content with a client that has none', () => {
    for (const sent of [undefined, null, {}, { exclude: null }]) {
      assert.deepEqual(readSettings(sent), { settings: DEFAULT_SETTINGS, problems: [] });
    }
  });

  it('names what it does not understand', () => {
    const { settings, problems } = readSettings({
      enable: 'yes',
      strictness: 'lax',
      severity: { 'no-such-rule': 'error', 'section-outlives-view': 'fatal', 'view-never-unmapped': 'hint' },
      exclude: ['out/', 7],
    });
    assert.deepEqual(settings, { ...DEFAULT_SETTINGS, severity: { 'view-never-unmapped': 'hint' } });
    assert.deepEqual(
      problems.map((problem) => /"yes"|"lax"|no-such-rule|"fatal"|\["out\/",7\]/u.exec(problem)?.[0]).toSorted(),
      ['"fatal"', '"lax"', '"yes"', '["out/",7]', 'no-such-rule'],
    );
  });

  it('never throws, and never gives what is none of the settings', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (sent) => {
        const { settings } = readSettings(sent);
        assert.equal(typeof settings.enable, 'boolean');
        assert.ok(settings.exclude.every((glob) => typeof glob === 'string'));
      }),
    );
  });
});
