import assert from 'node:assert/strict';
import type { ListedProcess } from '../../../src/monitor/protocol.ts';
import {
  attachCandidates,
  processOfEvaluation,
  processOfEvent,
  sameProgram,
} from '../../../src/monitor/session/debuggee.ts';

function listed(pid: number, parentPid: number, name: string, refusal: string | null = null): ListedProcess {
  return { pid, parentPid, name, commandLine: `/bin/${name}`, refusal };
}

describe('the process that is debugged', () => {
  it('is read from the process event of a debug adapter', () => {
    const body = { name: '/w/build/a.out', systemProcessId: 42, isLocalProcess: true };
    assert.deepEqual(processOfEvent({ type: 'event', event: 'process', body }), { pid: 42, name: 'a.out' });
    const windows = { name: 'C:\\w\\a.exe', systemProcessId: 43 };
    assert.deepEqual(processOfEvent({ type: 'event', event: 'process', body: windows }), { pid: 43, name: 'a.exe' });
  });

  it('is not read from other messages, from one without an id, or from another machine', () => {
    assert.equal(processOfEvent({ type: 'event', event: 'stopped', body: { systemProcessId: 42 } }), null);
    assert.equal(processOfEvent({ type: 'event', event: 'process', body: { name: 'a' } }), null);
    const remote = { name: 'a', systemProcessId: 42, isLocalProcess: false };
    assert.equal(processOfEvent({ type: 'event', event: 'process', body: remote }), null);
  });

  it('is read from what js-debug answers, named by its session', () => {
    assert.deepEqual(processOfEvaluation({ result: '14051' }, 'a.ts [14051] « js'), { pid: 14051, name: 'a.ts' });
    for (const answer of [null, undefined, {}, { result: 'undefined' }, { result: '-1' }, { result: 7 }]) {
      assert.equal(processOfEvaluation(answer, 'a.ts'), null);
    }
  });

  it('may be one of those that it has started, and that those have', () => {
    const processes = [
      listed(9, 1, 'other'),
      listed(12, 11, 'grandchild'),
      listed(10, 1, 'debugged'),
      listed(11, 10, 'child'),
      listed(13, 10, 'refused', 'not yours'),
      { ...listed(14, 10, 'node'), commandLine: 'node /x/extensions/ms-vscode.js-debug/src/watchdog.js' },
    ];
    const candidates = attachCandidates([{ pid: 10, name: 'debugged' }], processes);
    assert.deepEqual(
      candidates.map(({ pid }) => pid),
      [10, 11, 12],
    );
  });

  it('is offered where the list of processes is missing too', () => {
    assert.deepEqual(attachCandidates([{ pid: 10, name: 'a' }], []), [
      { pid: 10, parentPid: 0, name: 'a', commandLine: 'a', refusal: null },
    ]);
  });

  it('is found again as the same process, else as the only one of its name', () => {
    const first = listed(10, 1, 'a');
    const second = listed(11, 1, 'a');
    assert.equal(sameProgram({ pid: 10, name: 'a' }, [second, first]), first);
    assert.equal(sameProgram({ pid: 9, name: 'a' }, [second, listed(9, 1, 'reused')]), second);
    assert.equal(sameProgram({ pid: 9, name: 'a' }, [first, second]), undefined);
  });
});
