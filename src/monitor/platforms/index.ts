/** Which platforms there are, by the name that Node gives the operating system. */
import { openLinuxPlatform } from './linux/platform.ts';
import type { Platform, Refusal } from './platform.ts';
import { openWindowsPlatform } from './windows/platform.ts';

const PLATFORMS: Readonly<Record<string, () => Promise<Platform | Refusal>>> = {
  linux: openLinuxPlatform,
  win32: openWindowsPlatform,
};

/** The platform of this machine. */
export async function openPlatform(): Promise<Platform | Refusal> {
  const open = PLATFORMS[process.platform];
  return open === undefined
    ? {
        refusal: `Sections of running processes cannot be read on ${process.platform} yet, only on ${Object.keys(PLATFORMS).join(', ')}. The lint works here.`,
      }
    : await open();
}
