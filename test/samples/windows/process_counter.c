/*
 * Counts the processes of the machine, again and again, by snapshots that it never closes.
 * The system makes a section for each snapshot, fills it and unmaps it: its memory then belongs to no process.
 * For Windows: x86_64-w64-mingw32-gcc -gdwarf-4 -O1 -o process_counter.exe process_counter.c
 */
#define UNICODE
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <tlhelp32.h>

/* How many there are; -1 where the system gives no snapshot. */
static int count_processes(void)
{
    HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
    if (snapshot == INVALID_HANDLE_VALUE) {
        return -1;
    }
    int count = 0;
    PROCESSENTRY32W process = {.dwSize = sizeof process};
    for (BOOL found = Process32FirstW(snapshot, &process); found; found = Process32NextW(snapshot, &process)) {
        count++;
    }
    return count;
}

int main(int argc, char **argv)
{
    int times = argc > 1 ? atoi(argv[1]) : 24;
    int hold_seconds = argc > 2 ? atoi(argv[2]) : 30;
    printf("process_counter (pid %lu): %d times\n", GetCurrentProcessId(), times);
    for (int i = 0; i < times; i++) {
        printf("%d processes\n", count_processes());
        fflush(stdout);
    }
    printf("holding for %d s\n", hold_seconds);
    fflush(stdout);
    Sleep((DWORD)hold_seconds * 1000);
    return 0;
}
