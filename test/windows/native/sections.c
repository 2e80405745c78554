/*
 * Makes, maps, unmaps and closes sections as the lines on its standard input say, and after each line prints one line
 * of JSON: all that it holds then, by its own books.
 *
 *   make SLOT KIND BYTES [NAME]   KIND is page-file, reserve, read-only (its only handle may map for reading, no more),
 *                                 named, file, image (of this program), large-pages, snapshot (by toolhelp);
 *                                 \uXXXX in NAME is one UTF-16 unit
 *   map SLOT BYTES                one view more from the beginning, 0 for the whole; pages are written where they may be
 *   commit SLOT BYTES             of the last view of a reserve section
 *   unmap SLOT                    the last view
 *   again SLOT                    a handle more, in this process
 *   close SLOT                    all its handles; its views stay
 *   replace SLOT BYTES            closes its only handle, and makes a page-file section that gets the same handle value
 *   give SLOT BYTES               a handle in a child process, which maps so many bytes
 *   fill COUNT BYTES              so many page-file sections beside the slots
 *   copies SLOT COUNT             so many handles more of one section
 *   empty                         closes what fill and copies have made
 *   churn | still                 a thread makes, maps, unmaps and closes sections all the time
 *   tell                          nothing
 */
#define UNICODE
#include <windows.h>
#include <psapi.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tlhelp32.h>

enum { SLOTS = 32, VIEWS = 8, HANDLES = 8, MANY = 200000, LINE = 512 };

struct slot {
    char name[16];
    char kind[16];
    uint64_t bytes;
    HANDLE handles[HANDLES];
    int handle_count;
    void *views[VIEWS];
    uint64_t view_bytes[VIEWS];
    int view_count;
    uint64_t committed;
    HANDLE child;
    DWORD child_pid;
    uint64_t child_bytes;
};

static struct slot slots[SLOTS];
static int slot_count;
static HANDLE many[MANY];
static int filled, copied;
static uint64_t filled_bytes;
static HANDLE churner;
static volatile LONG churning;

static void fail(const char *what)
{
    fprintf(stderr, "sections: %s failed with error %lu\n", what, GetLastError());
    exit(1);
}

static struct slot *find(const char *name)
{
    for (int i = 0; i < slot_count; i++)
        if (strcmp(slots[i].name, name) == 0)
            return &slots[i];
    fprintf(stderr, "sections: no slot %s\n", name);
    exit(2);
}

static void decode(const char *text, wchar_t *name)
{
    while (*text != '\0')
        if (text[0] == '\\' && text[1] == 'u') {
            char digits[5] = {0};
            memcpy(digits, text + 2, 4);
            *name++ = (wchar_t)strtoul(digits, NULL, 16);
            text += 6;
        } else
            *name++ = (wchar_t)*text++;
    *name = L'\0';
}

static HANDLE page_file_section(uint64_t bytes, DWORD flags, const wchar_t *name)
{
    HANDLE section =
        CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE | flags, (DWORD)(bytes >> 32), (DWORD)bytes, name);
    if (section == NULL)
        fail("CreateFileMappingW");
    return section;
}

static HANDLE temporary_file(void)
{
    wchar_t folder[MAX_PATH], path[MAX_PATH];
    GetTempPathW(MAX_PATH, folder);
    GetTempFileNameW(folder, L"sec", 0, path);
    HANDLE file = CreateFileW(path, GENERIC_READ | GENERIC_WRITE, 0, NULL, CREATE_ALWAYS,
                              FILE_ATTRIBUTE_TEMPORARY | FILE_FLAG_DELETE_ON_CLOSE, NULL);
    if (file == INVALID_HANDLE_VALUE)
        fail("CreateFileW");
    return file;
}

static HANDLE file_section(uint64_t bytes)
{
    HANDLE file = temporary_file();
    HANDLE section = CreateFileMappingW(file, NULL, PAGE_READWRITE, (DWORD)(bytes >> 32), (DWORD)bytes, NULL);
    if (section == NULL)
        fail("CreateFileMappingW of a file");
    CloseHandle(file);
    return section;
}

