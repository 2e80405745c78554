#include <windows.h>
#include <tlhelp32.h>

typedef struct {
    HANDLE map;
    void *view;
} SHARED;

BOOL failed_view(DWORD bytes)
{
    HANDLE map = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, bytes, NULL); //! section-leaks-on-path
    if (map == NULL)
        return FALSE;
    void *view = MapViewOfFile(map, FILE_MAP_ALL_ACCESS, 0, 0, 0);
    if (!view)
        return FALSE;
    UnmapViewOfFile(view);
    CloseHandle(map);
    return TRUE;
}

BOOL clean(DWORD bytes)
{
    BOOL ok = FALSE;
    LPVOID view = NULL;
    HANDLE map = CreateFileMapping(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, bytes, NULL);
    if (!map)
        goto done;
    view = MapViewOfFile(map, FILE_MAP_ALL_ACCESS, 0, 0, 0);
    if (view == NULL)
        goto done;
    ok = TRUE;
done:
    if (view)
        UnmapViewOfFile(view);
    if (map)
        CloseHandle(map);
    return ok;
}

DWORD count_processes(void)
{
    DWORD count = 0;
    PROCESSENTRY32 entry;
    HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0); //! section-never-closed
    if (snapshot == INVALID_HANDLE_VALUE)
        return 0;
    entry.dwSize = sizeof entry;
    if (Process32First(snapshot, &entry)) {
        do {
            count++;
        } while (Process32Next(snapshot, &entry));
    }
    return count;
}

DWORD find_process(DWORD wanted)
{
    PROCESSENTRY32 entry;
    HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0); //! section-leaks-on-path
    if (snapshot == INVALID_HANDLE_VALUE)
        return 0;
    entry.dwSize = sizeof entry;
    for (BOOL more = Process32First(snapshot, &entry); more; more = Process32Next(snapshot, &entry)) {
        if (entry.th32ProcessID == wanted)
            return entry.cntThreads;
    }
    CloseHandle(snapshot);
    return 0;
}

NTSTATUS native(SIZE_T bytes)
{
    HANDLE section;
    PVOID base = NULL;
    LARGE_INTEGER maximum;
    maximum.QuadPart = bytes;
    NTSTATUS status = NtCreateSection(&section, SECTION_ALL_ACCESS, NULL, &maximum, PAGE_READWRITE, SEC_COMMIT, NULL); //! section-leaks-on-path
    if (!NT_SUCCESS(status))
        return status;
    status = NtMapViewOfSection(section, NtCurrentProcess(), &base, 0, 0, NULL, &bytes, ViewUnmap, 0, PAGE_READWRITE);
    if (!NT_SUCCESS(status))
        return status;
    NtUnmapViewOfSection(NtCurrentProcess(), base);
    NtClose(section);
    return status;
}

BOOL open_shared(SHARED *shared, const wchar_t *name)
{
    shared->map = OpenFileMappingW(FILE_MAP_READ, FALSE, name);
    if (!shared->map)
        return FALSE;
    shared->view = MapViewOfFile(shared->map, FILE_MAP_READ, 0, 0, 0);
    if (!shared->view) {
        CloseHandle(shared->map);
        shared->map = NULL;
        return FALSE;
    }
    return TRUE;
}

void close_shared(SHARED *shared)
{
    if (shared->view)
        UnmapViewOfFile(shared->view);
    if (shared->map)
        CloseHandle(shared->map);
}

BOOL use_shared(const wchar_t *name)
{
    SHARED shared;
    if (!open_shared(&shared, name))
        return FALSE;
    close_shared(&shared);
    return TRUE;
}

HANDLE handed_to_the_caller(DWORD bytes)
{
    return CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, bytes, "name");
}

void moved_to_another_process(HANDLE other, DWORD bytes)
{
    HANDLE theirs;
    HANDLE map = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, bytes, NULL);
    if (!map)
        return;
    DuplicateHandle(GetCurrentProcess(), map, other, &theirs, 0, FALSE, DUPLICATE_SAME_ACCESS | DUPLICATE_CLOSE_SOURCE);
}

void copied_to_another_process(HANDLE other, DWORD bytes)
{
    HANDLE theirs;
    HANDLE map = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, bytes, NULL); //! section-never-closed
    if (!map)
        return;
    DuplicateHandle(GetCurrentProcess(), map, other, &theirs, 0, FALSE, DUPLICATE_SAME_ACCESS);
}
