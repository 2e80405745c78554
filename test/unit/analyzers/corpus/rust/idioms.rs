//! Ways in which Rust programs look after sections: all of them silent.
use std::ffi::c_void;
use std::io;
use std::ptr::{self, NonNull};
use std::sync::{Arc, Mutex, OnceLock};
use windows::core::{w, PCWSTR};
use windows::Win32::Foundation::*;
use windows::Win32::System::Memory::*;
use windows::Win32::System::Diagnostics::ToolHelp::*;

pub struct SharedMemory {
    handle: HANDLE,
    ptr: NonNull<c_void>,
    size: usize,
}

unsafe impl Send for SharedMemory {}

impl SharedMemory {
    pub fn create(name: &str, size: usize) -> io::Result<Self> {
        let wide: Vec<u16> = name.encode_utf16().chain(Some(0)).collect();
        let handle = unsafe {
            CreateFileMappingW(INVALID_HANDLE_VALUE, None, PAGE_READWRITE, (size >> 32) as u32, size as u32, PCWSTR(wide.as_ptr()))
        }
        .map_err(|e| io::Error::new(io::ErrorKind::Other, e))?;
        let view = unsafe { MapViewOfFile(handle, FILE_MAP_ALL_ACCESS, 0, 0, size) };
        let Some(ptr) = NonNull::new(view.Value) else {
            let err = io::Error::last_os_error();
            unsafe { let _ = CloseHandle(handle); }
            return Err(err);
        };
        Ok(SharedMemory { handle, ptr, size })
    }

    pub fn open(name: &str, size: usize) -> Result<SharedMemory, Error> {
        let mut shm = SharedMemory { handle: HANDLE(ptr::null_mut()), ptr: NonNull::dangling(), size };
        shm.handle = unsafe { OpenFileMappingW(FILE_MAP_READ.0, false, w!("x"))? };
        let view = unsafe { MapViewOfFile(shm.handle, FILE_MAP_READ, 0, 0, 0) };
        shm.ptr = NonNull::new(view.Value).ok_or_else(Error::last)?;
        Ok(shm)
    }

    pub fn as_slice(&self) -> &[u8] {
        unsafe { std::slice::from_raw_parts(self.ptr.as_ptr() as *const u8, self.size) }
    }
}

impl Drop for SharedMemory {
    fn drop(&mut self) {
        unsafe {
            let _ = UnmapViewOfFile(MEMORY_MAPPED_VIEW_ADDRESS { Value: self.ptr.as_ptr() });
            if let Err(e) = CloseHandle(self.handle) {
                eprintln!("{e}");
            }
        }
    }
}

struct Handle(HANDLE);
impl Handle {
    fn new(h: HANDLE) -> Option<Self> {
        if h.is_invalid() { None } else { Some(Self(h)) }
    }
    fn get(&self) -> HANDLE { self.0 }
}
impl Drop for Handle {
    fn drop(&mut self) { unsafe { CloseHandle(self.0).ok(); } }
}

struct MapView(*mut c_void);
impl MapView {
    unsafe fn new(h: &Handle, n: usize) -> io::Result<MapView> {
        let p = MapViewOfFile(h.get(), FILE_MAP_READ, 0, 0, n).Value;
        if p.is_null() {
            return Err(io::Error::last_os_error());
        }
        Ok(MapView(p))
    }
}
impl Drop for MapView {
    fn drop(&mut self) { unsafe { UnmapViewOfFile(MEMORY_MAPPED_VIEW_ADDRESS { Value: self.0 }).unwrap(); } }
}

fn read(name: PCWSTR) -> io::Result<Vec<u8>> {
    let h = Handle::new(unsafe { OpenFileMappingW(FILE_MAP_READ.0, false, name) }?).ok_or(io::ErrorKind::NotFound)?;
    let view = unsafe { MapView::new(&h, 0)? };
    let mut out = vec![0; 10];
    unsafe { ptr::copy_nonoverlapping(view.0 as *const u8, out.as_mut_ptr(), 10) };
    Ok(out)
}

fn list() -> Vec<u32> {
    let mut found = Vec::new();
    unsafe {
        let snapshot = match CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0) {
            Ok(s) => s,
            Err(_) => return found,
        };
        let mut entry = PROCESSENTRY32W { dwSize: std::mem::size_of::<PROCESSENTRY32W>() as u32, ..Default::default() };
        if Process32FirstW(snapshot, &mut entry).is_ok() {
            loop {
                found.push(entry.th32ProcessID);
                if Process32NextW(snapshot, &mut entry).is_err() {
                    break;
                }
            }
        }
        let _ = CloseHandle(snapshot);
    }
    found
}

static SECTION: OnceLock<Mutex<usize>> = OnceLock::new();

