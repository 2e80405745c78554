/** Windows: each call, structure and access that the monitor stands on, tried on a process of our own. */
import { PROCESS_DUP_HANDLE, PROCESS_QUERY_INFORMATION } from '../../../../native/kernel32.ts';
import { loadSelftestApi } from '../../../../native/selftest.ts';
import { loadWindows } from '../../../../native/windows.ts';
import type { FactSheet } from '../fact.ts';
import type { Holder } from '../holder.ts';
import { checkAccess } from './access-facts.ts';
import { checkHandles } from './handle-facts.ts';
import { checkMachine } from './machine-facts.ts';
import { checkSections } from './section-facts.ts';
import { checkViews } from './view-facts.ts';

export async function checkWindows(sheet: FactSheet, { pid, sections }: Holder): Promise<void> {
  const api = await loadWindows();
  const selftest = await loadSelftestApi();
  sheet.check('koffi', 'koffi loads the libraries of Windows', () =>
    'reason' in api ? { missing: api.reason } : { holds: 'it does' },
  );
  if ('reason' in api || 'reason' in selftest) {
    return;
  }
  sheet.check('system', 'this is Windows itself', () => {
    const wine = selftest.wineVersion();
    return wine === null ? { holds: 'it is' } : { missing: `it is Wine ${wine}` };
  });
  const process = api.kernel32.openProcess(PROCESS_QUERY_INFORMATION | PROCESS_DUP_HANDLE, pid);
  sheet.check('access.child', 'a process of our own may be asked for its sections', () =>
    process === 0 ? { differs: `OpenProcess failed with error ${api.kernel32.lastError()}` } : { holds: 'it may' },
  );
  if (process === 0) {
    return;
  }
  const known = { api, pid, process, sections };
  try {
    checkHandles(sheet, known);
    checkSections(sheet, known);
    checkViews(sheet, known);
    checkMachine(sheet, known);
    checkAccess(sheet, known, selftest);
  } finally {
    api.kernel32.close(process);
  }
}
