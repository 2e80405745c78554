// Views that are forgotten, and sections that wait for nothing once their views are gone.
package sections

import (
	"errors"
	"unsafe"

	"golang.org/x/sys/windows"
)

const write = windows.FILE_MAP_WRITE

func viewLostOnReturn(section windows.Handle, size uintptr) error {
	view, err := windows.MapViewOfFile(section, write, 0, 0, size) //! view-never-unmapped
	if err != nil {
		return err
	}
	if *(*byte)(unsafe.Pointer(view)) == 0 {
		return errors.New("empty")
	}
	return windows.UnmapViewOfFile(view)
}

func viewOverwritten(section windows.Handle) error {
	view, err := windows.MapViewOfFile(section, write, 0, 0, 1) //! view-never-unmapped
	if err != nil {
		return err
	}
	view, err = windows.MapViewOfFile(section, write, 0, 1, 1)
	if err != nil {
		return err
	}
	return windows.UnmapViewOfFile(view)
}

func viewDropped(section windows.Handle) error {
	_, err := windows.MapViewOfFile(section, write, 0, 0, 1) //! view-never-unmapped
	return err
}

func viewReleasedWrongly(section windows.Handle) error {
	view, err := windows.MapViewOfFile(section, write, 0, 0, 1) //! view-never-unmapped
	if err != nil {
		return err
	}
	return windows.CloseHandle(windows.Handle(view))
}

func sectionLeftBehind(size uint32) error {
	section, err := windows.CreateFileMapping(windows.InvalidHandle, nil, windows.PAGE_READWRITE, 0, size, nil) //! section-outlives-view
	if err != nil {
		return err
	}
	view, err := windows.MapViewOfFile(section, write, 0, 0, 0)
	if err != nil {
		return err
	}
	defer windows.UnmapViewOfFile(view)
	return nil
}

func sectionForgottenTwice(size uint32) {
	section, _ := windows.CreateFileMapping(windows.InvalidHandle, nil, windows.PAGE_READWRITE, 0, size, nil) //! section-outlives-view
	view, _ := windows.MapViewOfFile(section, write, 0, 0, 0)
	windows.UnmapViewOfFile(view)
}

func sectionsInALoop(sizes []uint32) {
	for _, size := range sizes {
		section, _ := windows.CreateFileMapping(windows.InvalidHandle, nil, windows.PAGE_READWRITE, 0, size, nil) //! section-outlives-view
		view, _ := windows.MapViewOfFile(section, write, 0, 0, 0)
		windows.UnmapViewOfFile(view)
	}
}

type holder struct {
	waiting windows.Handle
}

func (h *holder) start(size uint32) (err error) {
	h.waiting, err = windows.CreateFileMapping(windows.InvalidHandle, nil, windows.PAGE_READWRITE, 0, size, nil) //! section-outlives-view
	if err != nil {
		return err
	}
	view, err := windows.MapViewOfFile(h.waiting, write, 0, 0, 0)
	if err != nil {
		return err
	}
	return windows.UnmapViewOfFile(view)
}

var waiting = map[string]windows.Handle{}

func sectionKeptByName(name string, size uint32) error {
	section, err := windows.CreateFileMapping(windows.InvalidHandle, nil, windows.PAGE_READWRITE, 0, size, nil) //! section-outlives-view
	if err != nil {
		return err
	}
	view, err := windows.MapViewOfFile(section, write, 0, 0, 0)
	if err != nil {
		windows.CloseHandle(section)
		return err
	}
	windows.UnmapViewOfFile(view)
	waiting[name] = section
	return nil
}

func viewUnmapped(section windows.Handle, size uintptr) (byte, error) {
	view, err := windows.MapViewOfFile(section, write, 0, 0, size)
	if err != nil {
		return 0, err
	}
	defer func() { _ = windows.UnmapViewOfFile(view) }()
	return *(*byte)(unsafe.Pointer(view)), nil
}

func viewReturned(section windows.Handle, size int) ([]byte, error) {
	view, err := windows.MapViewOfFile(section, write, 0, 0, uintptr(size))
	if err != nil {
		return nil, err
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(view)), size), nil
}

func viewOfTheCallers(section windows.Handle) error {
	part, err := viewReturned(section, 1)
	if err != nil {
		return err
	}
	part[0] = 1
	return windows.UnmapViewOfFile(uintptr(unsafe.Pointer(&part[0])))
}

func sectionClosedFirst(size uint32) error {
	section, err := windows.CreateFileMapping(windows.InvalidHandle, nil, windows.PAGE_READWRITE, 0, size, nil)
	if err != nil {
		return err
	}
	view, err := windows.MapViewOfFile(section, write, 0, 0, 0)
	windows.CloseHandle(section)
	if err != nil {
		return err
	}
	return windows.UnmapViewOfFile(view)
}

type both struct {
	section windows.Handle
	address uintptr
}

func (b *both) start(size uint32) (err error) {
	if b.section, err = windows.CreateFileMapping(windows.InvalidHandle, nil, windows.PAGE_READWRITE, 0, size, nil); err != nil {
		return err
	}
	b.address, err = windows.MapViewOfFile(b.section, write, 0, 0, 0)
	return err
}

func (b *both) stop() {
	if b.address != 0 {
		windows.UnmapViewOfFile(b.address)
		b.address = 0
	}
	if b.section != 0 {
		windows.CloseHandle(b.section)
		b.section = 0
	}
}
