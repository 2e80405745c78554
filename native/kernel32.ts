/**
 * Declarations of kernel32.dll: processes, handles, address spaces, limits of memory. Handles that are opened here are
 * counted until they are closed.
 */
import type { NativeLibrary } from './library.ts';

export const PROCESS_DUP_HANDLE = 0x40;
export const PROCESS_QUERY_INFORMATION = 0x400;
export const PROCESS_QUERY_LIMITED_INFORMATION = 0x1000;
export const SECTION_QUERY = 1;
/** A pseudo handle that needs no closing. */
export const CURRENT_PROCESS = -1;
const INVALID_HANDLE_VALUE = -1;
const PAGE_READWRITE = 4;
const FILE_SHARE_READ_WRITE = 3;
const OPEN_EXISTING = 3;
const GENERIC_READ = 0x8000_0000;

export const ERROR_ACCESS_DENIED = 5;
export const ERROR_INVALID_PARAMETER = 87;

export interface Kernel32 {
  lastError(): number;
  /** @returns 0 where it is refused: see lastError */
  openProcess(access: number, pid: number): number;
  /** Into this process, with no more than `access`; 0 where it is refused. */
  duplicate(process: number, handle: number, access: number): number;
  /** A section of our own in the page file. */
  createSection(bytes: number): number;
  /** For reading; 0 where it is refused. */
  openDevice(path: string): number;
  /** Counts a handle that another library has opened. @returns it */
  counted(handle: number): number;
  close(handle: number): void;
  /** What was opened here and is not closed yet. */
  openHandles(): number;
  /** @returns how many bytes were written; 0 behind the last region */
  virtualQuery(process: number, address: number, buffer: Buffer, bytes: number): number;
  /** @returns how many characters were written; 0 for what is no view of a file */
  mappedFileName(process: number, address: number, buffer: Buffer, characters: number): number;
  /** Four times of 8 bytes each; false where it is refused. */
  processTimes(process: number, times: { readonly created: Buffer; readonly exited: Buffer }): boolean;
  performanceInformation(buffer: Buffer): boolean;
  deviceControl(device: number, code: number, output: Buffer): boolean;
}

export function declareKernel32(library: NativeLibrary): Kernel32 {
  const open = library.func('intptr_t OpenProcess(uint32 access, int inherit, uint32 pid)') as (
    access: number,
    inherit: number,
    pid: number,
  ) => number;
  const duplicate = library.func(
    'int DuplicateHandle(intptr_t from, intptr_t handle, intptr_t to, void* duplicate, uint32 access, int inherit, uint32 options)',
  ) as (...args: readonly (number | Buffer)[]) => number;
  const createFileMapping = library.func(
    'intptr_t CreateFileMappingW(intptr_t file, void* attributes, uint32 protection, uint32 high, uint32 low, str16 name)',
  ) as (...args: readonly (number | null)[]) => number;
  const createFile = library.func(
    'intptr_t CreateFileW(str16 path, uint32 access, uint32 share, void* attributes, uint32 disposition, uint32 flags, intptr_t template)',
  ) as (...args: readonly (number | string | null)[]) => number;
  const closeHandle = library.func('int CloseHandle(intptr_t handle)') as (handle: number) => number;
  const times = library.func(
    'int GetProcessTimes(intptr_t process, void* created, void* exited, void* kernel, void* user)',
  ) as (process: number, created: Buffer, exited: Buffer, kernel: Buffer, user: Buffer) => number;
  const performance = library.func('int K32GetPerformanceInfo(void* information, uint32 bytes)') as (
    information: Buffer,
    bytes: number,
  ) => number;
  const control = library.func(
    'int DeviceIoControl(intptr_t device, uint32 code, void* input, uint32 inputBytes, void* output, uint32 outputBytes, void* returned, void* overlapped)',
  ) as (...args: readonly (number | Buffer | null)[]) => number;
  const received = Buffer.alloc(8);
  const ignored = Buffer.alloc(8);
  let handles = 0;
  const counted = (handle: number): number => {
    handles += handle === 0 ? 0 : 1;
    return handle;
  };
  return {
    lastError: library.func('uint32 GetLastError()') as Kernel32['lastError'],
    openProcess: (access, pid) => counted(open(access, 0, pid)),
    duplicate: (process, handle, access) =>
      duplicate(process, handle, CURRENT_PROCESS, received, access, 0, 0) === 0
        ? 0
        : counted(Number(received.readBigInt64LE(0))),
    createSection: (bytes) => counted(createFileMapping(INVALID_HANDLE_VALUE, null, PAGE_READWRITE, 0, bytes, null)),
    openDevice: (path) => {
      const handle = createFile(path, GENERIC_READ, FILE_SHARE_READ_WRITE, null, OPEN_EXISTING, 0, 0);
      return handle === INVALID_HANDLE_VALUE ? 0 : counted(handle);
    },
    counted,
    close: (handle) => {
      handles -= 1;
      closeHandle(handle);
    },
    openHandles: () => handles,
    virtualQuery: library.func(
      'uint64 VirtualQueryEx(intptr_t process, uint64 address, void* buffer, uint64 bytes)',
    ) as Kernel32['virtualQuery'],
    mappedFileName: library.func(
      'uint32 K32GetMappedFileNameW(intptr_t process, uint64 address, void* buffer, uint32 characters)',
    ) as Kernel32['mappedFileName'],
    processTimes: (process, { created, exited }) => times(process, created, exited, ignored, ignored) !== 0,
    performanceInformation: (buffer) => performance(buffer, buffer.length) !== 0,
    deviceControl: (device, code, output) => control(device, code, null, 0, output, output.length, ignored, null) !== 0,
  };
}
