"""Handles of Windows by ctypes: nothing gives them back by itself."""
import ctypes
from ctypes import wintypes

kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
kernel32.CreateFileMappingW.restype = wintypes.HANDLE
create_mapping = kernel32.CreateFileMappingW
INVALID_HANDLE_VALUE = ctypes.c_void_p(-1).value


def never_closed(size):
    handle = kernel32.CreateFileMappingW(INVALID_HANDLE_VALUE, None, 4, 0, size, None)  #! section-never-closed
    print("made", handle)


def lost_on_early_return(size):
    handle = kernel32.CreateFileMappingW(-1, None, 4, 0, size, None)  #! section-leaks-on-path
    if not handle:
        raise ctypes.WinError()
    view = kernel32.MapViewOfFile(handle, 2, 0, 0, size)
    if not view:
        return None
    kernel32.UnmapViewOfFile(view)
    kernel32.CloseHandle(handle)
    return size


def view_forgotten(size):
    handle = kernel32.CreateFileMappingW(-1, None, 4, 0, size, None)
    if handle == 0:
        return
    view = kernel32.MapViewOfFile(handle, 2, 0, 0, size)  #! view-never-unmapped
    ctypes.memset(view, 0, size)
    kernel32.CloseHandle(handle)


def section_forgotten(size):
    handle = kernel32.CreateFileMappingW(-1, None, 4, 0, size, None)  #! section-outlives-view
    view = kernel32.MapViewOfFile(handle, 2, 0, 0, size)
    kernel32.UnmapViewOfFile(view)


def lost_by_raise(size):
    handle = create_mapping(-1, None, 4, 0, size, None)  #! section-leaks-on-path
    if size > 4096:
        raise ValueError("too much")
    kernel32.CloseHandle(handle)


def lost_in_loop(sizes):
    handle = None
    for size in sizes:
        handle = kernel32.OpenFileMappingW(4, False, f"part{size}")  #! section-leaks-on-path
    if handle:
        kernel32.CloseHandle(handle)


def swallowed(size, use):
    handle = kernel32.CreateFileMappingW(-1, None, 4, 0, size, None)  #! section-leaks-on-path
    try:
        use(size)
        kernel32.CloseHandle(handle)
    except OSError:
        pass


class NeverEnding:
    def __init__(self, size):
        self.handle = kernel32.CreateFileMappingW(-1, None, 4, 0, size, None)  #! section-never-closed
        self.view = kernel32.MapViewOfFile(self.handle, 2, 0, 0, size)

    def close(self):
        kernel32.UnmapViewOfFile(self.view)


class ForgetsView:
    def open(self, size):
        self.handle = kernel32.CreateFileMappingW(-1, None, 4, 0, size, None)
        self.view = kernel32.MapViewOfFile(self.handle, 2, 0, 0, size)  #! view-never-unmapped

    def close(self):
        self.view = None
        kernel32.CloseHandle(self.handle)


def closed(size):
    handle = kernel32.CreateFileMappingW(-1, None, 4, 0, size, None)
    if handle is None:
        raise OSError("no section")
    try:
        view = kernel32.MapViewOfFile(handle, 2, 0, 0, size)
        if view is None:
            raise OSError("no view")
        kernel32.UnmapViewOfFile(view)
    finally:
        kernel32.CloseHandle(handle)


def handed_to_caller(size):
    handle = kernel32.CreateFileMappingW(-1, None, 4, 0, size, None)
    if handle in (None, 0, INVALID_HANDLE_VALUE):
        return None
    return handle


def closes_what_it_was_given():
    handle = handed_to_caller(4096)
    if handle is not None:
        kernel32.CloseHandle(handle)


def forgets_what_it_was_given():
    handle = handed_to_caller(4096)  #! section-never-closed
    print(handle)


def pair(size):
    handle = kernel32.CreateFileMappingW(-1, None, 4, 0, size, None)
    view = kernel32.MapViewOfFile(handle, 2, 0, 0, size)
    kernel32.CloseHandle(handle)
    return view, size


class Owner:
    """A context manager: what entering opens, leaving closes."""

    def __init__(self, name):
        self._name = name
        self.handle = None
        self.view = None

    def __enter__(self):
        self.handle = kernel32.OpenFileMappingW(4, False, self._name)
        self.view = kernel32.MapViewOfFile(self.handle, 4, 0, 0, 0)
        return self

    def __exit__(self, kind, value, trace):
        kernel32.UnmapViewOfFile(self.view)
        kernel32.CloseHandle(self.handle)


def several(sizes):
    handles = []
    for size in sizes:
        handles.append(kernel32.CreateFileMappingW(-1, None, 4, 0, size, None))
    for handle in handles:
        kernel32.CloseHandle(handle)


def all_at_once(sizes):
    handles = [kernel32.CreateFileMappingW(-1, None, 4, 0, size, None) for size in sizes]
    for index, handle in enumerate(handles):
        print(index)
        kernel32.CloseHandle(handle)


def close_later(size, later):
    section = kernel32.CreateFileMappingW(-1, None, 4, 0, size, None)
    later.callback(lambda: kernel32.CloseHandle(section))


def clean_up(section, mapped):
    if mapped:
        kernel32.UnmapViewOfFile(mapped)
    if section:
        kernel32.CloseHandle(section)


def by_clean_up(size):
    handle = view = None
    try:
        handle = kernel32.CreateFileMappingW(-1, None, 4, 0, size, None)
        view = kernel32.MapViewOfFile(handle, 2, 0, 0, size)
    finally:
        clean_up(handle, view)


class Helpers:
    @staticmethod
    def give_back(what):
        kernel32.CloseHandle(what)

    @classmethod
    def make(cls, size):
        return kernel32.CreateFileMappingW(-1, None, 4, 0, size, None)


def by_static_method(size):
    part = Helpers.make(size)
    Helpers.give_back(part)


def added_to_a_list(sizes):
    parts = []
    for size in sizes:
        part = kernel32.CreateFileMappingW(-1, None, 4, 0, size, None)
        parts += [part]
    while parts:
        kernel32.CloseHandle(parts.pop())


def forgets_what_a_class_method_made(size):
    part = Helpers.make(size)  #! section-never-closed
    print(part)
