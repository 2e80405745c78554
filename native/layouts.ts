/**
 * Where the fields of the Windows structures lie that the monitor reads, for 64-bit processes: x64 and Arm64 agree. A test
 * compares every offset and length with what a C compiler makes of the structures. Names are those of the Windows
 * headers; structures that these do not have are named as in the documentation of the native interface.
 */

export interface Layout {
  readonly bytes: number;
  readonly offsets: Readonly<Record<string, number>>;
}

/** `VirtualQueryEx`. */
export const MEMORY_BASIC_INFORMATION = {
  bytes: 48,
  offsets: {
    BaseAddress: 0,
    AllocationBase: 8,
    AllocationProtect: 16,
    RegionSize: 24,
    State: 32,
    Protect: 36,
    Type: 40,
  },
} as const satisfies Layout;

/** `NtQuerySection`, class 0. */
export const SECTION_BASIC_INFORMATION = {
  bytes: 24,
  offsets: { BaseAddress: 0, AllocationAttributes: 8, MaximumSize: 16 },
} as const satisfies Layout;

/** `NtQueryObject`, class 0. Its counts contain the handle that was asked. */
export const OBJECT_BASIC_INFORMATION = {
  bytes: 56,
  offsets: { Attributes: 0, GrantedAccess: 4, HandleCount: 8, PointerCount: 12, CreationTime: 48 },
} as const satisfies Layout;

export const UNICODE_STRING = {
  bytes: 16,
  offsets: { Length: 0, MaximumLength: 2, Buffer: 8 },
} as const satisfies Layout;

/** `NtQuerySystemInformation`, class 64: a header, then entries. */
export const SYSTEM_HANDLE_INFORMATION_EX = {
  bytes: 56,
  offsets: { NumberOfHandles: 0, Handles: 16 },
} as const satisfies Layout;

export const SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX = {
  bytes: 40,
  offsets: {
    Object: 0,
    UniqueProcessId: 8,
    HandleValue: 16,
    GrantedAccess: 24,
    CreatorBackTraceIndex: 28,
    ObjectTypeIndex: 30,
    HandleAttributes: 32,
  },
} as const satisfies Layout;

/** `NtQueryInformationProcess`, class 51: a header, then entries. */
export const PROCESS_HANDLE_SNAPSHOT_INFORMATION = {
  bytes: 56,
  offsets: { NumberOfHandles: 0, Handles: 16 },
} as const satisfies Layout;

export const PROCESS_HANDLE_TABLE_ENTRY_INFO = {
  bytes: 40,
  offsets: {
    HandleValue: 0,
    HandleCount: 8,
    PointerCount: 16,
    GrantedAccess: 24,
    ObjectTypeIndex: 28,
    HandleAttributes: 32,
  },
} as const satisfies Layout;

/** `NtQuerySystemInformation`, class 5: one a process, each followed by its threads. */
export const SYSTEM_PROCESS_INFORMATION = {
  bytes: 256,
  offsets: {
    NextEntryOffset: 0,
    WorkingSetPrivateSize: 8,
    CreateTime: 32,
    ImageName: 56,
    UniqueProcessId: 80,
    InheritedFromUniqueProcessId: 88,
    HandleCount: 96,
    SessionId: 100,
    WorkingSetSize: 144,
    PrivatePageCount: 200,
  },
} as const satisfies Layout;

/** `NtQuerySystemInformation`, class 80: pages. */
export const SYSTEM_MEMORY_LIST_INFORMATION = {
  bytes: 176,
  offsets: {
    ZeroPageCount: 0,
    FreePageCount: 8,
    ModifiedPageCount: 16,
    ModifiedNoWritePageCount: 24,
    BadPageCount: 32,
    PageCountByPriority: 40,
    RepurposedPagesByPriority: 104,
    ModifiedPageCountPageFile: 168,
  },
} as const satisfies Layout;

/** `NtQuerySystemInformation`, class 18: one a page file, in pages. */
export const SYSTEM_PAGEFILE_INFORMATION = {
  bytes: 32,
  offsets: { NextEntryOffset: 0, TotalSize: 4, TotalInUse: 8, PeakUsage: 12, PageFileName: 16 },
} as const satisfies Layout;

/** `GetPerformanceInfo`, in pages. */
export const PERFORMANCE_INFORMATION = {
  bytes: 104,
  offsets: {
    cb: 0,
    CommitTotal: 8,
    CommitLimit: 16,
    PhysicalTotal: 32,
    PhysicalAvailable: 40,
    SystemCache: 48,
    PageSize: 80,
  },
} as const satisfies Layout;

/** `PdhGetFormattedCounterValue`. */
export const PDH_FMT_COUNTERVALUE = {
  bytes: 16,
  offsets: { CStatus: 0, largeValue: 8 },
} as const satisfies Layout;

/** `PdhGetFormattedCounterArrayW`: one an instance. */
export const PDH_FMT_COUNTERVALUE_ITEM_W = {
  bytes: 24,
  offsets: { szName: 0, FmtValue: 8 },
} as const satisfies Layout;

/** `DeviceIoControl`, IOCTL_DISK_GET_CACHE_INFORMATION. */
export const DISK_CACHE_INFORMATION = {
  bytes: 24,
  offsets: { ParametersSavable: 0, ReadCacheEnabled: 1, WriteCacheEnabled: 2 },
} as const satisfies Layout;

/** `AdjustTokenPrivileges`, with one privilege. */
export const TOKEN_PRIVILEGES = {
  bytes: 16,
  offsets: { PrivilegeCount: 0, Privileges: 4 },
} as const satisfies Layout;

export const LUID_AND_ATTRIBUTES = {
  bytes: 12,
  offsets: { Luid: 0, Attributes: 8 },
} as const satisfies Layout;
