//! Sections of Windows by the crates windows and windows-sys, in functions.
use std::ptr::null_mut;
use windows::core::{Error, Result, PCWSTR};
use windows::Win32::Foundation::{CloseHandle, HANDLE, INVALID_HANDLE_VALUE};
use windows::Win32::System::Memory::{
    CreateFileMappingW, MapViewOfFile, OpenFileMappingW, UnmapViewOfFile, FILE_MAP_ALL_ACCESS, PAGE_READWRITE,
};

fn never_closed(bytes: u32) -> Result<()> {
    let handle = unsafe { CreateFileMappingW(INVALID_HANDLE_VALUE, None, PAGE_READWRITE, 0, bytes, None)? }; //! section-never-closed
    println!("made {:?}", handle);
    Ok(())
}

fn lost_where_the_view_fails(bytes: usize) -> Result<usize> {
    unsafe {
        let handle = CreateFileMappingW(INVALID_HANDLE_VALUE, None, PAGE_READWRITE, 0, bytes as u32, None)?; //! section-leaks-on-path
        let view = MapViewOfFile(handle, FILE_MAP_ALL_ACCESS, 0, 0, bytes);
        if view.Value.is_null() {
            return Err(Error::from_win32());
        }
        UnmapViewOfFile(view)?;
        CloseHandle(handle)?;
    }
    Ok(bytes)
}

unsafe fn lost_by_question_mark(bytes: usize) -> Result<usize> {
    let handle = OpenFileMappingW(FILE_MAP_ALL_ACCESS.0, false, PCWSTR::null())?; //! section-leaks-on-path
    let length = measure(bytes)?;
    CloseHandle(handle)?;
    Ok(length)
}

unsafe fn view_forgotten(bytes: usize) -> bool {
    let handle = CreateFileMappingW(INVALID_HANDLE_VALUE, null_mut(), PAGE_READWRITE, 0, bytes as u32, null_mut());
    if handle == 0 {
        return false;
    }
    let view = MapViewOfFile(handle, FILE_MAP_ALL_ACCESS, 0, 0, bytes) as *mut u8; //! view-never-unmapped
    CloseHandle(handle);
    if view.is_null() {
        return false;
    }
    *view = 1;
    true
}

unsafe fn section_forgotten(bytes: usize) {
    let handle = CreateFileMappingW(INVALID_HANDLE_VALUE, null_mut(), PAGE_READWRITE, 0, bytes as u32, null_mut()); //! section-outlives-view
    let view = MapViewOfFile(handle, FILE_MAP_ALL_ACCESS, 0, 0, bytes);
    UnmapViewOfFile(view);
}

unsafe fn lost_in_a_loop(sizes: &[u32]) {
    let mut handle = 0;
    for bytes in sizes.iter() {
        handle = CreateFileMappingW(INVALID_HANDLE_VALUE, null_mut(), PAGE_READWRITE, 0, *bytes, null_mut()); //! section-leaks-on-path
    }
    CloseHandle(handle);
}

unsafe fn lost_in_a_match(bytes: u32, kind: u8) -> u8 {
    let handle = match CreateFileMappingW(INVALID_HANDLE_VALUE, None, PAGE_READWRITE, 0, bytes, None) { //! section-leaks-on-path
        Ok(handle) => handle,
        Err(_) => return 0,
    };
    match kind {
        0 => return 1,
        1 | 2 => {
            let _ = CloseHandle(handle);
        }
        _ => {
            CloseHandle(handle).unwrap();
        }
    }
    2
}

fn create(bytes: u32) -> Result<HANDLE> {
    let section = unsafe { CreateFileMappingW(INVALID_HANDLE_VALUE, None, PAGE_READWRITE, 0, bytes, None) }?;
    if section.is_invalid() {
        return Err(Error::from_win32());
    }
    Ok(section)
}

fn forgets_the_callers(bytes: u32) -> Result<()> {
    let section = create(bytes)?; //! section-never-closed
    println!("{:?}", section);
    Ok(())
}

