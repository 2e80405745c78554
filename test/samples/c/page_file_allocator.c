/*
 * Takes shared memory from the system, a section at a time, and unmaps each view as soon as it is filled.
 * The descriptors stay open: the memory then belongs to no process, and no figure of this one shows it.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum { MAX_SECTIONS = 4096 };

struct options {
    uint64_t count;
    uint64_t bytes;
    uint64_t pause_ms;
    uint64_t hold_seconds;
    /* Keeps the pointer into each view: the view stays mapped. */
    bool keep_pointer;
    /* Closes each section after its view, as a program should. */
    bool close;
    /* Name of the shared memory under which the totals are published for other programs, or NULL. */
    const char *board;
};

struct totals {
    uint64_t sections;
    uint64_t bytes;
};

static int allocated[MAX_SECTIONS];
static size_t allocated_count;

/* Random enough that no compression makes it small. */
static void fill_random(uint64_t *words, size_t bytes)
{
    static uint64_t state = 0x9e3779b97f4a7c15;
    for (size_t i = 0; i < bytes / sizeof *words; i++) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        words[i] = state;
    }
}

/* One more section, filled with data. Returns -1 and sets errno where the system has none left. */
static int allocate(const struct options *options)
{
    int section = memfd_create("page_file_allocator", MFD_CLOEXEC);
    if (section < 0) {
        return -1;
    }
    if (ftruncate(section, (off_t)options->bytes) != 0) {
        close(section);
        return -1;
    }
    void *view = mmap(NULL, options->bytes, PROT_READ | PROT_WRITE, MAP_SHARED, section, 0);
    if (view == MAP_FAILED) {
        close(section);
        return -1;
    }
    fill_random(view, options->bytes);
    if (!options->keep_pointer) {
        munmap(view, options->bytes);
    }
    if (options->close) {
        close(section);
    } else {
        allocated[allocated_count++] = section;
    }
    return 0;
}

/* Writes the totals where other programs can read them. */
static int publish(const char *board_name, const struct totals *totals)
{
    int board = shm_open(board_name, O_CREAT | O_RDWR, 0600);
    if (board < 0) {
        return -1;
    }
    if (ftruncate(board, sizeof *totals) != 0) {
        return -1;
    }
    ssize_t written = pwrite(board, totals, sizeof *totals, 0);
    close(board);
    return written == (ssize_t)sizeof *totals ? 0 : -1;
}

/* A line "Name:  123 kB" of a file below /proc, in bytes; 0 where there is none. */
static uint64_t proc_bytes(const char *file, const char *name)
{
    uint64_t kibibytes = 0;
    char line[256];
    FILE *lines = fopen(file, "r");
    while (lines != NULL && fgets(line, sizeof line, lines) != NULL) {
        if (strncmp(line, name, strlen(name)) == 0) {
            kibibytes = strtoull(line + strlen(name), NULL, 10);
        }
    }
    if (lines != NULL) {
        fclose(lines);
    }
    return kibibytes * 1024;
}

static void print_held(const struct totals *totals)
{
    printf("sections %3" PRIu64 "   %13" PRIu64 " bytes   Shmem %" PRIu64 " bytes   own working set %" PRIu64 " bytes\n",
           totals->sections, totals->bytes, proc_bytes("/proc/meminfo", "Shmem:"),
           proc_bytes("/proc/self/status", "VmRSS:"));
    fflush(stdout);
}

/* A whole number, with or without a binary unit: 4096, 64KiB, 16MiB, 1GiB. */
static bool parse_number(const char *text, uint64_t *number)
{
    char *unit;
    errno = 0;
    *number = strtoull(text, &unit, 10);
    int shift = strcmp(unit, "KiB") == 0 ? 10 : strcmp(unit, "MiB") == 0 ? 20 : strcmp(unit, "GiB") == 0 ? 30 : 0;
    bool is_whole = unit != text && text[0] != '-' && errno == 0 && (shift != 0 || *unit == '\0');
    *number <<= shift;
    return is_whole && *number <= INT64_MAX;
}

static bool parse_options(int argc, char **argv, struct options *options)
{
    for (int i = 1; i < argc; i++) {
        const char *name = argv[i];
        const char *value = i + 1 < argc ? argv[i + 1] : "";
        bool is_read = true;
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
            is_read = parse_number(value, &options->pause_ms);
        } else if (strcmp(name, "--hold") == 0) {
            is_read = parse_number(value, &options->hold_seconds);
        } else if (strcmp(name, "--board") == 0) {
            is_read = value[0] == '/';
            options->board = value;
        } else {
            is_read = false;
        }
        if (!is_read) {
            fprintf(stderr, "page_file_allocator: cannot read the option %s with its value\n", name);
            return false;
        }
        i++;
    }
    return true;
}

static void sleep_ms(uint64_t milliseconds)
{
    struct timespec rest = {.tv_sec = (time_t)(milliseconds / 1000), .tv_nsec = (long)(milliseconds % 1000) * 1000000};
    while (nanosleep(&rest, &rest) != 0 && errno == EINTR) {
    }
}

int main(int argc, char **argv)
{
    struct options options = {.count = 24, .bytes = 16 << 20, .pause_ms = 500, .hold_seconds = 30};
    if (!parse_options(argc, argv, &options)) {
        fprintf(stderr, "options: [--count N] [--bytes N|NKiB|NMiB|NGiB] [--pause MS] [--hold SECONDS]\n"
                        "         [--keep-pointer] [--close] [--board /NAME]\n");
        return 2;
    }
    printf("page_file_allocator (pid %d): %" PRIu64 " sections of %" PRIu64 " bytes\n", (int)getpid(), options.count,
           options.bytes);
    struct totals totals = {0};
    for (uint64_t i = 0; i < options.count; i++) {
        if (allocate(&options) != 0) {
            fprintf(stderr, "page_file_allocator: no more sections: %s\n", strerror(errno));
            break;
        }
        totals = (struct totals){.sections = allocated_count, .bytes = allocated_count * options.bytes};
        print_held(&totals);
        if (options.board != NULL && publish(options.board, &totals) != 0) {
            fprintf(stderr, "page_file_allocator: cannot publish at %s: %s\n", options.board, strerror(errno));
        }
        sleep_ms(options.pause_ms);
    }
    if (options.hold_seconds > 0) {
        printf("holding %" PRIu64 " sections, %" PRIu64 " bytes, for %" PRIu64 " s\n", totals.sections, totals.bytes,
               options.hold_seconds);
        fflush(stdout);
        sleep_ms(options.hold_seconds * 1000);
    }
    if (options.board != NULL) {
        shm_unlink(options.board);
    }
    return 0;
}
