/** What the monitor asks of Windows, or the reason why it cannot ask. */
import { type Advapi32, declareAdvapi32 } from './advapi32.ts';
import { declareKernel32, type Kernel32 } from './kernel32.ts';
import { loadKoffi } from './library.ts';
import { declareNtdll, type Ntdll } from './ntdll.ts';
import { declarePdh, type Pdh } from './pdh.ts';

export interface WindowsApi {
  /** Where a buffer lies in memory: the system puts pointers into what it fills. */
  addressOf(buffer: Buffer): bigint;
  readonly kernel32: Kernel32;
  readonly ntdll: Ntdll;
  readonly advapi32: Advapi32;
  /** Server Core and reduced systems may lack it. */
  readonly pdh: Pdh | null;
}

export async function loadWindows(): Promise<WindowsApi | { readonly reason: string }> {
  const load = await loadKoffi();
  if ('reason' in load) {
    return load;
  }
  try {
    const kernel32 = declareKernel32(load('kernel32.dll'));
    return {
      addressOf: (buffer) => load.addressOf(buffer),
      kernel32,
      ntdll: declareNtdll(load('ntdll.dll')),
      advapi32: declareAdvapi32(load('advapi32.dll'), kernel32),
      pdh: orNull(() => declarePdh(load('pdh.dll'))),
    };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}

function orNull<Result>(make: () => Result): Result | null {
  try {
    return make();
  } catch {
    return null;
  }
}
