/*
 * Makes sections as its orders say, prints "ready", and holds them until its standard input ends. A line there is a
 * command, and is answered by a line once it is done: "replace" closes the first section of descriptor 3 and makes
 * another one of the same length under the same number; "churn" makes, fills and gives back sections, each of which is
 * in a view for as long as it holds a byte, until the next line comes. An order is one argument of the form KIND:COUNT:BYTES, with KIND one of
 *   unmapped   written through a view that is unmapped again
 *   mapped     written, and the view stays
 *   page       written through a view, then one page of it stays mapped
 *   hole       every second page written through descriptor writes, then one page mapped
 *   reserved   allocated by fallocate and never written, then one page mapped
 *   view       written, then the descriptor is closed and the view stays
 *   beyond     as page, and allocated behind its end
 *   named      as unmapped, by shm_open under /holder-PID-N, unlinked at the end
 *   unlinked   as named, unlinked at once
 *   anonymous  shared anonymous memory, half of it unmapped
 *   sysv       a System V segment, written and detached
 *   child      written, unmapped; a child keeps a view
 *   kin        as unmapped, with a child that other processes of its user may not read
 *   peer       as kin, but the process is no child any more: it has the other end of a socket
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGE 4096
#define FIRST 3

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static char *map(int descriptor, size_t bytes) {
  char *view = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  if (view == MAP_FAILED)
    fail("mmap");
  return view;
}

static int section(const char *kind, int number, size_t bytes) {
  char name[64];
  int descriptor;
  if (strcmp(kind, "named") == 0 || strcmp(kind, "unlinked") == 0) {
    snprintf(name, sizeof name, "/holder-%d-%d", (int)getpid(), number);
    descriptor = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600);
    if (descriptor >= 0 && strcmp(kind, "unlinked") == 0)
      shm_unlink(name);
  } else {
    snprintf(name, sizeof name, "holder %d", number);
    descriptor = memfd_create(name, 0);
  }
  if (descriptor < 0 || ftruncate(descriptor, (off_t)bytes) != 0)
    fail(kind);
  return descriptor;
}

static void child_with_view(int descriptor, size_t bytes) {
  int ready[2];
  char byte = 0;
  if (pipe(ready) != 0)
    fail("pipe");
  pid_t parent = getpid();
  pid_t child = fork();
  if (child < 0)
    fail("fork");
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
      _exit(1);
    map(descriptor, bytes);
    close(descriptor);
    if (write(ready[1], &byte, 1) != 1)
      _exit(1);
    for (;;)
      pause();
  }
  if (read(ready[0], &byte, 1) != 1)
    fail("child");
  close(ready[0]);
  close(ready[1]);
}

/* A process that may not be read, which ends with its maker. */
static void unreadable_process(int is_child) {
  int ends[2];
  char byte = 0;
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
    fail("socketpair");
  pid_t child = fork();
  if (child < 0)
    fail("fork");
  if (child == 0) {
    if (!is_child && (setsid() < 0 || fork() != 0))
      _exit(0);
    prctl(PR_SET_DUMPABLE, 0);
    close_range(0, (unsigned)ends[1] - 1, 0);
    close_range((unsigned)ends[1] + 1, ~0U, 0);
    if (write(ends[1], &byte, 1) == 1)
      while (read(ends[1], &byte, 1) > 0)
        ;
    _exit(0);
  }
  if (read(ends[0], &byte, 1) != 1)
    fail("unreadable process");
  close(ends[1]);
  if (!is_child)
    waitpid(child, NULL, 0);
}

static void make(const char *kind, int number, size_t bytes) {
  if (strcmp(kind, "anonymous") == 0) {
    char *view = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (view == MAP_FAILED)
      fail("mmap");
    memset(view, 1, bytes);
    munmap(view + bytes / 2, bytes / 2);
    return;
  }
  if (strcmp(kind, "sysv") == 0) {
    int id = shmget(IPC_PRIVATE, bytes, IPC_CREAT | 0600);
    char *view = id < 0 ? (char *)-1 : shmat(id, NULL, 0);
    if (view == (char *)-1)
      fail("shmget");
    memset(view, 1, bytes);
    shmdt(view);
    printf("sysv %d\n", id);
    return;
  }
  int descriptor = section(kind, number, bytes);
  if (strcmp(kind, "reserved") == 0) {
    if (fallocate(descriptor, 0, 0, (off_t)bytes) != 0)
      fail("fallocate");
    map(descriptor, PAGE);
    return;
  }
  if (strcmp(kind, "hole") == 0) {
    for (size_t at = 0; at < bytes; at += 2 * PAGE)
      if (pwrite(descriptor, "x", 1, (off_t)at) != 1)
        fail("pwrite");
    map(descriptor, PAGE);
    return;
  }
  char *view = map(descriptor, bytes);
  memset(view, 1, bytes);
  if (strcmp(kind, "view") == 0) {
    close(descriptor);
  } else if (strcmp(kind, "page") == 0) {
    munmap(view + PAGE, bytes - PAGE);
  } else if (strcmp(kind, "beyond") == 0) {
    munmap(view + PAGE, bytes - PAGE);
    if (fallocate(descriptor, FALLOC_FL_KEEP_SIZE, (off_t)bytes, (off_t)bytes) != 0)
      fail("fallocate");
  } else if (strcmp(kind, "mapped") != 0) {
    munmap(view, bytes);
    if (strcmp(kind, "child") == 0)
      child_with_view(descriptor, bytes);
    else if (strcmp(kind, "kin") == 0 || strcmp(kind, "peer") == 0)
      unreadable_process(strcmp(kind, "kin") == 0);
  }
}

static void replace(void) {
  struct stat first;
  if (fstat(FIRST, &first) != 0 || close(FIRST) != 0)
    fail("replace");
  int descriptor = section("replaced", 999999, (size_t)first.st_size);
  if (descriptor != FIRST)
    fail("descriptor");
}

static void churn(void) {
  struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
  while (poll(&input, 1, 0) == 0) {
    int descriptor = section("churn", 888888, 16 * PAGE);
    char *view = map(descriptor, 16 * PAGE);
    memset(view, 1, 16 * PAGE);
    close(descriptor);
    munmap(view, 16 * PAGE);
  }
}

static void obey(const char *command) {
  if (strcmp(command, "replace\n") == 0) {
    replace();
    printf("replaced\n");
  } else if (strcmp(command, "churn\n") == 0) {
    printf("churning\n");
    fflush(stdout);
    churn();
  }
  fflush(stdout);
}

int main(int count, char **orders) {
  for (int order = 1; order < count; order++) {
    char kind[32];
    int sections;
    size_t bytes;
    if (sscanf(orders[order], "%31[^:]:%d:%zu", kind, &sections, &bytes) != 3) {
      fprintf(stderr, "unknown order %s\n", orders[order]);
      return 2;
    }
    for (int number = 0; number < sections; number++)
      make(kind, order * 100000 + number, bytes);
  }
  printf("ready\n");
  fflush(stdout);
  setvbuf(stdin, NULL, _IONBF, 0);
  char line[64];
  while (fgets(line, sizeof line, stdin) != NULL)
    obey(line);
  for (int order = 1; order < count; order++)
    for (int number = 0; strncmp(orders[order], "named", 5) == 0 && number < atoi(orders[order] + 6); number++) {
      char name[64];
      snprintf(name, sizeof name, "/holder-%d-%d", (int)getpid(), order * 100000 + number);
      shm_unlink(name);
    }
  return 0;
}
