/*
 * Makes as many sections of 4096 bytes as it is asked for, or as the limit of open files allows, prints their number,
 * and holds them until its standard input ends. Each is filled and in no view.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

enum { SECTION_BYTES = 4096 };

int main(int argc, char **argv)
{
    long wanted = argc > 1 ? strtol(argv[1], NULL, 10) : 0;
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
    char page[SECTION_BYTES];
    memset(page, 'x', sizeof page);
    long made = 0;
    while (made < wanted) {
        int section = memfd_create("many_sections", MFD_CLOEXEC);
        if (section < 0 || write(section, page, sizeof page) != (ssize_t)sizeof page) {
            break;
        }
        made++;
    }
    printf("%ld\n", made);
    fflush(stdout);
    while (getchar() != EOF) {
    }
    return 0;
}
