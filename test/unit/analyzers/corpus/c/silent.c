/* Ways to own and to give back that are correct: nothing is reported here. */
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct shm { HANDLE map; void *ptr; size_t size; int refs; } shm_t;

shm_t *shm_new(const char *name, size_t size)
{
    shm_t *s = calloc(1, sizeof *s);
    if (!s) return NULL;
    s->map = CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, (DWORD)size, name);
    if (!s->map) goto fail;
    s->ptr = MapViewOfFile(s->map, FILE_MAP_ALL_ACCESS, 0, 0, size);
    if (!s->ptr) goto fail;
    s->size = size;
    return s;
fail:
    if (s->map) CloseHandle(s->map);
    free(s);
    return NULL;
}

void shm_free(shm_t *s)
{
    if (!s) return;
    if (s->ptr) UnmapViewOfFile(s->ptr);
    if (s->map) CloseHandle(s->map);
    free(s);
}

int with_finally(DWORD n)
{
    HANDLE map = NULL; LPVOID v = NULL; int ok = 0;
    __try {
        map = CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, n, NULL);
        if (map == NULL) __leave;
        v = MapViewOfFile(map, FILE_MAP_READ, 0, 0, 0);
        if (v == NULL) __leave;
        ok = 1;
    } __finally {
        if (v) UnmapViewOfFile(v);
        if (map) CloseHandle(map);
    }
    return ok;
}

#define SAFE_CLOSE(h) do { if ((h) != NULL) { CloseHandle(h); (h) = NULL; } } while (0)
int macro_close(DWORD n)
{
    HANDLE map = CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, n, NULL);
    void *v;
    if (!map) return -1;
    v = MapViewOfFile(map, FILE_MAP_READ, 0, 0, 0);
    if (!v) { SAFE_CLOSE(map); return -1; }
    UnmapViewOfFile(v);
    SAFE_CLOSE(map);
    return 0;
}

static void cleanup(HANDLE *map, void **view)
{
    if (*view) { UnmapViewOfFile(*view); *view = NULL; }
    if (*map) { CloseHandle(*map); *map = NULL; }
}
int by_address(DWORD n)
{
    HANDLE map = CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, n, NULL);
    void *view = NULL;
    if (map) view = MapViewOfFile(map, FILE_MAP_READ, 0, 0, 0);
    if (!view) { cleanup(&map, &view); return 0; }
    use(view);
    cleanup(&map, &view);
    return 1;
}

void *view_only(HANDLE file, size_t *size)
{
    HANDLE map = CreateFileMapping(file, NULL, PAGE_READONLY, 0, 0, NULL);
    void *p;
    if (map == NULL) return NULL;
    p = MapViewOfFile(map, FILE_MAP_READ, 0, 0, 0);
    CloseHandle(map);
    *size = 0;
    return p;
}
void view_only_free(void *p) { UnmapViewOfFile(p); }

static HANDLE g_map; static void *g_view;
int g_init(void)
{
    if (g_map) return 0;
    g_map = CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 5, "n");
    if (!g_map) return -1;
    g_view = MapViewOfFile(g_map, FILE_MAP_READ, 0, 0, 0);
    if (!g_view) { CloseHandle(g_map); g_map = NULL; return -1; }
    return 0;
}
void g_done(void) { if (g_view) UnmapViewOfFile(g_view); if (g_map) CloseHandle(g_map); g_view = NULL; g_map = NULL; }

int status_flag(DWORD n)
{
    BOOL ok;
    HANDLE map = CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, n, NULL);
    ok = map != NULL;
    if (ok) { void *v = MapViewOfFile(map, FILE_MAP_READ, 0, 0, 0); ok = v != NULL; if (ok) { use(v); UnmapViewOfFile(v); } }
    if (map != NULL) CloseHandle(map);
    return ok;
}

DWORD snap(DWORD pid)
{
    DWORD r = 0; PROCESSENTRY32 pe = { sizeof(pe) };
    HANDLE s = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
    if (s != INVALID_HANDLE_VALUE) {
        if (Process32First(s, &pe)) {
            do { if (pe.th32ProcessID == pid) { r = pe.th32ParentProcessID; break; } } while (Process32Next(s, &pe));
        }
        CloseHandle(s);
    }
    return r;
}

int already(const char *name)
{
    HANDLE h = CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 5, name);
    if (h && GetLastError() == ERROR_ALREADY_EXISTS) { CloseHandle(h); return 1; }
    if (!h) return -1;
    CloseHandle(h);
    return 0;
}

int retry(const char *name)
{
    HANDLE h = NULL; int i;
    for (i = 0; i < 10 && h == NULL; i++) {
        h = OpenFileMappingA(FILE_MAP_READ, FALSE, name);
        if (h == NULL) Sleep(100);
    }
    if (h == NULL) return 0;
    CloseHandle(h);
    return 1;
}

HANDLE dup_to(HANDLE process, DWORD n)
{
    HANDLE h = CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, n, NULL), out = NULL;
    DuplicateHandle(GetCurrentProcess(), h, process, &out, 0, FALSE, DUPLICATE_SAME_ACCESS | DUPLICATE_CLOSE_SOURCE);
    return out;
}

NTSTATUS nt(PVOID *out)
{
    HANDLE s = NULL; PVOID base = NULL; SIZE_T sz = 0; LARGE_INTEGER m = { 0 };
    NTSTATUS st = NtCreateSection(&s, SECTION_ALL_ACCESS, NULL, &m, PAGE_READWRITE, SEC_COMMIT, NULL);
    if (!NT_SUCCESS(st)) return st;
    st = NtMapViewOfSection(s, NtCurrentProcess(), &base, 0, 0, NULL, &sz, ViewUnmap, 0, PAGE_READWRITE);
    NtClose(s);
    if (NT_SUCCESS(st)) *out = base;
    return st;
}

void inject(HANDLE process)
{
    HANDLE s = NULL; PVOID local = NULL, remote = NULL; SIZE_T sz = 0; LARGE_INTEGER m = { 0 };
    if (NtCreateSection(&s, SECTION_ALL_ACCESS, NULL, &m, PAGE_EXECUTE_READWRITE, SEC_COMMIT, NULL) < 0) return;
    NtMapViewOfSection(s, GetCurrentProcess(), &local, 0, 0, NULL, &sz, 2, 0, PAGE_READWRITE);
    NtMapViewOfSection(s, process, &remote, 0, 0, NULL, &sz, 2, 0, PAGE_EXECUTE_READ);
    NtUnmapViewOfSection(GetCurrentProcess(), local);
    NtClose(s);
}
int list_add(struct list *l)
{
    HANDLE h = CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 5, NULL);
    if (!h) return -1;
    struct node *n = malloc(sizeof *n);
    if (!n) { CloseHandle(h); return -1; }
    n->map = h; n->next = l->head; l->head = n;
    return 0;
}
void list_free(struct list *l) { while (l->head) { struct node *n = l->head; l->head = n->next; CloseHandle(n->map); free(n); } }
