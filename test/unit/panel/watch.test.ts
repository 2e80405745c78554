import assert from 'node:assert/strict';
import { ENDED_EVENT, SAMPLE_EVENT } from '../../../src/monitor/protocol.ts';
import type { Sample } from '../../../src/monitor/section.ts';
import { Watch } from '../../../src/monitor/session/watch.ts';
import { difference, full, section } from './records.ts';

function sampleEvent(sample: Sample): { type: string; event: string; body: Sample } {
  return { type: 'event', event: SAMPLE_EVENT, body: sample };
}

const ended = { type: 'event', event: ENDED_EVENT, body: { reason: 'The process has ended. Start it again.' } };

describe('a watched process', () => {
  it('is live, with its name, from the first sample on', () => {
    const watch = new Watch('w', 'process', 4711);
    assert.deepEqual(watch.label, { id: 'w', name: 'process', pid: 4711, status: { kind: 'starting' } });
    const heard = watch.hear(sampleEvent(full(0, [section('a')])));
    assert.ok(heard.type === 'sample' && heard.labelChanged);
    assert.deepEqual(watch.label, { id: 'w', name: 'PageFileAllocator', pid: 4711, status: { kind: 'live' } });
    const next = watch.hear(sampleEvent(difference(1, [section('b')])));
    assert.ok(next.type === 'sample' && !next.labelChanged);
    assert.deepEqual([...watch.sections], [section('a'), section('b')]);
  });

  it('gives a view that starts everything, the figures over time included', () => {
    const watch = new Watch('w', 'process', 4711);
    watch.hear(sampleEvent(full(0, [section('a')])));
    watch.hear(sampleEvent(difference(1, [section('b')])));
    assert.deepEqual(watch.whole.sample, full(1, [section('a'), section('b')]));
    assert.equal(watch.whole.timeline.length, 2);
  });

  it('says that a sample is missing', () => {
    const watch = new Watch('w', 'process', 4711);
    watch.hear(sampleEvent(full(0, [])));
    assert.deepEqual(watch.hear(sampleEvent(difference(2, []))), { type: 'gap' });
  });

  it('is paused and goes on by the events of the debugger', () => {
    const watch = new Watch('w', 'process', 4711);
    watch.hear(sampleEvent(full(0, [])));
    assert.deepEqual(watch.hear({ type: 'event', event: 'stopped', body: { reason: 'pause' } }), { type: 'status' });
    assert.deepEqual(watch.label.status, { kind: 'paused' });
    assert.deepEqual(watch.hear({ type: 'event', event: 'continued' }), { type: 'status' });
    watch.hear({ type: 'event', event: 'stopped' });
    watch.hear({ type: 'response', command: 'continue', success: true });
    assert.deepEqual(watch.label.status, { kind: 'live' });
  });

  it('ends with the reason that came first', () => {
    const watch = new Watch('w', 'process', 4711);
    watch.hear(ended);
    assert.deepEqual(watch.end('The monitor has ended.'), { type: 'nothing' });
    assert.deepEqual(watch.hear({ type: 'event', event: 'continued' }), { type: 'nothing' });
    assert.deepEqual(watch.label.status, { kind: 'ended', reason: 'The process has ended. Start it again.' });
  });

  it('ends with the text of a refused attach, its variables put in', () => {
    const watch = new Watch('w', 'process', 1);
    watch.hear({
      type: 'response',
      command: 'attach',
      success: false,
      message: 'short',
      body: { error: { format: 'Cannot watch: {_reason} {other}', variables: { _reason: 'not yours.' } } },
    });
    assert.deepEqual(watch.label.status, { kind: 'ended', reason: 'Cannot watch: not yours. {other}' });
    const other = new Watch('o', 'process', 1);
    other.hear({ type: 'response', command: 'launch', success: false, message: 'No such program.' });
    assert.deepEqual(other.label.status, { kind: 'ended', reason: 'No such program.' });
  });

  it('can be watched again by id, and by name once that is known', () => {
    assert.equal(new Watch('w', 'program', null).again, undefined);
    const watch = new Watch('w', 'process', 4711);
    assert.deepEqual(watch.again, { pid: 4711 });
    watch.hear(sampleEvent(full(0, [])));
    assert.deepEqual(watch.again, { pid: 4711, name: 'PageFileAllocator' });
  });
});
