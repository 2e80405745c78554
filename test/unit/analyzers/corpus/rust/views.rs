//! Views that are forgotten, and sections that wait for nothing once their views are gone.
use std::ptr::{null, null_mut};
use windows_sys::Win32::Foundation::{CloseHandle, HANDLE, INVALID_HANDLE_VALUE};
use windows_sys::Win32::System::Memory::{CreateFileMappingW, MapViewOfFile, UnmapViewOfFile, PAGE_READWRITE};

unsafe fn view_lost_on_return(section: HANDLE, bytes: usize) -> Option<u8> {
    let view = MapViewOfFile(section, 2, 0, 0, bytes) as *const u8; //! view-never-unmapped
    if view.is_null() {
        return None;
    }
    let first = *view;
    if first == 0 {
        return None;
    }
    UnmapViewOfFile(view as _);
    Some(first)
}

unsafe fn view_overwritten(section: HANDLE) {
    let mut view = MapViewOfFile(section, 2, 0, 0, 1); //! view-never-unmapped
    view = MapViewOfFile(section, 2, 0, 1, 1);
    UnmapViewOfFile(view);
}

unsafe fn view_discarded(section: HANDLE) {
    MapViewOfFile(section, 2, 0, 0, 1); //! view-never-unmapped
}

unsafe fn view_released_wrongly(section: HANDLE) {
    let view = MapViewOfFile(section, 2, 0, 0, 1); //! view-never-unmapped
    CloseHandle(view as HANDLE);
}

unsafe fn section_left_behind(bytes: u32) -> Option<u8> {
    let section = CreateFileMappingW(INVALID_HANDLE_VALUE, null(), PAGE_READWRITE, 0, bytes, null()); //! section-outlives-view
    if section == 0 {
        return None;
    }
    let view = MapViewOfFile(section, 2, 0, 0, 0);
    if view.is_null() {
        return None;
    }
    let first = *(view as *const u8);
    UnmapViewOfFile(view);
    Some(first)
}

unsafe fn sections_in_a_loop(sizes: &[u32]) {
    for bytes in sizes {
        let section = CreateFileMappingW(INVALID_HANDLE_VALUE, null(), PAGE_READWRITE, 0, *bytes, null()); //! section-outlives-view
        let view = MapViewOfFile(section, 2, 0, 0, 0);
        UnmapViewOfFile(view);
    }
}

pub struct Holder {
    waiting: HANDLE,
    others: Vec<HANDLE>,
}

impl Holder {
    pub unsafe fn start(&mut self, bytes: u32) {
        self.waiting = CreateFileMappingW(INVALID_HANDLE_VALUE, null(), PAGE_READWRITE, 0, bytes, null()); //! section-outlives-view
        let view = MapViewOfFile(self.waiting, 2, 0, 0, 0);
        UnmapViewOfFile(view);
    }

    pub unsafe fn add(&mut self, bytes: u32) {
        let other = CreateFileMappingW(INVALID_HANDLE_VALUE, null(), PAGE_READWRITE, 0, bytes, null()); //! section-outlives-view
        let view = MapViewOfFile(other, 2, 0, 0, 0);
        UnmapViewOfFile(view);
        self.others.push(other);
    }
}

unsafe fn never_closed_on_any_path(bytes: u32, twice: bool) -> u32 {
    let section = CreateFileMappingW(INVALID_HANDLE_VALUE, null(), PAGE_READWRITE, 0, bytes, null()); //! section-never-closed
    if section == 0 {
        return 0;
    }
    if twice {
        2 * bytes
    } else {
        bytes
    }
}

unsafe fn made_for_nobody(bytes: u32) {
    let _ = CreateFileMappingW(INVALID_HANDLE_VALUE, null(), PAGE_READWRITE, 0, bytes, null()); //! section-never-closed
}

unsafe fn view_unmapped(section: HANDLE, bytes: usize) -> Option<u8> {
    let view = MapViewOfFile(section, 2, 0, 0, bytes);
    if view.is_null() {
        return None;
    }
    let first = *(view as *const u8);
    (UnmapViewOfFile(view) != 0).then_some(first)
}

unsafe fn view_returned(section: HANDLE, bytes: usize) -> &'static mut [u8] {
    let view = MapViewOfFile(section, 2, 0, 0, bytes);
    std::slice::from_raw_parts_mut(view as *mut u8, bytes)
}

unsafe fn view_of_the_callers(section: HANDLE) {
    let part = view_returned(section, 1);
    part[0] = 1;
    UnmapViewOfFile(part.as_mut_ptr() as _);
}

unsafe fn section_closed_first(bytes: u32) -> bool {
    let section = CreateFileMappingW(INVALID_HANDLE_VALUE, null(), PAGE_READWRITE, 0, bytes, null());
    let view = MapViewOfFile(section, 2, 0, 0, 0);
    CloseHandle(section);
    if view == null_mut() {
        return false;
    }
    UnmapViewOfFile(view);
    true
}

unsafe fn both_closed_where_the_view_fails(bytes: u32) -> Result<(), u32> {
    let section = CreateFileMappingW(INVALID_HANDLE_VALUE, null(), PAGE_READWRITE, 0, bytes, null());
    if section == 0 {
        return Err(1);
    }
    let view = MapViewOfFile(section, 2, 0, 0, 0);
    let result = if view.is_null() { Err(2) } else { Ok(()) };
    if !view.is_null() {
        UnmapViewOfFile(view);
    }
    CloseHandle(section);
    result
}
