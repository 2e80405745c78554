/** A server that cannot start says why, and answers all the same. */
import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import {
  CodeActionRequest,
  createConnection,
  createProtocolConnection,
  InitializedNotification,
  InitializeRequest,
  ShowMessageNotification,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import {
  ALLOCATION_SITES_REQUEST,
  LINT_WORKSPACE_REQUEST,
  STATUS_NOTIFICATION,
  type StatusParams,
} from '../../../../src/lint/protocol.ts';
import { serve } from '../../../../src/lint/server/server.ts';

describe('language server without its grammars', () => {
  it('names the reason in its status and in a message, and has no findings', async () => {
    const [toServer, toClient] = [new PassThrough(), new PassThrough()];
    serve(createConnection(toServer, toClient), () => Promise.reject(new Error('c.wasm is missing')));
    const client = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
    const states: StatusParams[] = [];
    client.onNotification(STATUS_NOTIFICATION, (status: StatusParams) => {
      states.push(status);
    });
    const message = new Promise<string>((resolve) => {
      client.onNotification(ShowMessageNotification.type, (shown) => {
        resolve(shown.message);
      });
    });
    client.listen();
    await client.sendRequest(InitializeRequest.method, { processId: null, capabilities: {} });
    await client.sendNotification(InitializedNotification.type, {});

    assert.match(await message, /^Section Leaks cannot lint: .*\(c\.wasm is missing\)\. Install the extension again/u);
    assert.deepEqual(
      states.map(({ state }) => state),
      ['starting', 'failed'],
    );
    const document = { uri: 'file:///a.c' };
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    assert.deepEqual(
      await client.sendRequest(CodeActionRequest.type, { textDocument: document, range, context: { diagnostics: [] } }),
      [],
    );
    assert.deepEqual(await client.sendRequest(ALLOCATION_SITES_REQUEST, { textDocument: document }), []);
    await assert.rejects(client.sendRequest(LINT_WORKSPACE_REQUEST), /c\.wasm is missing/u);
    client.dispose();
  });
});
