#define _GNU_SOURCE
#include <sys/mman.h>
#include <unistd.h>
#include <stdlib.h>

static int kept[8];
static int kept_count;
static int emptied[8];
static int emptied_count;
static int for_life = -1;

int never_closed(size_t bytes)
{
    int fd = memfd_create("a", 0); //! section-never-closed
    if (fd < 0)
        return -1;
    return ftruncate(fd, bytes);
}

int closed(size_t bytes)
{
    int fd = memfd_create("a", 0);
    if (fd < 0)
        return -1;
    if (ftruncate(fd, bytes) != 0) {
        close(fd);
        return -1;
    }
    close(fd);
    return 0;
}

int early_return(size_t bytes)
{
    int fd = shm_open("/b", 0, 0600); //! section-leaks-on-path
    if (fd == -1)
        return -1;
    if (ftruncate(fd, bytes) != 0)
        return -1;
    close(fd);
    return 0;
}

int outlives_its_view(size_t bytes)
{
    int fd = memfd_create("a", 0); //! section-outlives-view
    if (fd == -1)
        return -1;
    void *view = mmap(NULL, bytes, 3, MAP_SHARED, fd, 0);
    if (view == MAP_FAILED)
        return -1;
    munmap(view, bytes);
    return 0;
}

int clean_up_by_goto(size_t bytes)
{
    int result = -1;
    void *view = MAP_FAILED;
    int fd = memfd_create("a", 0);
    if (fd == -1)
        goto out;
    view = mmap(NULL, bytes, 3, MAP_SHARED, fd, 0);
    if (view == MAP_FAILED)
        goto out;
    result = 0;
out:
    if (view != MAP_FAILED)
        munmap(view, bytes);
    if (fd != -1)
        close(fd);
    return result;
}

void *view_lives_on(size_t bytes)
{
    int fd = memfd_create("a", 0);
    if (fd == -1)
        return NULL;
    void *view = mmap(NULL, bytes, 3, MAP_SHARED, fd, 0);
    close(fd);
    return view == MAP_FAILED ? NULL : view;
}

int view_forgotten(size_t bytes)
{
    int fd = memfd_create("a", 0);
    if (fd == -1)
        return -1;
    char *view = mmap(NULL, bytes, 3, MAP_SHARED, fd, 0); //! view-never-unmapped
    close(fd);
    if (view == MAP_FAILED)
        return -1;
    view[0] = 1;
    return 0;
}

int private_mapping(size_t bytes)
{
    void *memory = mmap(NULL, bytes, 3, MAP_PRIVATE, -1, 0);
    return memory != MAP_FAILED;
}

void keep_in_an_array(void)
{
    int fd = memfd_create("a", 0); //! section-never-closed
    if (fd != -1)
        kept[kept_count++] = fd;
}

void keep_in_an_array_that_is_emptied(void)
{
    int fd = memfd_create("a", 0);
    if (fd != -1)
        emptied[emptied_count++] = fd;
}

void empty_the_array(void)
{
    for (int i = 0; i < emptied_count; i++)
        close(emptied[i]);
}

void keep_for_life(void)
{
    if (for_life == -1)
        for_life = memfd_create("life", 0);
}

struct holder {
    int fd;
    void *view;
};

int open_holder(struct holder *holder, size_t bytes)
{
    holder->fd = memfd_create("a", 0);
    if (holder->fd < 0)
        return -1;
    holder->view = mmap(NULL, bytes, 3, MAP_SHARED, holder->fd, 0);
    if (holder->view == MAP_FAILED) {
        close(holder->fd);
        return -1;
    }
    return 0;
}

void close_holder(struct holder *holder, size_t bytes)
{
    munmap(holder->view, bytes);
    close(holder->fd);
}

int use_holder(size_t bytes)
{
    struct holder holder;
    if (open_holder(&holder, bytes) < 0)
        return -1;
    close_holder(&holder, bytes);
    return 0;
}

struct holder *heap_holder(size_t bytes)
{
    struct holder *holder = malloc(sizeof *holder);
    holder->fd = memfd_create("a", 0);
    return holder;
}

static void release(int *fd)
{
    if (*fd != -1)
        close(*fd);
    *fd = -1;
}

int released_by_address(void)
{
    int fd = memfd_create("a", 0);
    if (fd == -1)
        return -1;
    release(&fd);
    return 0;
}

int ends_the_process(size_t bytes)
{
    int fd = memfd_create("a", 0);
    if (fd == -1)
        return -1;
    if (ftruncate(fd, bytes) != 0)
        exit(1);
    close(fd);
    return 0;
}

int main(void)
{
    int fd = memfd_create("a", 0);
    return fd == -1;
}
