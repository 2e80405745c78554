/** What the manifest promises and what the code does are the same. */
import assert from 'node:assert/strict';
import manifest from '../../../../package.json' with { type: 'json' };
import { RULE_IDS } from '../../../../src/analyzers/finding.ts';
import { LINTED_LANGUAGES } from '../../../../src/lint/client/languages.ts';
import { EXPLAIN_COMMAND } from '../../../../src/lint/protocol.ts';
import { SEVERITIES } from '../../../../src/lint/rules/rule.ts';
import { DEFAULT_SETTINGS, readSettings } from '../../../../src/lint/server/settings.ts';
import { DEBUG_TYPE } from '../../../../src/monitor/protocol.ts';

const { contributes, activationEvents } = manifest;
const settings = contributes.configuration.properties;

describe('manifest', () => {
  it('lets the severity of every rule be set, to every severity', () => {
    const { properties } = settings['sectionLeaks.severity'];
    assert.deepEqual(Object.keys(properties).toSorted(), RULE_IDS.toSorted());
    for (const rule of RULE_IDS) {
      assert.deepEqual(properties[rule].enum, ['default', ...SEVERITIES, 'off']);
      assert.equal(properties[rule].enumDescriptions.length, properties[rule].enum.length);
    }
  });

  it('has the defaults that the server has', () => {
    const sent = Object.fromEntries(
      Object.entries(settings).map(([name, setting]) => [name.replace('sectionLeaks.', ''), setting.default]),
    );
    assert.deepEqual(readSettings(sent), { settings: DEFAULT_SETTINGS, problems: [] });
  });

  it('wakes the extension for every language that is linted, and before any debug session starts', () => {
    for (const language of LINTED_LANGUAGES) {
      assert.ok(activationEvents.includes(`onLanguage:${language}`), language);
    }
    assert.ok(activationEvents.includes('onDebug'));
    assert.ok(activationEvents.includes(`onDebugResolve:${DEBUG_TYPE}`));
  });

  it('names the commands and the debug type that the protocols speak of', () => {
    const commands = contributes.commands.map(({ command }) => command);
    assert.ok(commands.includes(EXPLAIN_COMMAND));
    assert.equal(contributes.debuggers[0]?.type, DEBUG_TYPE);
  });

  it('puts into menus only commands that there are', () => {
    const commands = contributes.commands.map(({ command }) => command);
    for (const { command } of Object.values(contributes.menus).flat()) {
      assert.ok(commands.includes(command), command);
    }
  });
});
