"""Objects of Python: given back with their last reference. Only what a collection keeps leaks, and names without unlink."""
import contextlib
import mmap
import os
from multiprocessing.shared_memory import SharedMemory

kept = []
by_name = {}


def keeps_all(size):
    part = mmap.mmap(-1, size)  #! section-never-closed
    part.write(b"a")
    kept.append(part)


def keeps_by_name(name, size):
    by_name[name] = mmap.mmap(-1, size)


def forgets_name(name):
    del by_name[name]


class Allocator:
    def __init__(self):
        self.parts = []

    def allocate(self, size):
        part = mmap.mmap(-1, size)  #! section-never-closed
        self.parts.append(part)
        return len(self.parts)


class Pool:
    def __init__(self):
        self.parts = []

    def allocate(self, size):
        self.parts.append(mmap.mmap(-1, size))

    def free(self):
        self.parts.clear()


class ClosingPool:
    def __init__(self):
        self.parts = {}

    def allocate(self, key, size):
        self.parts[key] = mmap.mmap(-1, size)

    def close(self):
        for part in self.parts.values():
            part.close()


class One:
    def __init__(self, size):
        self.part = mmap.mmap(-1, size)


def dropped(size):
    part = mmap.mmap(-1, size)
    part.write(b"a")


def discarded(size):
    mmap.mmap(-1, size)


def early(size):
    part = mmap.mmap(-1, size)
    if size > 4096:
        return None
    part.close()
    return size


def guarded(size):
    with mmap.mmap(-1, size) as part:
        part.write(b"a")
    with contextlib.closing(mmap.mmap(-1, size)) as other:
        other.write(b"b")


def never_unlinked(size):
    memory = SharedMemory(create=True, size=size)  #! section-never-closed
    memory.buf[0] = 1
    memory.close()


def unlinked_on_one_path(size):
    memory = SharedMemory(create=True, size=size)  #! section-leaks-on-path
    if size > 4096:
        memory.close()
        return
    memory.close()
    memory.unlink()


def made_for_nobody(size):
    SharedMemory(None, True, size)  #! section-never-closed


def lost_name(sizes):
    for size in sizes:
        memory = SharedMemory(create=True, size=size)  #! section-never-closed
        memory.buf[0] = size


class Forgetful:
    def start(self, size):
        self.shared = SharedMemory(create=True, size=size)  #! section-never-closed


def unlinked(size):
    memory = SharedMemory(create=True, size=size)
    try:
        memory.buf[0] = 1
    finally:
        memory.close()
        memory.unlink()


def attached(name):
    memory = SharedMemory(name=name)
    memory.close()


def given_by_name(size, send):
    memory = SharedMemory(create=True, size=size)
    send(memory.name)


def returned(size):
    memory = SharedMemory(name="x", create=True, size=size)
    return memory


class Segment:
    def __init__(self, size):
        self.shared = SharedMemory(create=True, size=size)

    def stop(self):
        self.shared.close()
        self.shared.unlink()


def descriptor_forgotten(size):
    fd = os.memfd_create("part")  #! section-never-closed
    os.ftruncate(fd, size)


def descriptor_lost(size):
    fd = os.memfd_create("part")  #! section-leaks-on-path
    if size == 0:
        return 0
    os.close(fd)
    return size


def descriptor_closed(size):
    fd = os.memfd_create("part")
    try:
        os.ftruncate(fd, size)
        return mmap.mmap(fd, size)
    finally:
        os.close(fd)


def descriptor_in_a_file(size):
    fd = os.memfd_create("part")
    with os.fdopen(fd, "wb") as file:
        file.truncate(size)


def keeps_files(path):
    with open(path, "rb") as file:
        kept_files.append(mmap.mmap(file.fileno(), 0))


kept_files = []
