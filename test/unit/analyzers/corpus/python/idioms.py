"""Ways in which Python programs look after sections: all of them silent."""
import atexit
import contextlib
import ctypes
import mmap
import os
import struct
import weakref
from ctypes import wintypes
from multiprocessing import Process, shared_memory
from multiprocessing.managers import SharedMemoryManager

_kernel32 = ctypes.windll.kernel32
_kernel32.CreateFileMappingW.argtypes = [wintypes.HANDLE, ctypes.c_void_p, wintypes.DWORD, wintypes.DWORD, wintypes.DWORD, wintypes.LPCWSTR]
_kernel32.CreateFileMappingW.restype = wintypes.HANDLE
CreateFileMapping = _kernel32.CreateFileMappingW
MapViewOfFile = _kernel32.MapViewOfFile
CloseHandle = _kernel32.CloseHandle
UnmapViewOfFile = _kernel32.UnmapViewOfFile


class MapError(Exception):
    pass


def _check(result, func, args):
    if not result:
        raise ctypes.WinError()
    return args


class SharedMap:
    def __init__(self, name, size, *, create=False):
        self._handle = None
        self._view = None
        self.size = size
        handle = CreateFileMapping(-1, None, 4, 0, size, name)
        if not handle:
            raise ctypes.WinError(ctypes.get_last_error())
        try:
            view = MapViewOfFile(handle, 0xF001F, 0, 0, size)
            if not view:
                raise ctypes.WinError(ctypes.get_last_error())
        except Exception:
            CloseHandle(handle)
            raise
        self._handle, self._view = handle, view
        atexit.register(self.close)

    def close(self):
        if self._view:
            UnmapViewOfFile(self._view)
            self._view = None
        if self._handle:
            CloseHandle(self._handle)
            self._handle = None

    __del__ = close

    def read(self, n):
        return ctypes.string_at(self._view, n)


@contextlib.contextmanager
def mapped(name, size):
    handle = CreateFileMapping(-1, None, 4, 0, size, name)
    if not handle:
        raise ctypes.WinError()
    view = MapViewOfFile(handle, 0xF001F, 0, 0, size)
    try:
        if not view:
            raise ctypes.WinError()
        yield view
    finally:
        if view:
            UnmapViewOfFile(view)
        CloseHandle(handle)


def use():
    with mapped("x", 10) as view:
        print(ctypes.string_at(view, 10))


def finalized(obj):
    handle = CreateFileMapping(-1, None, 4, 0, 1, None)
    weakref.finalize(obj, CloseHandle, handle)
    obj.handle = handle


def worker(name):
    existing = shared_memory.SharedMemory(name=name)
    try:
        existing.buf[0] = 1
    finally:
        existing.close()


def parent(size):
    shm = shared_memory.SharedMemory(create=True, size=size)
    try:
        processes = [Process(target=worker, args=(shm.name,)) for _ in range(4)]
        for p in processes:
            p.start()
        for p in processes:
            p.join()
    finally:
        shm.close()
        shm.unlink()


def open_or_create(name, size):
    try:
        return shared_memory.SharedMemory(name=name)
    except FileNotFoundError:
        return shared_memory.SharedMemory(name=name, create=True, size=size)


class Ring:
    def __init__(self, name, size, create):
        self.shm = shared_memory.SharedMemory(name=name, create=create, size=size)
        self.owner = create
        self._cache = {}

    def file(self, path):
        if path not in self._cache:
            with open(path, "rb") as f:
                self._cache[path] = mmap.mmap(f.fileno(), 0, access=mmap.ACCESS_READ)
        return self._cache[path]

    def shutdown(self):
        self.shm.close()
        if self.owner:
            self.shm.unlink()
        for m in self._cache.values():
            m.close()
        self._cache = {}


def with_manager():
    with SharedMemoryManager() as smm:
        sl = smm.ShareableList([1, 2])
        shm = smm.SharedMemory(size=128)
        return bytes(shm.buf), sl


def find(path, needle):
    with open(path, "r+b") as f:
        m = mmap.mmap(f.fileno(), 0)
        index = m.find(needle)
        if index < 0:
            return None
        return struct.unpack_from("<I", m, index)


_maps = []


def remember(path):
    f = os.open(path, os.O_RDWR)
    try:
        m = mmap.mmap(f, 0)
    finally:
        os.close(f)
    _maps.append(m)
    return m


def forget_all():
    while _maps:
        _maps.pop().close()


def snapshot_names():
    snap = _kernel32.CreateToolhelp32Snapshot(2, 0)
    if snap == -1 or snap is None:
        return []
    entry = Entry()
    try:
        ok = _kernel32.Process32First(snap, ctypes.byref(entry))
        names = []
        while ok:
            names.append(entry.name)
            ok = _kernel32.Process32Next(snap, ctypes.byref(entry))
        return names
    finally:
        _kernel32.CloseHandle(snap)


class Entry(ctypes.Structure):
    _fields_ = [("name", ctypes.c_char * 260)]


def numpy_view(np, shape):
    shm = shared_memory.SharedMemory(create=True, size=64)
    array = np.ndarray(shape, buffer=shm.buf)
    return shm, array


class Lazy:
    _instance = None

    @classmethod
    def get(cls):
        if cls._instance is None:
            cls._instance = mmap.mmap(-1, 4096)
        return cls._instance

    @property
    def handle(self):
        if not hasattr(self, "_h"):
            self._h = CreateFileMapping(-1, None, 4, 0, 1, None)
        return self._h

    def __exit__(self, *args):
        CloseHandle(self._h)


async def aio(loop):
    h = CreateFileMapping(-1, None, 4, 0, 1, None)
    try:
        await loop.run(h)
    finally:
        CloseHandle(h)


def looks_for_locals(size):
    try:
        handle = CreateFileMapping(-1, None, 4, 0, size, None)
        view = MapViewOfFile(handle, 2, 0, 0, size)
        print(ctypes.string_at(view, 1))
    finally:
        if "view" in locals():
            UnmapViewOfFile(view)
        if "handle" in locals():
            CloseHandle(handle)


def tries_again(size):
    for _ in range(3):
        handle = CreateFileMapping(-1, None, 4, 0, size, None)
        if handle:
            break
    else:
        raise OSError("no section")
    CloseHandle(handle)


def by_stack(size):
    with contextlib.ExitStack() as stack:
        handle = CreateFileMapping(-1, None, 4, 0, size, None)
        stack.callback(CloseHandle, handle)
        return size
