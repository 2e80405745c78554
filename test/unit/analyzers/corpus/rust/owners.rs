//! Structs that own sections and views, by Drop or by a method.
use windows_sys::Win32::Foundation::{CloseHandle, GetLastError, HANDLE, INVALID_HANDLE_VALUE};
use windows_sys::Win32::System::Memory::{CreateFileMappingW, MapViewOfFile, UnmapViewOfFile, PAGE_READWRITE};

/// Drop closes the section and only clears the view.
pub struct ForgetsView {
    handle: HANDLE,
    view: *mut u8,
}

impl ForgetsView {
    pub unsafe fn new(bytes: usize) -> Option<Self> {
        let handle = CreateFileMappingW(INVALID_HANDLE_VALUE, std::ptr::null(), PAGE_READWRITE, 0, bytes as u32, std::ptr::null());
        if handle == 0 {
            return None;
        }
        let view = MapViewOfFile(handle, 2, 0, 0, bytes) as *mut u8; //! view-never-unmapped
        if view.is_null() {
            CloseHandle(handle);
            return None;
        }
        Some(Self { handle, view })
    }
}

impl Drop for ForgetsView {
    fn drop(&mut self) {
        self.view = std::ptr::null_mut();
        unsafe { CloseHandle(self.handle) };
    }
}

/// Nothing releases what it keeps.
pub struct Forgetful {
    section: HANDLE,
}

impl Forgetful {
    pub unsafe fn open(&mut self, bytes: u32) {
        self.section = CreateFileMappingW(INVALID_HANDLE_VALUE, std::ptr::null(), PAGE_READWRITE, 0, bytes, std::ptr::null()); //! section-never-closed
    }
}

struct Handle(HANDLE);

impl Drop for Handle {
    fn drop(&mut self) {
        unsafe { CloseHandle(self.0) };
    }
}

struct View {
    address: *mut core::ffi::c_void,
}

impl Drop for View {
    fn drop(&mut self) {
        if !self.address.is_null() {
            unsafe { UnmapViewOfFile(self.address) };
        }
    }
}

pub struct Guarded {
    _section: Handle,
    view: View,
}

impl Guarded {
    pub fn new(bytes: usize) -> Result<Self, u32> {
        let section = unsafe { CreateFileMappingW(INVALID_HANDLE_VALUE, std::ptr::null(), PAGE_READWRITE, 0, bytes as u32, std::ptr::null()) };
        if section == 0 {
            return Err(unsafe { GetLastError() });
        }
        let section = Handle(section);
        let address = unsafe { MapViewOfFile(section.0, 2, 0, 0, bytes) };
        if address.is_null() {
            return Err(unsafe { GetLastError() });
        }
        Ok(Guarded { _section: section, view: View { address } })
    }

    pub fn first(&self) -> u8 {
        unsafe { *(self.view.address as *const u8) }
    }
}

fn local_guard(bytes: usize) -> Option<u8> {
    let section = Handle(unsafe { CreateFileMappingW(INVALID_HANDLE_VALUE, std::ptr::null(), PAGE_READWRITE, 0, bytes as u32, std::ptr::null()) });
    if bytes > 4096 {
        return None;
    }
    let view = View { address: unsafe { MapViewOfFile(section.0, 2, 0, 0, bytes) } };
    if view.address.is_null() {
        return None;
    }
    Some(unsafe { *(view.address as *const u8) })
}

#[derive(Default)]
pub struct ByMethod {
    section: Option<HANDLE>,
    mapped: Option<*mut core::ffi::c_void>,
}

impl ByMethod {
    pub unsafe fn open(&mut self, bytes: usize) -> Result<(), u32> {
        self.close();
        let section = CreateFileMappingW(INVALID_HANDLE_VALUE, std::ptr::null(), PAGE_READWRITE, 0, bytes as u32, std::ptr::null());
        if section == 0 {
            return Err(GetLastError());
        }
        self.section = Some(section);
        let mapped = MapViewOfFile(section, 2, 0, 0, bytes);
        if mapped.is_null() {
            self.close();
            return Err(GetLastError());
        }
        self.mapped = Some(mapped);
        Ok(())
    }

    pub unsafe fn close(&mut self) {
        if let Some(mapped) = self.mapped.take() {
            UnmapViewOfFile(mapped);
        }
        if let Some(section) = self.section.take() {
            CloseHandle(section);
        }
    }
}

/// A late failure drops the view before any owner has it.
pub struct Late {
    start: *mut core::ffi::c_void,
}

impl Late {
    pub unsafe fn new(section: HANDLE, bytes: usize) -> Result<Late, u32> {
        let start = MapViewOfFile(section, 2, 0, 0, bytes); //! view-never-unmapped
        if start.is_null() {
            return Err(GetLastError());
        }
        if protect(start, bytes) == 0 {
            return Err(GetLastError());
        }
        Ok(Late { start })
    }
}

impl Drop for Late {
    fn drop(&mut self) {
        unsafe { UnmapViewOfFile(self.start) };
    }
}
