/**
 * Declarations for the selftest alone: what makes known sections, which the monitor itself never does, and calls whose
 * presence on a system is a question.
 */
import { type LibraryLoader, loadKoffi } from './library.ts';

export const INVALID_HANDLE_VALUE = -1;
export const SEC_RESERVE = 0x400_0000;
export const SEC_COMMIT = 0x800_0000;
export const SEC_IMAGE = 0x100_0000;
export const SEC_LARGE_PAGES = 0x8000_0000;
export const PAGE_READONLY = 2;
export const PAGE_READWRITE = 4;
export const FILE_MAP_WRITE = 2;
export const FILE_MAP_READ = 4;
const GENERIC_READ = 0x8000_0000;
const GENERIC_WRITE = 0x4000_0000;
const FILE_SHARE_READ = 1;
const CREATE_ALWAYS = 2;
const OPEN_EXISTING = 3;
const FILE_FLAG_DELETE_ON_CLOSE = 0x400_0000;
const MEM_COMMIT = 0x1000;
const TH32CS_SNAPPROCESS = 2;
const CURRENT_PROCESS = -1;
const DUPLICATE_CLOSE_SOURCE = 1;
const PSS_CAPTURE_HANDLES = 4;
const ProcessHandleTracing = 32;

export interface SelftestApi {
  /** 0 where it is refused. */
  createSection(file: number, protection: number, bytes: number, name: string | null): number;
  /** A new file that goes with its last handle. */
  createTemporaryFile(path: string): number;
  openFile(path: string): number;
  /** @returns the address; 0 where it is refused */
  map(section: number, access: number, bytes: number): number;
  commit(address: number, bytes: number): boolean;
  /** The handle again, with no more than `access`; the one before is closed. */
  narrowed(handle: number, access: number): number;
  processSnapshot(): number;
  close(handle: number): void;
  lastError(): number;
  /** @returns an error, 0 where it works; null where the system has no such call */
  captureHandles(process: number): number | null;
  /** Turns the tracing of handles on and off again. @returns the status of turning it on */
  traceHandles(process: number): number;
  /** Null on Windows itself. */
  wineVersion(): string | null;
}

export async function loadSelftestApi(): Promise<SelftestApi | { readonly reason: string }> {
  const load = await loadKoffi();
  return 'reason' in load ? load : declare(load);
}

type Parameter = number | string | Buffer | null;
type Native = (...parameters: readonly Parameter[]) => number;

function declare(load: LibraryLoader): SelftestApi {
  const kernel32 = load('kernel32.dll');
  const ntdll = load('ntdll.dll');
  const createFileMapping = kernel32.func(
    'intptr_t CreateFileMappingW(intptr_t file, void* attributes, uint32 protection, uint32 high, uint32 low, str16 name)',
  ) as Native;
  const createFile = kernel32.func(
    'intptr_t CreateFileW(str16 path, uint32 access, uint32 share, void* attributes, uint32 disposition, uint32 flags, intptr_t template)',
  ) as Native;
  const mapView = kernel32.func(
    'uint64 MapViewOfFile(intptr_t section, uint32 access, uint32 high, uint32 low, uint64 bytes)',
  ) as Native;
  const virtualAlloc = kernel32.func(
    'uint64 VirtualAlloc(uint64 address, uint64 bytes, uint32 type, uint32 protection)',
  ) as Native;
  const duplicate = kernel32.func(
    'int DuplicateHandle(intptr_t from, intptr_t handle, intptr_t to, void* duplicate, uint32 access, int inherit, uint32 options)',
  ) as Native;
  const toolhelp = kernel32.func('intptr_t CreateToolhelp32Snapshot(uint32 flags, uint32 pid)') as Native;
  const setProcess = ntdll.func(
    'uint32 NtSetInformationProcess(intptr_t process, uint32 informationClass, void* buffer, uint32 bytes)',
  ) as Native;
  const closeHandle = kernel32.func('int CloseHandle(intptr_t handle)') as Native;
  return {
    createSection: (file, protection, bytes, name) =>
      createFileMapping(file, null, protection, Math.floor(bytes / 2 ** 32), bytes % 2 ** 32, name),
    createTemporaryFile: (path) =>
      createFile(path, GENERIC_READ + GENERIC_WRITE, 0, null, CREATE_ALWAYS, FILE_FLAG_DELETE_ON_CLOSE, 0),
    openFile: (path) => createFile(path, GENERIC_READ, FILE_SHARE_READ, null, OPEN_EXISTING, 0, 0),
    map: (section, access, bytes) => mapView(section, access, 0, 0, bytes),
    commit: (address, bytes) => virtualAlloc(address, bytes, MEM_COMMIT, PAGE_READWRITE) !== 0,
    narrowed: (handle, access) => {
      const received = Buffer.alloc(8);
      duplicate(CURRENT_PROCESS, handle, CURRENT_PROCESS, received, access, 0, DUPLICATE_CLOSE_SOURCE);
      return Number(received.readBigInt64LE(0));
    },
    processSnapshot: () => toolhelp(TH32CS_SNAPPROCESS, 0),
    close: closeHandle,
    lastError: kernel32.func('uint32 GetLastError()') as SelftestApi['lastError'],
    captureHandles: (process) => {
      const capture = optional(() => captureSnapshot(load));
      return capture === null ? null : capture(process);
    },
    traceHandles: (process) => {
      const status = setProcess(process, ProcessHandleTracing, Buffer.alloc(4), 4);
      if (status === 0) {
        setProcess(process, ProcessHandleTracing, null, 0);
      }
      return status;
    },
    wineVersion: optional(() => ntdll.func('str wine_get_version()') as SelftestApi['wineVersion']) ?? (() => null),
  };
}

/** Windows 8.1 and later. */
function captureSnapshot(load: LibraryLoader): (process: number) => number {
  const kernel32 = load('kernel32.dll');
  const capture = kernel32.func(
    'uint32 PssCaptureSnapshot(intptr_t process, uint32 flags, uint32 contextFlags, void* snapshot)',
  ) as Native;
  const free = kernel32.func('uint32 PssFreeSnapshot(intptr_t process, intptr_t snapshot)') as Native;
  return (process) => {
    const received = Buffer.alloc(8);
    const error = capture(process, PSS_CAPTURE_HANDLES, 0, received);
    if (error === 0) {
      free(CURRENT_PROCESS, Number(received.readBigInt64LE(0)));
    }
    return error;
  };
}

function optional<Result>(make: () => Result): Result | null {
  try {
    return make();
  } catch {
    return null;
  }
}