fn global() -> usize {
    *SECTION.get_or_init(|| {
        let h = unsafe { CreateFileMappingW(INVALID_HANDLE_VALUE, None, PAGE_READWRITE, 0, 1, None) }.expect("section");
        Mutex::new(h.0 as usize)
    }).lock().unwrap()
}

fn shared() -> Arc<Handle> {
    let h = unsafe { CreateFileMappingW(INVALID_HANDLE_VALUE, None, PAGE_READWRITE, 0, 1, None) }.unwrap();
    Arc::new(Handle(h))
}

fn and_then(n: usize) -> windows::core::Result<usize> {
    unsafe {
        let h = CreateFileMappingW(INVALID_HANDLE_VALUE, None, PAGE_READWRITE, 0, n as u32, None)?;
        let result = (|| {
            let view = MapViewOfFile(h, FILE_MAP_ALL_ACCESS, 0, 0, n);
            if view.Value.is_null() {
                return Err(windows::core::Error::from_win32());
            }
            UnmapViewOfFile(view)?;
            Ok(n)
        })();
        CloseHandle(h)?;
        result
    }
}

fn thread() {
    let h = unsafe { CreateFileMappingW(INVALID_HANDLE_VALUE, None, PAGE_READWRITE, 0, 1, None) }.unwrap();
    let raw = h.0 as isize;
    std::thread::spawn(move || unsafe {
        let _ = CloseHandle(HANDLE(raw as *mut _));
    });
}

pub struct Ring { maps: Vec<SharedMemory>, raw: Option<(HANDLE, *mut c_void)> }

impl Ring {
    fn grow(&mut self, n: usize) -> io::Result<()> {
        self.maps.push(SharedMemory::create("a", n)?);
        Ok(())
    }
    unsafe fn start(&mut self) -> bool {
        if self.raw.is_some() {
            return true;
        }
        let h = match CreateFileMappingW(INVALID_HANDLE_VALUE, None, PAGE_READWRITE, 0, 1, None) { Ok(h) => h, Err(_) => return false };
        let v = MapViewOfFile(h, FILE_MAP_ALL_ACCESS, 0, 0, 0).Value;
        if v.is_null() {
            let _ = CloseHandle(h);
            return false;
        }
        self.raw = Some((h, v));
        true
    }
    unsafe fn stop(&mut self) {
        if let Some((h, v)) = self.raw.take() {
            let _ = UnmapViewOfFile(MEMORY_MAPPED_VIEW_ADDRESS { Value: v });
            let _ = CloseHandle(h);
        }
    }
}

extern "system" fn out_param(handle: *mut HANDLE) -> bool {
    unsafe {
        match CreateFileMappingW(INVALID_HANDLE_VALUE, None, PAGE_READWRITE, 0, 1, None) {
            Ok(h) => { *handle = h; true }
            Err(_) => false,
        }
    }
}

unsafe fn nt() -> Result<(), i32> {
    let mut section = HANDLE::default();
    let status = NtCreateSection(&mut section, 0xF001F, ptr::null(), &mut 4096i64, PAGE_READWRITE.0, 0x8000000, HANDLE::default());
    if status < 0 {
        return Err(status);
    }
    let mut base = ptr::null_mut();
    let mut size = 0;
    let status = NtMapViewOfSection(section, GetCurrentProcess(), &mut base, 0, 0, ptr::null_mut(), &mut size, 2, 0, 4);
    NtClose(section);
    if status != 0 {
        return Err(status);
    }
    NtUnmapViewOfSection(GetCurrentProcess(), base);
    Ok(())
}

fn checked_by_a_guard() -> Option<MapView> {
    let view = match unsafe { MapViewOfFile(HANDLE::default(), FILE_MAP_READ, 0, 0, 0) }.Value {
        address if address.is_null() => return None,
        address => address,
    };
    Some(MapView(view))
}

fn kept_in_an_option(handle: &mut Option<HANDLE>) -> windows::core::Result<()> {
    let made = unsafe { CreateFileMappingW(INVALID_HANDLE_VALUE, None, PAGE_READWRITE, 0, 1, None)? };
    *handle = Some(made);
    Ok(())
}

fn given_to_a_guard() {
    let handle = unsafe { CreateFileMappingW(INVALID_HANDLE_VALUE, None, PAGE_READWRITE, 0, 1, None) }.unwrap();
    let _guard = scopeguard::guard(handle, |handle| unsafe {
        let _ = CloseHandle(handle);
    });
}

/// Closed by whoever has it.
pub struct Opened {
    pub handle: HANDLE,
    pub bytes: u32,
}

pub fn opened(bytes: u32) -> windows::core::Result<Opened> {
    let handle = unsafe { CreateFileMappingW(INVALID_HANDLE_VALUE, None, PAGE_READWRITE, 0, bytes, None)? };
    Ok(Opened { handle, bytes })
}
