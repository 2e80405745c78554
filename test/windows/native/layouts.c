/*
 * Prints, as JSON, how many bytes the structures have that the monitor reads, and where their fields lie, as a C
 * compiler for 64-bit Windows lays them out. Structures that the headers do not have are declared here as in the
 * documentation of the native interface; what a field is named does not matter to the compiler, its type and order do.
 */
#define UNICODE
#define _WIN32_WINNT 0x0A00
#include <windows.h>
#include <pdh.h>
#include <psapi.h>
#include <stddef.h>
#include <stdio.h>
#include <winioctl.h>
#include <winternl.h>

/* winternl.h has some of these with most of their fields hidden, under the same names. */
typedef struct {
    PVOID BaseAddress;
    ULONG AllocationAttributes;
    LARGE_INTEGER MaximumSize;
} native_SECTION_BASIC_INFORMATION;

typedef struct {
    ULONG Attributes;
    ACCESS_MASK GrantedAccess;
    ULONG HandleCount;
    ULONG PointerCount;
    ULONG PagedPoolCharge;
    ULONG NonPagedPoolCharge;
    ULONG Reserved[3];
    ULONG NameInfoSize;
    ULONG TypeInfoSize;
    ULONG SecurityDescriptorSize;
    LARGE_INTEGER CreationTime;
} native_OBJECT_BASIC_INFORMATION;

typedef struct {
    PVOID Object;
    ULONG_PTR UniqueProcessId;
    ULONG_PTR HandleValue;
    ULONG GrantedAccess;
    USHORT CreatorBackTraceIndex;
    USHORT ObjectTypeIndex;
    ULONG HandleAttributes;
    ULONG Reserved;
} native_SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX;

typedef struct {
    ULONG_PTR NumberOfHandles;
    ULONG_PTR Reserved;
    native_SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX Handles[1];
} native_SYSTEM_HANDLE_INFORMATION_EX;

typedef struct {
    HANDLE HandleValue;
    ULONG_PTR HandleCount;
    ULONG_PTR PointerCount;
    ULONG GrantedAccess;
    ULONG ObjectTypeIndex;
    ULONG HandleAttributes;
    ULONG Reserved;
} native_PROCESS_HANDLE_TABLE_ENTRY_INFO;

typedef struct {
    ULONG_PTR NumberOfHandles;
    ULONG_PTR Reserved;
    native_PROCESS_HANDLE_TABLE_ENTRY_INFO Handles[1];
} native_PROCESS_HANDLE_SNAPSHOT_INFORMATION;

typedef struct {
    ULONG NextEntryOffset;
    ULONG NumberOfThreads;
    LARGE_INTEGER WorkingSetPrivateSize;
    ULONG HardFaultCount;
    ULONG NumberOfThreadsHighWatermark;
    ULONGLONG CycleTime;
    LARGE_INTEGER CreateTime;
    LARGE_INTEGER UserTime;
    LARGE_INTEGER KernelTime;
    UNICODE_STRING ImageName;
    LONG BasePriority;
    HANDLE UniqueProcessId;
    HANDLE InheritedFromUniqueProcessId;
    ULONG HandleCount;
    ULONG SessionId;
    ULONG_PTR UniqueProcessKey;
    SIZE_T PeakVirtualSize;
    SIZE_T VirtualSize;
    ULONG PageFaultCount;
    SIZE_T PeakWorkingSetSize;
    SIZE_T WorkingSetSize;
    SIZE_T QuotaPeakPagedPoolUsage;
    SIZE_T QuotaPagedPoolUsage;
    SIZE_T QuotaPeakNonPagedPoolUsage;
    SIZE_T QuotaNonPagedPoolUsage;
    SIZE_T PagefileUsage;
    SIZE_T PeakPagefileUsage;
    SIZE_T PrivatePageCount;
    LARGE_INTEGER ReadOperationCount;
    LARGE_INTEGER WriteOperationCount;
    LARGE_INTEGER OtherOperationCount;
    LARGE_INTEGER ReadTransferCount;
    LARGE_INTEGER WriteTransferCount;
    LARGE_INTEGER OtherTransferCount;
} native_SYSTEM_PROCESS_INFORMATION;

typedef struct {
    ULONG_PTR ZeroPageCount;
    ULONG_PTR FreePageCount;
    ULONG_PTR ModifiedPageCount;
    ULONG_PTR ModifiedNoWritePageCount;
    ULONG_PTR BadPageCount;
    ULONG_PTR PageCountByPriority[8];
    ULONG_PTR RepurposedPagesByPriority[8];
    ULONG_PTR ModifiedPageCountPageFile;
} native_SYSTEM_MEMORY_LIST_INFORMATION;

typedef struct {
    ULONG NextEntryOffset;
    ULONG TotalSize;
    ULONG TotalInUse;
    ULONG PeakUsage;
    UNICODE_STRING PageFileName;
} native_SYSTEM_PAGEFILE_INFORMATION;

