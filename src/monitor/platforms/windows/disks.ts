/** Whether the disks have their write cache on: off, page-outs run far below what the disk can do. */
import type { Kernel32 } from '../../../../native/kernel32.ts';
import { ERROR_ACCESS_DENIED } from '../../../../native/kernel32.ts';
import { DISK_CACHE_INFORMATION } from '../../../../native/layouts.ts';
import type { Figure } from '../../section.ts';

/** CTL_CODE(IOCTL_DISK_BASE, 0x35, METHOD_BUFFERED, FILE_READ_ACCESS). */
const IOCTL_DISK_GET_CACHE_INFORMATION = 0x7_40d4;
const MOST_DISKS = 8;

/** In words: it is no number of bytes. */
export function writeCache(kernel32: Kernel32): Figure {
  const words: string[] = [];
  for (let disk = 0; disk < MOST_DISKS; disk += 1) {
    const handle = kernel32.openDevice(`\\\\.\\PhysicalDrive${disk}`);
    if (handle === 0) {
      const error = kernel32.lastError();
      if (error === ERROR_ACCESS_DENIED) {
        return { reason: 'needs administrator: the write cache of a disk is told to administrators only' };
      }
      continue;
    }
    try {
      const cache = Buffer.alloc(DISK_CACHE_INFORMATION.bytes);
      words.push(
        kernel32.deviceControl(handle, IOCTL_DISK_GET_CACHE_INFORMATION, cache)
          ? `PhysicalDrive${disk} ${cache.readUInt8(DISK_CACHE_INFORMATION.offsets.WriteCacheEnabled) === 0 ? 'off' : 'on'}`
          : `PhysicalDrive${disk} does not tell (error ${kernel32.lastError()})`,
      );
    } finally {
      kernel32.close(handle);
    }
  }
  return { reason: words.length === 0 ? 'no disk could be asked' : `write cache: ${words.join(', ')}` };
}