static HANDLE image_section(void)
{
    wchar_t path[MAX_PATH];
    GetModuleFileNameW(NULL, path, MAX_PATH);
    HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    HANDLE section = CreateFileMappingW(file, NULL, PAGE_READONLY | SEC_IMAGE, 0, 0, NULL);
    if (section == NULL)
        fail("CreateFileMappingW of an image");
    CloseHandle(file);
    return section;
}

static HANDLE duplicate(HANDLE section, DWORD access)
{
    HANDLE copy;
    HANDLE self = GetCurrentProcess();
    if (!DuplicateHandle(self, section, self, &copy, access, FALSE, access == 0 ? DUPLICATE_SAME_ACCESS : 0))
        fail("DuplicateHandle");
    return copy;
}

static HANDLE make_section(const char *kind, uint64_t bytes, const char *name)
{
    if (strcmp(kind, "page-file") == 0)
        return page_file_section(bytes, 0, NULL);
    if (strcmp(kind, "reserve") == 0)
        return page_file_section(bytes, SEC_RESERVE, NULL);
    if (strcmp(kind, "large-pages") == 0)
        return page_file_section(bytes, SEC_COMMIT | SEC_LARGE_PAGES, NULL);
    if (strcmp(kind, "read-only") == 0) {
        HANDLE section = page_file_section(bytes, 0, NULL);
        HANDLE copy = duplicate(section, FILE_MAP_READ);
        CloseHandle(section);
        return copy;
    }
    if (strcmp(kind, "named") == 0) {
        wchar_t wide[LINE];
        decode(name, wide);
        return page_file_section(bytes, 0, wide);
    }
    if (strcmp(kind, "file") == 0)
        return file_section(bytes);
    if (strcmp(kind, "image") == 0)
        return image_section();
    if (strcmp(kind, "snapshot") == 0) {
        HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
        if (snapshot == INVALID_HANDLE_VALUE)
            fail("CreateToolhelp32Snapshot");
        return snapshot;
    }
    fprintf(stderr, "sections: no kind %s\n", kind);
    exit(2);
}

static void make(const char *name, const char *kind, uint64_t bytes, const char *section_name)
{
    struct slot *slot = &slots[slot_count++];
    strcpy(slot->name, name);
    strcpy(slot->kind, kind);
    slot->bytes = bytes;
    slot->handles[slot->handle_count++] = make_section(kind, bytes, section_name);
}

static DWORD access_of(const char *kind)
{
    return strcmp(kind, "read-only") == 0 || strcmp(kind, "image") == 0 ? FILE_MAP_READ : FILE_MAP_WRITE;
}

static void *map_section(HANDLE section, const char *kind, uint64_t bytes)
{
    void *view = MapViewOfFile(section, access_of(kind), 0, 0, (SIZE_T)bytes);
    if (view == NULL)
        fail("MapViewOfFile");
    if (access_of(kind) == FILE_MAP_WRITE && strcmp(kind, "reserve") != 0)
        memset(view, 1, bytes);
    return view;
}

static void map(struct slot *slot, uint64_t bytes)
{
    uint64_t whole = bytes == 0 ? slot->bytes : bytes;
    slot->views[slot->view_count] = map_section(slot->handles[0], slot->kind, whole);
    slot->view_bytes[slot->view_count++] = whole;
}

static void commit(struct slot *slot, uint64_t bytes)
{
    void *view = slot->views[slot->view_count - 1];
    if (VirtualAlloc(view, (SIZE_T)bytes, MEM_COMMIT, PAGE_READWRITE) == NULL)
        fail("VirtualAlloc");
    memset(view, 1, bytes);
    slot->committed = bytes > slot->committed ? bytes : slot->committed;
}

static void unmap(struct slot *slot)
{
    if (!UnmapViewOfFile(slot->views[--slot->view_count]))
        fail("UnmapViewOfFile");
}

