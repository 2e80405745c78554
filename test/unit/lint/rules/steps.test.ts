/** The steps of a path, each read after its line. */
import assert from 'node:assert/strict';
import type { Loss, Step } from '../../../../src/analyzers/finding.ts';
import { stepLabel } from '../../../../src/lint/rules/steps.ts';
import { at, exampleFinding } from '../example-finding.ts';

describe('words of a step', () => {
  const steps: readonly (readonly [Omit<Step, 'file' | 'range'>, string])[] = [
    [{ kind: 'created' }, 'created'],
    [{ kind: 'mapped' }, 'view created'],
    [{ kind: 'pointer-acquired' }, 'pointer acquired'],
    [{ kind: 'stored', subject: 'allocated' }, 'put in `allocated`'],
    [{ kind: 'stored' }, 'put away'],
    [{ kind: 'view-released' }, 'view disposed'],
    [{ kind: 'branch', subject: 'isReady', taken: false }, '`isReady` is false'],
    [{ kind: 'branch', taken: true }, 'condition true'],
    [{ kind: 'branch', subject: 'isReady' }, 'branch at `isReady`'],
    [{ kind: 'exception' }, 'raises an exception'],
  ];
  for (const [step, label] of steps) {
    it(`calls a step "${label}"`, () => {
      assert.equal(stepLabel({ ...step, ...at(3) }, exampleFinding()), label);
    });
  }

  const losses: readonly (readonly [Loss['how'], string])[] = [
    ['discarded', 'result dropped'],
    ['scope-end', 'scope ends, still not disposed'],
    ['return', 'returns, still not disposed'],
    ['throw', 'throws, still not disposed'],
    ['overwritten', 'overwritten, still not disposed'],
    ['kept', 'kept in `allocated`, still not disposed'],
  ];
  for (const [how, label] of losses) {
    it(`calls the last step "${label}" where the thing is ${how}`, () => {
      const finding = exampleFinding({ loss: { how, at: at(60), keeper: 'allocated' } });
      assert.equal(stepLabel({ kind: 'lost', ...at(60) }, finding), label);
    });
  }
});
