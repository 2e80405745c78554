import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compareKeys, fittingColumns } from '../../../src/monitor/panel/columns.ts';
import { COLUMN_IDS, DEFAULT_LAYOUT, readLayout, toggled } from '../../../src/monitor/panel/layout.ts';

describe('the remembered layout', () => {
  it('is read as it was stored', () => {
    const layout = readLayout({
      sorting: { column: 'since', descending: false },
      filter: 'cache',
      grouping: 'kind',
      hiddenColumns: ['holders'],
      hiddenSeries: ['system'],
      toggledGroups: ['runtime'],
    });
    assert.deepEqual(readLayout(JSON.parse(JSON.stringify(layout))), layout);
    assert.equal(layout.sorting.column, 'since');
  });

  it('is the default where there is none', () => {
    assert.deepEqual(readLayout(undefined), DEFAULT_LAYOUT);
  });

  it('passes over words that it does not know, and never hides the first column', () => {
    assert.deepEqual(
      readLayout({ sorting: { column: 'age' }, grouping: 'stack', hiddenColumns: ['section', 'age', 'kind'] }),
      { ...DEFAULT_LAYOUT, hiddenColumns: ['kind'] },
    );
  });

  it('can be used whatever was stored', () => {
    fc.assert(
      fc.property(fc.anything(), (stored) => {
        assert.deepEqual(readLayout(readLayout(stored)), readLayout(stored));
      }),
    );
  });

  it('takes an entry out of a list that has it', () => {
    assert.deepEqual(toggled(['a'], 'b'), ['a', 'b']);
    assert.deepEqual(toggled(['a', 'b'], 'a'), ['b']);
  });
});

describe('the columns', () => {
  it('are all there where there is room', () => {
    assert.deepEqual(fittingColumns([], 2000), COLUMN_IDS);
  });

  it('are the section and what no view holds where there is little', () => {
    assert.deepEqual(fittingColumns([], 250), ['section', 'unowned']);
    assert.deepEqual(fittingColumns([], 0), ['section']);
  });

  it('leave out what the user hides, and use its room', () => {
    assert.deepEqual(fittingColumns(['unowned'], 250), ['section', 'allocated']);
  });

  it('put what is not known last in both directions', () => {
    const values = [2, null, 1];
    assert.deepEqual(
      values.toSorted((a, b) => compareKeys(a, b, false)),
      [1, 2, null],
    );
    assert.deepEqual(
      values.toSorted((a, b) => compareKeys(a, b, true)),
      [2, 1, null],
    );
  });
});