static void close_handles(struct slot *slot)
{
    while (slot->handle_count > 0)
        CloseHandle(slot->handles[--slot->handle_count]);
}

static void replace(struct slot *slot, uint64_t bytes)
{
    HANDLE before = slot->handles[0];
    CloseHandle(before);
    HANDLE others[64];
    int count = 0;
    HANDLE section = page_file_section(bytes, 0, NULL);
    while (section != before && count < 64) {
        others[count++] = section;
        section = page_file_section(bytes, 0, NULL);
    }
    while (count > 0)
        CloseHandle(others[--count]);
    if (section != before)
        fail("getting the same handle value");
    slot->handles[0] = section;
    slot->bytes = bytes;
    strcpy(slot->kind, "page-file");
}

/* A child that waits for its standard input to end, once it has been told which handle to map. */
static HANDLE start_child(PROCESS_INFORMATION *process, HANDLE *answers)
{
    SECURITY_ATTRIBUTES inherited = {sizeof inherited, NULL, TRUE};
    HANDLE read_orders, orders, write_answers;
    if (!CreatePipe(&read_orders, &orders, &inherited, 0) || !CreatePipe(answers, &write_answers, &inherited, 0))
        fail("CreatePipe");
    SetHandleInformation(orders, HANDLE_FLAG_INHERIT, 0);
    SetHandleInformation(*answers, HANDLE_FLAG_INHERIT, 0);
    STARTUPINFOW startup = {.cb = sizeof startup, .dwFlags = STARTF_USESTDHANDLES};
    startup.hStdInput = read_orders;
    startup.hStdOutput = write_answers;
    startup.hStdError = GetStdHandle(STD_ERROR_HANDLE);
    wchar_t path[MAX_PATH], command[] = L"sections child";
    GetModuleFileNameW(NULL, path, MAX_PATH);
    if (!CreateProcessW(path, command, NULL, NULL, TRUE, 0, NULL, NULL, &startup, process))
        fail("CreateProcessW");
    CloseHandle(process->hThread);
    CloseHandle(read_orders);
    CloseHandle(write_answers);
    return orders;
}

static void give(struct slot *slot, uint64_t bytes)
{
    PROCESS_INFORMATION process;
    HANDLE answers, remote;
    HANDLE orders = start_child(&process, &answers);
    if (!DuplicateHandle(GetCurrentProcess(), slot->handles[0], process.hProcess, &remote, 0, FALSE,
                         DUPLICATE_SAME_ACCESS))
        fail("DuplicateHandle into the child");
    char line[64];
    int length = snprintf(line, sizeof line, "%llu %llu\n", (unsigned long long)(uintptr_t)remote,
                          (unsigned long long)bytes);
    DWORD done;
    WriteFile(orders, line, (DWORD)length, &done, NULL);
    if (!ReadFile(answers, line, 1, &done, NULL) || done != 1)
        fail("the child");
    CloseHandle(answers);
    CloseHandle(process.hProcess);
    slot->child = orders;
    slot->child_pid = process.dwProcessId;
    slot->child_bytes = bytes;
}

static int be_child(void)
{
    unsigned long long handle, bytes;
    if (scanf("%llu %llu", &handle, &bytes) != 2)
        return 1;
    if (bytes > 0)
        map_section((HANDLE)(uintptr_t)handle, "page-file", bytes);
    putchar('.');
    fflush(stdout);
    while (getchar() != EOF)
        ;
    return 0;
}

static void fill(int count, uint64_t bytes)
{
    for (int i = 0; i < count; i++)
        many[filled++] = page_file_section(bytes, 0, NULL);
    filled_bytes = bytes;
}

static void copies(struct slot *slot, int count)
{
    for (int i = 0; i < count; i++)
        many[filled + copied++] = duplicate(slot->handles[0], 0);
}

static void empty(void)
{
    for (int i = 0; i < filled + copied; i++)
        CloseHandle(many[i]);
    filled = copied = 0;
}

