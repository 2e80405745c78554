"""Views that are forgotten, and sections that wait for nothing once their views are gone."""
import ctypes

kernel32 = ctypes.windll.kernel32
WRITE = 2
views = []
sections = {}


def view_lost_on_return(section, size):
    view = kernel32.MapViewOfFile(section, WRITE, 0, 0, size)  #! view-never-unmapped
    if ctypes.string_at(view, 1) == b"x":
        return None
    kernel32.UnmapViewOfFile(view)
    return size


def view_overwritten(section, size):
    view = kernel32.MapViewOfFile(section, WRITE, 0, 0, size)  #! view-never-unmapped
    view = kernel32.MapViewOfFile(section, WRITE, 0, size, size)
    kernel32.UnmapViewOfFile(view)


def view_discarded(section):
    kernel32.MapViewOfFile(section, WRITE, 0, 0, 0)  #! view-never-unmapped


def view_released_wrongly(section):
    view = kernel32.MapViewOfFile(section, WRITE, 0, 0, 0)  #! view-never-unmapped
    kernel32.CloseHandle(view)


def view_cleared(section):
    view = kernel32.MapViewOfFile(section, WRITE, 0, 0, 0)  #! view-never-unmapped
    ctypes.memset(view, 0, 1)
    view = None


def section_left_behind(size):
    section = kernel32.CreateFileMappingW(-1, None, 4, 0, size, None)  #! section-outlives-view
    view = kernel32.MapViewOfFile(section, WRITE, 0, 0, size)
    try:
        ctypes.memset(view, 0, size)
    finally:
        kernel32.UnmapViewOfFile(view)


def section_kept_by_name(name, size):
    section = kernel32.CreateFileMappingW(-1, None, 4, 0, size, name)  #! section-outlives-view
    view = kernel32.MapViewOfFile(section, WRITE, 0, 0, size)
    kernel32.UnmapViewOfFile(view)
    sections[name] = section


def section_in_a_loop(sizes):
    for size in sizes:
        section = kernel32.CreateFileMappingW(-1, None, 4, 0, size, None)  #! section-outlives-view
        view = kernel32.MapViewOfFile(section, WRITE, 0, 0, size)
        kernel32.UnmapViewOfFile(view)


class Holder:
    def start(self, size):
        self.waiting = kernel32.CreateFileMappingW(-1, None, 4, 0, size, None)  #! section-outlives-view
        view = kernel32.MapViewOfFile(self.waiting, WRITE, 0, 0, size)
        ctypes.memset(view, 0, size)
        kernel32.UnmapViewOfFile(view)


def view_unmapped(section, size):
    view = kernel32.MapViewOfFile(section, WRITE, 0, 0, size)
    try:
        return ctypes.string_at(view, size)
    finally:
        kernel32.UnmapViewOfFile(view)


def view_returned(section):
    view = kernel32.MapViewOfFile(section, WRITE, 0, 0, 0)
    if not view:
        raise ctypes.WinError()
    return view


def view_of_the_callers(section):
    part = view_returned(section)
    kernel32.UnmapViewOfFile(part)


def view_in_a_list(section):
    views.append(kernel32.MapViewOfFile(section, WRITE, 0, 0, 0))


def forget_views():
    for part in views:
        kernel32.UnmapViewOfFile(part)
    views.clear()


def section_closed_first(size):
    section = kernel32.CreateFileMappingW(-1, None, 4, 0, size, None)
    view = kernel32.MapViewOfFile(section, WRITE, 0, 0, size)
    kernel32.CloseHandle(section)
    kernel32.UnmapViewOfFile(view)


def view_failed(size):
    section = kernel32.CreateFileMappingW(-1, None, 4, 0, size, None)
    view = kernel32.MapViewOfFile(section, WRITE, 0, 0, size)
    if view is None:
        kernel32.CloseHandle(section)
        return
    kernel32.UnmapViewOfFile(view)
    kernel32.CloseHandle(section)


class Both:
    def start(self, size):
        self.both = kernel32.CreateFileMappingW(-1, None, 4, 0, size, None)
        self.start_address = kernel32.MapViewOfFile(self.both, WRITE, 0, 0, size)

    def stop(self):
        if self.start_address:
            kernel32.UnmapViewOfFile(self.start_address)
        if self.both:
            kernel32.CloseHandle(self.both)
        self.start_address = self.both = None
