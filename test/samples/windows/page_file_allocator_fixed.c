/*
 * The correct twin of page_file_allocator.c: the same sections, each closed when the work with them is done.
 * Every view is unmapped, so --keep-pointer changes nothing here.
 * For Windows: x86_64-w64-mingw32-gcc -gdwarf-4 -O1 -o page_file_allocator_fixed.exe page_file_allocator_fixed.c -lpsapi
 */
#define UNICODE
#include <windows.h>
#include <psapi.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_SECTIONS = 4096 };

struct options {
    uint64_t count;
    uint64_t bytes;
    uint64_t pause_ms;
    uint64_t hold_seconds;
    /* Read so that both twins take the same options. */
    bool keep_pointer;
    /* Closes each section after its view rather than all at the end. */
    bool close;
};

static HANDLE allocated[MAX_SECTIONS];
static size_t allocated_count;

/* Random enough that no compression makes it small. */
static void fill_random(uint64_t *words, uint64_t bytes)
{
    static uint64_t state = 0x9e3779b97f4a7c15;
    for (uint64_t i = 0; i < bytes / sizeof *words; i++) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        words[i] = state;
    }
}

/* One more section, filled with data. Returns false where the system has none left. */
static bool allocate(const struct options *options)
{
    HANDLE section = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, (DWORD)(options->bytes >> 32),
                                        (DWORD)options->bytes, NULL);
    if (section == NULL) {
        return false;
    }
    void *view = MapViewOfFile(section, FILE_MAP_WRITE, 0, 0, (SIZE_T)options->bytes);
    if (view == NULL) {
        CloseHandle(section);
        return false;
    }
    fill_random(view, options->bytes);
    UnmapViewOfFile(view);
    if (options->close) {
        CloseHandle(section);
    } else {
        allocated[allocated_count++] = section;
    }
    return true;
}

static void release_all(void)
{
    for (size_t i = 0; i < allocated_count; i++) {
        CloseHandle(allocated[i]);
    }
    allocated_count = 0;
}

/* The figures of this process that everybody looks at. */
static void print_held(const struct options *options)
{
    PROCESS_MEMORY_COUNTERS memory = {.cb = sizeof memory};
    GetProcessMemoryInfo(GetCurrentProcess(), &memory, sizeof memory);
    printf("sections %3llu   %13llu bytes   own working set %llu bytes\n", (unsigned long long)allocated_count,
           (unsigned long long)(allocated_count * options->bytes), (unsigned long long)memory.WorkingSetSize);
    fflush(stdout);
}

/* A whole number, with or without a binary unit: 4096, 64KiB, 16MiB, 1GiB. */
static bool parse_number(const char *text, uint64_t *number)
{
    char *unit;
    *number = strtoull(text, &unit, 10);
    int shift = strcmp(unit, "KiB") == 0 ? 10 : strcmp(unit, "MiB") == 0 ? 20 : strcmp(unit, "GiB") == 0 ? 30 : 0;
    bool is_whole = unit != text && text[0] != '-' && (shift != 0 || *unit == '\0');
    *number <<= shift;
    return is_whole && *number <= INT64_MAX;
}

static bool parse_options(int argc, char **argv, struct options *options)
{
    for (int i = 1; i < argc; i++) {
        const char *name = argv[i];
        const char *value = i + 1 < argc ? argv[i + 1] : "";
        bool is_read = false;
        if (strcmp(name, "--keep-pointer") == 0) {
            options->keep_pointer = true;
            continue;
        }
        if (strcmp(name, "--close") == 0) {
            options->close = true;
            continue;
        }
        if (strcmp(name, "--count") == 0) {
            is_read = parse_number(value, &options->count) && options->count <= MAX_SECTIONS;
        } else if (strcmp(name, "--bytes") == 0) {
            is_read = parse_number(value, &options->bytes) && options->bytes > 0;
        } else if (strcmp(name, "--pause") == 0) {
            is_read = parse_number(value, &options->pause_ms) && options->pause_ms < INFINITE;
        } else if (strcmp(name, "--hold") == 0) {
            is_read = parse_number(value, &options->hold_seconds) && options->hold_seconds < INFINITE / 1000;
        }
        if (!is_read) {
            fprintf(stderr, "page_file_allocator_fixed: cannot read the option %s with its value\n", name);
            return false;
        }
        i++;
    }
    return true;
}

int main(int argc, char **argv)
{
    struct options options = {.count = 24, .bytes = 16 << 20, .pause_ms = 500, .hold_seconds = 30};
    if (!parse_options(argc, argv, &options)) {
        fprintf(stderr, "options: [--count N] [--bytes N|NKiB|NMiB|NGiB] [--pause MS] [--hold SECONDS]\n"
                        "         [--keep-pointer] [--close]\n");
        return 2;
    }
    printf("page_file_allocator_fixed (pid %lu): %llu sections of %llu bytes\n", GetCurrentProcessId(),
           (unsigned long long)options.count, (unsigned long long)options.bytes);
    for (uint64_t i = 0; i < options.count; i++) {
        if (!allocate(&options)) {
            fprintf(stderr, "page_file_allocator_fixed: no more sections: error %lu\n", GetLastError());
            break;
        }
        print_held(&options);
        Sleep((DWORD)options.pause_ms);
    }
    release_all();
    if (options.hold_seconds > 0) {
        printf("holding %llu sections, %llu bytes, for %llu s\n", (unsigned long long)allocated_count,
               (unsigned long long)(allocated_count * options.bytes), (unsigned long long)options.hold_seconds);
        fflush(stdout);
        Sleep((DWORD)options.hold_seconds * 1000);
    }
    return 0;
}
