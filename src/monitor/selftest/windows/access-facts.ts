/** What this process may do: rights, privileges, and calls that need them or that only some systems have. */
import {
  PROCESS_DUP_HANDLE,
  PROCESS_QUERY_INFORMATION,
  PROCESS_QUERY_LIMITED_INFORMATION,
} from '../../../../native/kernel32.ts';
import { DISK_CACHE_INFORMATION, SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX } from '../../../../native/layouts.ts';
import type { SelftestApi } from '../../../../native/selftest.ts';
import type { FactSheet, Finding } from '../fact.ts';
import { systemEntries } from './handle-facts.ts';
import { hexadecimal, type KnownProcess } from './known-process.ts';

const IOCTL_DISK_GET_CACHE_INFORMATION = 0x740d4;

/** From the least to what the monitor asks for. */
const ACCESS: readonly (readonly [id: string, words: string, access: number])[] = [
  ['limited', 'asked who they are', PROCESS_QUERY_LIMITED_INFORMATION],
  ['query', 'asked for their views', PROCESS_QUERY_INFORMATION],
  ['duplicate', 'asked for their sections', PROCESS_QUERY_INFORMATION | PROCESS_DUP_HANDLE],
];

export function checkAccess(sheet: FactSheet, known: KnownProcess, selftest: SelftestApi): void {
  const { advapi32 } = known.api;
  sheet.check('access.elevated', 'this process has the rights of an administrator', () => {
    const elevated = advapi32.elevated();
    return elevated === true ? { holds: 'it has' } : { missing: elevated === false ? 'it has not' : 'unknown' };
  });
  checkOpening(sheet, known, '');
  sheet.check('access.debug', 'the privilege to debug can be turned on', () =>
    advapi32.enablePrivilege('SeDebugPrivilege')
      ? { holds: 'it is on now' }
      : { missing: 'the account does not have it' },
  );
  checkOpening(sheet, known, ' with the privilege to debug');
  sheet.check('disk.cache', 'a disk tells whether its cache for writing is on', () => diskCache(sheet, known));
  sheet.check('handles.capture', 'PssCaptureSnapshot takes the handles of a process', () => {
    const error = selftest.captureHandles(known.process);
    if (error === null) {
      return { missing: 'the system has no such call' };
    }
    return error === 0 ? { holds: 'it does' } : { missing: `error ${error}` };
  });
  // Last, since it changes how the holder is treated.
  sheet.check('handles.trace', 'the kernel can keep the stacks of who opens and closes handles', () => {
    const status = selftest.traceHandles(known.process);
    return status === 0 ? { holds: 'it can' } : { missing: `status ${hexadecimal(status)}` };
  });
}

/** Of the processes that hold any handle; each may refuse. */
function checkOpening(sheet: FactSheet, { api }: KnownProcess, circumstances: string): void {
  const entries = systemEntries(api.ntdll);
  const { UniqueProcessId } = SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX.offsets;
  const pids = new Set(
    typeof entries === 'string' ? [] : entries.map((entry) => Number(entry.readBigUInt64LE(UniqueProcessId))),
  );
  const suffix = circumstances === '' ? '' : '-debug';
  for (const [id, words, access] of ACCESS) {
    sheet.check(`access.${id}${suffix}`, `processes may be ${words}${circumstances}`, () => {
      const opened = [...pids].filter((pid) => mayOpen(api.kernel32, access, pid)).length;
      const seen = `${opened} of ${pids.size}`;
      return opened === pids.size ? { holds: seen } : { missing: seen };
    });
  }
}

function mayOpen(kernel32: KnownProcess['api']['kernel32'], access: number, pid: number): boolean {
  const process = kernel32.openProcess(access, pid);
  if (process !== 0) {
    kernel32.close(process);
  }
  return process !== 0;
}

function diskCache(sheet: FactSheet, { api: { kernel32 } }: KnownProcess): Finding {
  const device = kernel32.openDevice(String.raw`\\.\PhysicalDrive0`);
  if (device === 0) {
    return { missing: `error ${kernel32.lastError()}` };
  }
  try {
    const buffer = Buffer.alloc(DISK_CACHE_INFORMATION.bytes);
    if (!kernel32.deviceControl(device, IOCTL_DISK_GET_CACHE_INFORMATION, buffer)) {
      return { missing: `error ${kernel32.lastError()}` };
    }
    sheet.record('IOCTL_DISK_GET_CACHE_INFORMATION', {}, buffer);
    const isOn = buffer.readUInt8(DISK_CACHE_INFORMATION.offsets.WriteCacheEnabled) !== 0;
    return { holds: `that of the first disk is ${isOn ? 'on' : 'off'}` };
  } finally {
    kernel32.close(device);
  }
}
