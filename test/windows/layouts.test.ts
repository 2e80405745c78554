/** Every offset and length of native/layouts.ts, as a C compiler for 64-bit Windows lays the structures out. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import * as layouts from '../../native/layouts.ts';
import { compiledForWindows, startOnWindows } from './machine.ts';

const SOURCE = join(import.meta.dirname, 'native', 'layouts.c');

describe('layouts of Windows structures', () => {
  let compiled: Readonly<Record<string, layouts.Layout>>;

  before(async () => {
    const child = await startOnWindows(compiledForWindows(SOURCE), []);
    const [printed] = await Promise.all([text(child.stdout), once(child, 'close')]);
    compiled = JSON.parse(printed) as typeof compiled;
  });

  for (const [name, layout] of Object.entries(layouts)) {
    it(`of ${name}`, () => {
      assert.deepEqual(layout, compiled[name]);
    });
  }

  it('are all the structures that the C program knows', () => {
    assert.deepEqual(Object.keys(layouts).toSorted(), Object.keys(compiled).toSorted());
  });
});
