import assert from 'node:assert/strict';
import { SampledSections } from '../../../src/monitor/session/samples.ts';
import { difference, full, MIB, section } from './records.ts';

describe('the state made from samples', () => {
  it('is what the full sample says, then what the differences make of it', () => {
    const sampled = new SampledSections();
    assert.equal(sampled.full(), null);
    sampled.apply(full(0, [section('a'), section('b')]));
    sampled.apply(difference(1, [section('a', { maximumBytes: MIB }), section('c')], ['b']));
    assert.deepEqual(sampled.full(), full(1, [section('a', { maximumBytes: MIB }), section('c')]));
  });

  it('is left as it was by a difference after one that is missing', () => {
    const sampled = new SampledSections();
    sampled.apply(full(0, [section('a')]));
    assert.equal(sampled.apply(difference(2, [], ['a'])), 'gap');
    assert.deepEqual(sampled.full(), full(0, [section('a')]));
  });

  it('does not begin with a difference', () => {
    assert.equal(new SampledSections().apply(difference(1, [section('a')])), 'gap');
  });

  it('passes over differences that a later full sample contains', () => {
    const sampled = new SampledSections();
    sampled.apply(full(5, [section('a')]));
    assert.equal(sampled.apply(difference(4, [section('old')])), 'applied');
    assert.deepEqual(sampled.full(), full(5, [section('a')]));
  });

  it('forgets what was before a full sample', () => {
    const sampled = new SampledSections();
    sampled.apply(full(0, [section('a')]));
    sampled.apply(full(7, [section('b')]));
    assert.deepEqual([...sampled.sections.keys()], ['b']);
  });
});
