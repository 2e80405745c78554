import assert from 'node:assert/strict';
import { panelPage } from '../../../src/monitor/panel/page.ts';

function page(): string {
  return panelPage({ script: 'vscode:/panel.js', style: 'vscode:/panel.css', styleSource: 'vscode:' });
}

describe('the page of the panel', () => {
  it('lets nothing run but its own script, by a nonce', () => {
    const policy = /content="(?<policy>[^"]+)"/u.exec(page())?.groups?.policy ?? '';
    const nonce = /<script defer nonce="(?<nonce>[^"]+)"/u.exec(page())?.groups?.nonce ?? '';
    assert.match(policy, /^default-src 'none'; script-src 'nonce-[^']{24}'; style-src vscode:$/u);
    assert.equal(nonce.length, 24);
    assert.doesNotMatch(page(), /unsafe|style=|onclick/u);
  });

  it('uses a nonce once', () => {
    assert.notEqual(page(), page());
  });
});