static DWORD WINAPI churn(void *nothing)
{
    (void)nothing;
    while (churning) {
        HANDLE section = page_file_section(1 << 16, 0, NULL);
        void *view = map_section(section, "page-file", 1 << 16);
        CloseHandle(section);
        UnmapViewOfFile(view);
    }
    return 0;
}

static void set_churning(int on)
{
    churning = on;
    if (on) {
        churner = CreateThread(NULL, 0, churn, NULL, 0, NULL);
    } else if (churner != NULL) {
        WaitForSingleObject(churner, INFINITE);
        CloseHandle(churner);
        churner = NULL;
    }
}

static void tell_slot(const struct slot *slot)
{
    printf("{\"slot\":\"%s\",\"kind\":\"%s\",\"bytes\":%llu,\"committedBytes\":%llu,\"handles\":[", slot->name,
           slot->kind, (unsigned long long)slot->bytes, (unsigned long long)slot->committed);
    for (int i = 0; i < slot->handle_count; i++)
        printf("%s%llu", i > 0 ? "," : "", (unsigned long long)(uintptr_t)slot->handles[i]);
    printf("],\"views\":[");
    for (int i = 0; i < slot->view_count; i++)
        printf("%s%llu", i > 0 ? "," : "", (unsigned long long)slot->view_bytes[i]);
    printf("],\"childPid\":%lu,\"childBytes\":%llu}", slot->child_pid, (unsigned long long)slot->child_bytes);
}

static void tell(void)
{
    PROCESS_MEMORY_COUNTERS memory = {.cb = sizeof memory};
    GetProcessMemoryInfo(GetCurrentProcess(), &memory, sizeof memory);
    printf("{\"pid\":%lu,\"privateBytes\":%llu,\"filled\":%d,\"filledBytes\":%llu,\"copies\":%d,\"slots\":[",
           GetCurrentProcessId(), (unsigned long long)memory.PagefileUsage, filled, (unsigned long long)filled_bytes,
           copied);
    for (int i = 0; i < slot_count; i++) {
        if (i > 0)
            putchar(',');
        tell_slot(&slots[i]);
    }
    printf("]}\n");
    fflush(stdout);
}

static void obey(char *line)
{
    char command[16], name[16], kind[16];
    unsigned long long number = 0;
    int count, after = 0;
    line[strcspn(line, "\r\n")] = '\0';
    if (sscanf(line, "make %15s %15s %llu %n", name, kind, &number, &after) == 3)
        make(name, kind, number, line + after);
    else if (sscanf(line, "fill %d %llu", &count, &number) == 2)
        fill(count, number);
    else if (sscanf(line, "copies %15s %d", name, &count) == 2)
        copies(find(name), count);
    else if (strcmp(line, "empty") == 0)
        empty();
    else if (strcmp(line, "churn") == 0 || strcmp(line, "still") == 0)
        set_churning(line[0] == 'c');
    else if (sscanf(line, "%15s %15s %llu", command, name, &number) >= 2) {
        struct slot *slot = find(name);
        if (strcmp(command, "map") == 0)
            map(slot, number);
        else if (strcmp(command, "commit") == 0)
            commit(slot, number);
        else if (strcmp(command, "unmap") == 0)
            unmap(slot);
        else if (strcmp(command, "again") == 0)
            slot->handles[slot->handle_count++] = duplicate(slot->handles[0], 0);
        else if (strcmp(command, "close") == 0)
            close_handles(slot);
        else if (strcmp(command, "replace") == 0)
            replace(slot, number);
        else if (strcmp(command, "give") == 0)
            give(slot, number);
        else
            exit(2);
    } else if (strcmp(line, "tell") != 0)
        exit(2);
    tell();
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "child") == 0)
        return be_child();
    char line[LINE];
    tell();
    while (fgets(line, sizeof line, stdin) != NULL)
        obey(line);
    return 0;
}
