/** Diagnostics are sent when the client has other ones, and not again and again. */
import assert from 'node:assert/strict';
import type { Diagnostic, PublishDiagnosticsParams } from 'vscode-languageserver/node';
import { diagnosticOf } from '../../../../src/lint/server/diagnostics.ts';
import { Publisher } from '../../../../src/lint/server/publisher.ts';
import { exampleFinding, FILE } from '../example-finding.ts';

const FOUND: Diagnostic = diagnosticOf({ finding: exampleFinding(), severity: 'warning' }, (file) => `file://${file}`);
const URI = `file://${FILE}`;

describe('publisher', () => {
  let sent: PublishDiagnosticsParams[];
  let publisher: Publisher;

  beforeEach(() => {
    sent = [];
    publisher = new Publisher((params) => sent.push(params));
  });

  it('sends what is new, not what the client has', () => {
    publisher.publish({ uri: URI }, [FOUND]);
    publisher.publish({ uri: URI }, [FOUND]);
    assert.deepEqual(sent, [{ uri: URI, diagnostics: [FOUND] }]);
    assert.equal(publisher.count, 1);
  });

  it('says once that nothing is left, and nothing of files that never had any', () => {
    publisher.publish({ uri: 'file:///clean.c' }, []);
    publisher.publish({ uri: URI }, [FOUND]);
    publisher.publish({ uri: URI }, []);
    publisher.publish({ uri: URI }, []);
    assert.deepEqual(sent.slice(1), [{ uri: URI, diagnostics: [] }]);
    assert.equal(publisher.count, 0);
  });

  it('tells every version of an open document anew', () => {
    publisher.publish({ uri: URI, version: 1 }, [FOUND]);
    publisher.publish({ uri: URI, version: 2 }, [FOUND]);
    publisher.publish({ uri: URI, version: 2 }, [FOUND]);
    publisher.publish({ uri: URI, version: 3 }, []);
    assert.deepEqual(
      sent.map(({ version, diagnostics }) => [version, diagnostics.length]),
      [
        [1, 1],
        [2, 1],
        [3, 0],
      ],
    );
  });

  it('clears a document that is not linted any more, where it shows something', () => {
    publisher.publish({ uri: URI, version: 1 }, []);
    publisher.clear(URI);
    publisher.publish({ uri: URI, version: 2 }, [FOUND]);
    publisher.clear(URI);
    assert.deepEqual(
      sent.map(({ diagnostics }) => diagnostics.length),
      [0, 1, 0],
    );
  });
});