/* Older headers lack it. */
typedef struct {
    BOOLEAN ParametersSavable;
    BOOLEAN ReadCacheEnabled;
    BOOLEAN WriteCacheEnabled;
    LONG ReadRetentionPriority;
    LONG WriteRetentionPriority;
    WORD DisablePrefetchTransferLength;
    BOOLEAN PrefetchScalar;
    union {
        struct {
            WORD Minimum;
            WORD Maximum;
            WORD MaximumBlocks;
        } ScalarPrefetch;
        struct {
            WORD Minimum;
            WORD Maximum;
        } BlockPrefetch;
    } Prefetch;
} native_DISK_CACHE_INFORMATION;

static int structures;
static int fields;

static void begin(const char *name, size_t bytes)
{
    printf("%s\"%s\":{\"bytes\":%zu,\"offsets\":{", structures++ > 0 ? "," : "", name, bytes);
    fields = 0;
}

static void field(const char *name, size_t offset)
{
    printf("%s\"%s\":%zu", fields++ > 0 ? "," : "", name, offset);
}

#define BEGIN(type, name) begin(#name, sizeof(type))
#define FIELD(type, name) field(#name, offsetof(type, name))
#define END() printf("}}")

int main(void)
{
    putchar('{');
    BEGIN(MEMORY_BASIC_INFORMATION, MEMORY_BASIC_INFORMATION);
    FIELD(MEMORY_BASIC_INFORMATION, BaseAddress);
    FIELD(MEMORY_BASIC_INFORMATION, AllocationBase);
    FIELD(MEMORY_BASIC_INFORMATION, AllocationProtect);
    FIELD(MEMORY_BASIC_INFORMATION, RegionSize);
    FIELD(MEMORY_BASIC_INFORMATION, State);
    FIELD(MEMORY_BASIC_INFORMATION, Protect);
    FIELD(MEMORY_BASIC_INFORMATION, Type);
    END();
    BEGIN(native_SECTION_BASIC_INFORMATION, SECTION_BASIC_INFORMATION);
    FIELD(native_SECTION_BASIC_INFORMATION, BaseAddress);
    FIELD(native_SECTION_BASIC_INFORMATION, AllocationAttributes);
    FIELD(native_SECTION_BASIC_INFORMATION, MaximumSize);
    END();
    BEGIN(native_OBJECT_BASIC_INFORMATION, OBJECT_BASIC_INFORMATION);
    FIELD(native_OBJECT_BASIC_INFORMATION, Attributes);
    FIELD(native_OBJECT_BASIC_INFORMATION, GrantedAccess);
    FIELD(native_OBJECT_BASIC_INFORMATION, HandleCount);
    FIELD(native_OBJECT_BASIC_INFORMATION, PointerCount);
    FIELD(native_OBJECT_BASIC_INFORMATION, CreationTime);
    END();
    BEGIN(UNICODE_STRING, UNICODE_STRING);
    FIELD(UNICODE_STRING, Length);
    FIELD(UNICODE_STRING, MaximumLength);
    FIELD(UNICODE_STRING, Buffer);
    END();
    BEGIN(native_SYSTEM_HANDLE_INFORMATION_EX, SYSTEM_HANDLE_INFORMATION_EX);
    FIELD(native_SYSTEM_HANDLE_INFORMATION_EX, NumberOfHandles);
    FIELD(native_SYSTEM_HANDLE_INFORMATION_EX, Handles);
    END();
    BEGIN(native_SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX, SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX);
    FIELD(native_SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX, Object);
    FIELD(native_SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX, UniqueProcessId);
    FIELD(native_SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX, HandleValue);
    FIELD(native_SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX, GrantedAccess);
    FIELD(native_SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX, CreatorBackTraceIndex);
    FIELD(native_SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX, ObjectTypeIndex);
    FIELD(native_SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX, HandleAttributes);
    END();
    BEGIN(native_PROCESS_HANDLE_SNAPSHOT_INFORMATION, PROCESS_HANDLE_SNAPSHOT_INFORMATION);
    FIELD(native_PROCESS_HANDLE_SNAPSHOT_INFORMATION, NumberOfHandles);
    FIELD(native_PROCESS_HANDLE_SNAPSHOT_INFORMATION, Handles);
    END();
    BEGIN(native_PROCESS_HANDLE_TABLE_ENTRY_INFO, PROCESS_HANDLE_TABLE_ENTRY_INFO);
    FIELD(native_PROCESS_HANDLE_TABLE_ENTRY_INFO, HandleValue);
    FIELD(native_PROCESS_HANDLE_TABLE_ENTRY_INFO, HandleCount);
    FIELD(native_PROCESS_HANDLE_TABLE_ENTRY_INFO, PointerCount);
    FIELD(native_PROCESS_HANDLE_TABLE_ENTRY_INFO, GrantedAccess);
    FIELD(native_PROCESS_HANDLE_TABLE_ENTRY_INFO, ObjectTypeIndex);
    FIELD(native_PROCESS_HANDLE_TABLE_ENTRY_INFO, HandleAttributes);
    END();
    BEGIN(native_SYSTEM_PROCESS_INFORMATION, SYSTEM_PROCESS_INFORMATION);
    FIELD(native_SYSTEM_PROCESS_INFORMATION, NextEntryOffset);
    FIELD(native_SYSTEM_PROCESS_INFORMATION, WorkingSetPrivateSize);
    FIELD(native_SYSTEM_PROCESS_INFORMATION, CreateTime);
    FIELD(native_SYSTEM_PROCESS_INFORMATION, ImageName);
    FIELD(native_SYSTEM_PROCESS_INFORMATION, UniqueProcessId);
    FIELD(native_SYSTEM_PROCESS_INFORMATION, InheritedFromUniqueProcessId);
    FIELD(native_SYSTEM_PROCESS_INFORMATION, HandleCount);
    FIELD(native_SYSTEM_PROCESS_INFORMATION, SessionId);
    FIELD(native_SYSTEM_PROCESS_INFORMATION, WorkingSetSize);
    FIELD(native_SYSTEM_PROCESS_INFORMATION, PrivatePageCount);
    END();
    BEGIN(native_SYSTEM_MEMORY_LIST_INFORMATION, SYSTEM_MEMORY_LIST_INFORMATION);
    FIELD(native_SYSTEM_MEMORY_LIST_INFORMATION, ZeroPageCount);
    FIELD(native_SYSTEM_MEMORY_LIST_INFORMATION, FreePageCount);
    FIELD(native_SYSTEM_MEMORY_LIST_INFORMATION, ModifiedPageCount);
    FIELD(native_SYSTEM_MEMORY_LIST_INFORMATION, ModifiedNoWritePageCount);
    FIELD(native_SYSTEM_MEMORY_LIST_INFORMATION, BadPageCount);
    FIELD(native_SYSTEM_MEMORY_LIST_INFORMATION, PageCountByPriority);
    FIELD(native_SYSTEM_MEMORY_LIST_INFORMATION, RepurposedPagesByPriority);
    FIELD(native_SYSTEM_MEMORY_LIST_INFORMATION, ModifiedPageCountPageFile);
    END();
    BEGIN(native_SYSTEM_PAGEFILE_INFORMATION, SYSTEM_PAGEFILE_INFORMATION);
    FIELD(native_SYSTEM_PAGEFILE_INFORMATION, NextEntryOffset);
    FIELD(native_SYSTEM_PAGEFILE_INFORMATION, TotalSize);
    FIELD(native_SYSTEM_PAGEFILE_INFORMATION, TotalInUse);
    FIELD(native_SYSTEM_PAGEFILE_INFORMATION, PeakUsage);
    FIELD(native_SYSTEM_PAGEFILE_INFORMATION, PageFileName);
    END();
    BEGIN(PERFORMANCE_INFORMATION, PERFORMANCE_INFORMATION);
    FIELD(PERFORMANCE_INFORMATION, cb);
    FIELD(PERFORMANCE_INFORMATION, CommitTotal);
    FIELD(PERFORMANCE_INFORMATION, CommitLimit);
    FIELD(PERFORMANCE_INFORMATION, PhysicalTotal);
    FIELD(PERFORMANCE_INFORMATION, PhysicalAvailable);
    FIELD(PERFORMANCE_INFORMATION, SystemCache);
    FIELD(PERFORMANCE_INFORMATION, PageSize);
    END();
    BEGIN(PDH_FMT_COUNTERVALUE, PDH_FMT_COUNTERVALUE);
    FIELD(PDH_FMT_COUNTERVALUE, CStatus);
    FIELD(PDH_FMT_COUNTERVALUE, largeValue);
    END();
    BEGIN(PDH_FMT_COUNTERVALUE_ITEM_W, PDH_FMT_COUNTERVALUE_ITEM_W);
    FIELD(PDH_FMT_COUNTERVALUE_ITEM_W, szName);
    FIELD(PDH_FMT_COUNTERVALUE_ITEM_W, FmtValue);
    END();
    BEGIN(native_DISK_CACHE_INFORMATION, DISK_CACHE_INFORMATION);
    FIELD(native_DISK_CACHE_INFORMATION, ParametersSavable);
    FIELD(native_DISK_CACHE_INFORMATION, ReadCacheEnabled);
    FIELD(native_DISK_CACHE_INFORMATION, WriteCacheEnabled);
    END();
    BEGIN(TOKEN_PRIVILEGES, TOKEN_PRIVILEGES);
    FIELD(TOKEN_PRIVILEGES, PrivilegeCount);
    FIELD(TOKEN_PRIVILEGES, Privileges);
    END();
    BEGIN(LUID_AND_ATTRIBUTES, LUID_AND_ATTRIBUTES);
    FIELD(LUID_AND_ATTRIBUTES, Luid);
    FIELD(LUID_AND_ATTRIBUTES, Attributes);
    END();
    printf("}\n");
    return 0;
}
