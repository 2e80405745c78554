/** What may not be looked at, in sentences that say what to do next. */
import assert from 'node:assert/strict';
import { refusedSentence } from '../../../../../src/monitor/platforms/windows/access.ts';
import { openWindowsPlatform } from '../../../../../src/monitor/platforms/windows/platform.ts';

const ACCESS_DENIED = 5;
const INVALID_PARAMETER = 87;
const audio = { pid: 1204, name: 'audiodg.exe', error: ACCESS_DENIED, sections: 83_908 };

describe('a process that does not open on Windows', () => {
  it('needs administrator where the monitor is not elevated, with the command that does it', () => {
    const sentence = refusedSentence(audio, { elevated: false, debugPrograms: false });
    assert.match(sentence, /^Process 1204 \(audiodg\.exe\) needs administrator: /u);
    assert.match(sentence, /Restart the monitor elevated; in PowerShell: Start-Process .*--pid 1204/u);
    assert.match(sentence, /It has 83908 section handles open\.$/u);
  });

  it('needs a right where an administrator lacks it', () => {
    const sentence = refusedSentence({ ...audio, sections: 1 }, { elevated: true, debugPrograms: false });
    assert.match(sentence, /SeDebugPrivilege.*It has 1 section handle open\.$/u);
  });

  it('is protected where the right does not help, and its handles are counted all the same', () => {
    const sentence = refusedSentence(audio, { elevated: true, debugPrograms: true });
    assert.match(sentence, /is protected by Windows: .*It has 83908 section handles open\.$/u);
  });

  it('is not there where its number is nobody’s', () => {
    assert.equal(
      refusedSentence(
        { ...audio, error: INVALID_PARAMETER, sections: null },
        { elevated: false, debugPrograms: false },
      ),
      'There is no process 1204: it may have ended. Choose one that runs.',
    );
  });
});

describe('the monitor of Windows', () => {
  it('says on another system what does not load and what to do', async () => {
    const platform = await openWindowsPlatform();
    const refusal = 'refusal' in platform ? platform.refusal : null;
    if (process.platform === 'win32') {
      assert.equal(refusal, null);
    } else {
      assert.match(
        refusal!,
        /kernel32\.dll does not load.*Reinstall the extension for this machine.*The lint works here\.$/su,
      );
    }
  });
});
