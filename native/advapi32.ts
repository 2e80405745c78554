/** Declarations of advapi32.dll: what the monitor itself may do. */
import type { Kernel32 } from './kernel32.ts';
import { CURRENT_PROCESS } from './kernel32.ts';
import { LUID_AND_ATTRIBUTES, TOKEN_PRIVILEGES } from './layouts.ts';
import type { NativeLibrary } from './library.ts';

const TOKEN_QUERY = 8;
const TOKEN_ADJUST_PRIVILEGES = 0x20;
const SE_PRIVILEGE_ENABLED = 2;
const ERROR_NOT_ALL_ASSIGNED = 1300;
/** Of TOKEN_INFORMATION_CLASS. */
const TokenElevation = 20;

export interface Advapi32 {
  /** Whether this process runs with an administrator's rights; null where the system does not tell. */
  elevated(): boolean | null;
  /** Turns a privilege on for this process. @returns whether it is on now */
  enablePrivilege(name: string): boolean;
}

export function declareAdvapi32(library: NativeLibrary, kernel32: Kernel32): Advapi32 {
  const openToken = library.func('int OpenProcessToken(intptr_t process, uint32 access, void* token)') as (
    process: number,
    access: number,
    token: Buffer,
  ) => number;
  const tokenInformation = library.func(
    'int GetTokenInformation(intptr_t token, uint32 informationClass, void* buffer, uint32 bytes, void* needed)',
  ) as (token: number, informationClass: number, buffer: Buffer, bytes: number, needed: Buffer) => number;
  const lookUp = library.func('int LookupPrivilegeValueW(str16 system, str16 name, void* luid)') as (
    system: null,
    name: string,
    luid: Buffer,
  ) => number;
  const adjust = library.func(
    'int AdjustTokenPrivileges(intptr_t token, int disableAll, void* state, uint32 bytes, void* before, void* needed)',
  ) as (...args: readonly (number | Buffer | null)[]) => number;

  function withToken<Result>(access: number, use: (token: number) => Result): Result | null {
    const opened = Buffer.alloc(8);
    if (openToken(CURRENT_PROCESS, access, opened) === 0) {
      return null;
    }
    const token = kernel32.counted(Number(opened.readBigInt64LE(0)));
    try {
      return use(token);
    } finally {
      kernel32.close(token);
    }
  }

  return {
    elevated: () =>
      withToken(TOKEN_QUERY, (token) => {
        const elevation = Buffer.alloc(4);
        return tokenInformation(token, TokenElevation, elevation, elevation.length, Buffer.alloc(4)) === 0
          ? null
          : elevation.readUInt32LE(0) !== 0;
      }),
    enablePrivilege: (name) =>
      withToken(TOKEN_QUERY | TOKEN_ADJUST_PRIVILEGES, (token) => {
        const state = Buffer.alloc(TOKEN_PRIVILEGES.bytes);
        const privilege = TOKEN_PRIVILEGES.offsets.Privileges;
        const luid = state.subarray(privilege + LUID_AND_ATTRIBUTES.offsets.Luid);
        if (lookUp(null, name, luid) === 0) {
          return false;
        }
        state.writeUInt32LE(1, TOKEN_PRIVILEGES.offsets.PrivilegeCount);
        state.writeUInt32LE(SE_PRIVILEGE_ENABLED, privilege + LUID_AND_ATTRIBUTES.offsets.Attributes);
        // It succeeds, and says by the last error that the token does not have the privilege.
        return adjust(token, 0, state, 0, null, null) !== 0 && kernel32.lastError() !== ERROR_NOT_ALL_ASSIGNED;
      }) ?? false,
  };
}