fn closes_the_callers(bytes: u32) -> Result<()> {
    if let Ok(section) = create(bytes) {
        unsafe { CloseHandle(section)? };
    }
    let Ok(other) = create(bytes) else {
        return Err(Error::from_win32());
    };
    unsafe { CloseHandle(other) }
}

fn closes_by_helper(bytes: u32) -> Result<()> {
    let section = create(bytes)?;
    let result = measure(bytes as usize);
    close_quietly(section);
    result.map(|_| ())
}

fn close_quietly(what: HANDLE) {
    unsafe {
        let _ = CloseHandle(what);
    }
}

fn view_lives_on(bytes: usize) -> Result<*mut u8> {
    let section = create(bytes as u32)?;
    let mapped = unsafe { MapViewOfFile(section, FILE_MAP_ALL_ACCESS, 0, 0, bytes) };
    unsafe { CloseHandle(section)? };
    if mapped.Value.is_null() {
        Err(Error::from_win32())
    } else {
        Ok(mapped.Value.cast())
    }
}

fn given_to_an_owner(bytes: u32) -> Result<std::os::windows::io::OwnedHandle> {
    let section = create(bytes)?;
    Ok(unsafe { std::os::windows::io::OwnedHandle::from_raw_handle(section.0 as _) })
}

fn several(sizes: &[u32]) -> Result<()> {
    let mut all = Vec::new();
    for bytes in sizes {
        all.push(create(*bytes)?);
    }
    for section in all {
        close_quietly(section);
    }
    Ok(())
}

fn when_it_ends(bytes: u32) -> Result<usize> {
    let section = create(bytes)?;
    scopeguard::defer! {
        close_quietly(section);
    }
    measure(bytes as usize)
}

unsafe fn descriptor_forgotten(bytes: libc::off_t) -> i32 {
    let fd = libc::memfd_create(c"part".as_ptr(), 0); //! section-never-closed
    if fd < 0 {
        return -1;
    }
    libc::ftruncate(fd, bytes)
}

unsafe fn descriptor_lost(bytes: usize) -> *mut libc::c_void {
    let fd = libc::memfd_create(c"part".as_ptr(), 0); //! section-leaks-on-path
    if fd == -1 {
        return std::ptr::null_mut();
    }
    let start = libc::mmap(std::ptr::null_mut(), bytes, libc::PROT_READ, libc::MAP_SHARED, fd, 0);
    if start == libc::MAP_FAILED {
        return std::ptr::null_mut();
    }
    libc::close(fd);
    start
}

unsafe fn descriptor_closed(bytes: libc::off_t) -> bool {
    let fd = libc::memfd_create(c"part".as_ptr(), 0);
    if fd < 0 {
        return false;
    }
    let done = libc::ftruncate(fd, bytes) == 0;
    libc::close(fd);
    done
}

unsafe fn descriptor_in_a_file() -> Option<std::fs::File> {
    let fd = libc::memfd_create(c"part".as_ptr(), 0);
    if fd < 0 {
        None
    } else {
        Some(std::fs::File::from_raw_fd(fd))
    }
}

fn owned_descriptor() -> nix::Result<()> {
    let fd = nix::sys::memfd::memfd_create(c"part", Default::default())?;
    nix::unistd::ftruncate(&fd, 1)
}

unsafe fn into(to: *mut HANDLE, bytes: u32) -> bool {
    match CreateFileMappingW(INVALID_HANDLE_VALUE, None, PAGE_READWRITE, 0, bytes, None) {
        Ok(made) => {
            *to = made;
            true
        }
        Err(_) => false,
    }
}

unsafe fn closes_what_was_put_there(bytes: u32) {
    let mut part = HANDLE::default();
    if into(&mut part, bytes) {
        close_quietly(part);
    }
}

unsafe fn fills(parts: &mut [HANDLE]) -> Result<()> {
    for part in parts.iter_mut() {
        *part = create(1)?;
    }
    Ok(())
}
