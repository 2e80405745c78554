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

static HANDLE make_section(DWORD bytes)
{
    HANDLE made = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, bytes, NULL); //! section-never-closed
    if (!made)
        return INVALID_HANDLE_VALUE;
    return made;
}

BOOL the_only_caller_forgets(DWORD bytes)
{
    HANDLE process = NULL;
    HANDLE section = make_section(bytes);
    if (!section || section == INVALID_HANDLE_VALUE)
        return FALSE;
    if (NtCreateProcessEx(&process, PROCESS_ALL_ACCESS, NULL, NtCurrentProcess(), 0, section, NULL, NULL, FALSE) != 0)
        return FALSE;
    return TRUE;
}

void tested_twice(DWORD bytes)
{
    HANDLE map = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, bytes, NULL);
    void *view;
    if (!map)
        return;
    view = MapViewOfFile(map, FILE_MAP_ALL_ACCESS, 0, 0, 0);
    if (!view) {
        CloseHandle(map);
        return;
    }
    note(bytes);
    if (view) {
        UnmapViewOfFile(view);
        CloseHandle(map);
    }
}

BOOL at_a_given_address(HANDLE map, void *address)
{
    return MapViewOfFileEx(map, FILE_MAP_ALL_ACCESS, 0, 0, 0, address) != NULL;
}

BOOL at_any_address(HANDLE map)
{
    return MapViewOfFileEx(map, FILE_MAP_ALL_ACCESS, 0, 0, 0, NULL) != NULL; //! view-never-unmapped
}

static HANDLE service_section;
static void *service_data;

static int connect_service(void)
{
    if (service_data)
        return 1;
    service_section = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 64, L"service"); //! section-leaks-on-path
    service_data = MapViewOfFile(service_section, FILE_MAP_WRITE, 0, 0, 0);
    return service_data != NULL;
}

int request_from_service(void)
{
    return connect_service() ? *(int *)service_data : 0;
}

void disconnect_service(void)
{
    if (service_data != NULL)
        UnmapViewOfFile(service_data);
    CloseHandle(service_section);
    service_data = NULL;
    service_section = NULL;
}

typedef struct {
    HANDLE queue_map;
    void *queue_head;
} QUEUE;

BOOL create_queue(QUEUE *queue, DWORD bytes)
{
    queue->queue_map = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, bytes, NULL); //! section-leaks-on-path
    if (queue->queue_map)
        queue->queue_head = MapViewOfFile(queue->queue_map, FILE_MAP_ALL_ACCESS, 0, 0, 0);
    return queue->queue_map != NULL && queue->queue_head != NULL;
}

void close_queue(QUEUE *queue)
{
    if (queue && queue->queue_head) {
        UnmapViewOfFile(queue->queue_head);
        CloseHandle(queue->queue_map);
        queue->queue_head = NULL;
        queue->queue_map = NULL;
    }
}

typedef struct {
    HANDLE stack_map;
    void *stack_top;
} STACK;

BOOL create_stack(STACK *stack, DWORD bytes)
{
    stack->stack_map = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, bytes, NULL);
    if (!stack->stack_map)
        return FALSE;
    stack->stack_top = MapViewOfFile(stack->stack_map, FILE_MAP_ALL_ACCESS, 0, 0, 0);
    return stack->stack_top != NULL;
}

void close_stack(STACK *stack)
{
    if (stack->stack_top)
        UnmapViewOfFile(stack->stack_top);
    if (stack->stack_map)
        CloseHandle(stack->stack_map);
}

int two_views(HANDLE map, PAGE **page, BOOL again)
{
    *page = (PAGE *)MapViewOfFile(map, FILE_MAP_WRITE, 0, 0, 0); //! view-never-unmapped
    if (*page == NULL)
        return 1;
    (*page)->first = FIRST_FREE((*page));
    if (again)
        *page = (PAGE *)MapViewOfFile(map, FILE_MAP_READ, 0, 0, 0);
    return 0;
}

int two_views_one_after_the_other(HANDLE map, PAGE **page, BOOL again)
{
    *page = (PAGE *)MapViewOfFile(map, FILE_MAP_WRITE, 0, 0, 0);
    if (*page == NULL)
        return 1;
    (*page)->count = 0;
    if (again) {
        UnmapViewOfFile(*page);
        *page = (PAGE *)MapViewOfFile(map, FILE_MAP_READ, 0, 0, 0);
    }
    return 0;
}

static HANDLE open_named(PCWSTR name, NTSTATUS *result)
{
    HANDLE opened = NULL;
    OBJECT_ATTRIBUTES attributes;
    NTSTATUS status;
    InitializeObjectAttributes(&attributes, name, 0, NULL, NULL);
    status = NtOpenSection(&opened, SECTION_QUERY, &attributes);
    if (result)
        *result = status;
    return opened;
}

BOOL hand_on(PCWSTR name, HANDLE *to)
{
    NTSTATUS status = STATUS_UNSUCCESSFUL;
    HANDLE object = open_named(name, &status);
    BOOL done = NT_SUCCESS(status) && object != NULL;
    if (done)
        *to = object;
    return done;
}

static NTSTATUS make_native(HANDLE *made, LARGE_INTEGER *bytes)
{
    return NtCreateSection(made, SECTION_ALL_ACCESS, NULL, bytes, PAGE_READWRITE, SEC_COMMIT, NULL);
}

BOOL native_pair(LARGE_INTEGER *bytes)
{
    HANDLE one;
    if (!NT_SUCCESS(make_native(&one, bytes)))
        return FALSE;
    CloseHandle(one);
    return TRUE;
}

BOOL native_pair_forgotten(LARGE_INTEGER *bytes)
{
    HANDLE one;
    if (!NT_SUCCESS(make_native(&one, bytes))) //! section-never-closed
        return FALSE;
    return TRUE;
}

BOOL activated(HANDLE map, CONTEXT_HANDLE *context)
{
    void *base = MapViewOfFile(map, FILE_MAP_READ, 0, 0, 0);
    if (!base)
        return FALSE;
    return RtlCreateActivationContext(0, base, context) >= 0;
}
