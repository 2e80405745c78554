/**
 * Declarations of ntdll.dll: handle tables, sections and objects. All return an NTSTATUS as an unsigned number; the
 * information classes are numbered as in the Windows headers and in the documentation of the native interface.
 */
import type { NativeLibrary } from './library.ts';

export const STATUS_SUCCESS = 0;
export const STATUS_INFO_LENGTH_MISMATCH = 0xc000_0004;
export const STATUS_BUFFER_OVERFLOW = 0x8000_0005;
export const STATUS_BUFFER_TOO_SMALL = 0xc000_0023;

export const SystemProcessInformation = 5;
export const SystemPageFileInformation = 18;
export const SystemExtendedHandleInformation = 64;
export const SystemMemoryListInformation = 80;
export const ProcessHandleInformation = 51;
export const ProcessCommandLineInformation = 60;
export const ObjectBasicInformation = 0;
export const ObjectNameInformation = 1;
export const SectionBasicInformation = 0;

export interface Ntdll {
  /** @param needed receives how many bytes it takes, where the buffer is too small */
  querySystem(informationClass: number, buffer: Buffer, bytes: number, needed: Buffer): number;
  queryProcess(process: number, informationClass: number, buffer: Buffer, bytes: number, needed: Buffer): number;
  querySection(section: number, informationClass: number, buffer: Buffer, bytes: number, written: null): number;
  /** Only ever asked of handles that are known to be sections: a name query on a pipe may never return. */
  queryObject(handle: number, informationClass: number, buffer: Buffer, bytes: number, needed: Buffer | null): number;
  /** 0 for the same object. Since Windows 10. */
  compareObjects(first: number, second: number): number;
}

export function declareNtdll(library: NativeLibrary): Ntdll {
  return {
    querySystem: library.func(
      'uint32 NtQuerySystemInformation(uint32 informationClass, void* buffer, uint32 bytes, void* needed)',
    ) as Ntdll['querySystem'],
    queryProcess: library.func(
      'uint32 NtQueryInformationProcess(intptr_t process, uint32 informationClass, void* buffer, uint32 bytes, void* needed)',
    ) as Ntdll['queryProcess'],
    querySection: library.func(
      'uint32 NtQuerySection(intptr_t section, uint32 informationClass, void* buffer, uint64 bytes, void* written)',
    ) as Ntdll['querySection'],
    queryObject: library.func(
      'uint32 NtQueryObject(intptr_t handle, uint32 informationClass, void* buffer, uint32 bytes, void* needed)',
    ) as Ntdll['queryObject'],
    compareObjects: library.func('uint32 NtCompareObjects(intptr_t first, intptr_t second)') as Ntdll['compareObjects'],
  };
}
