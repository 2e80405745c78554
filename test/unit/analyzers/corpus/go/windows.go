// Sections of Windows by golang.org/x/sys/windows, and by procedures of kernel32.
package sections

import (
	"errors"
	"fmt"
	"unsafe"

	"golang.org/x/sys/windows"
)

var (
	kernel32          = windows.NewLazySystemDLL("kernel32.dll")
	procOpenMapping   = kernel32.NewProc("OpenFileMappingW")
	procMapViewOfFile = kernel32.NewProc("MapViewOfFile")
)

func neverClosed(size uint32) error {
	handle, err := windows.CreateFileMapping(windows.InvalidHandle, nil, windows.PAGE_READWRITE, 0, size, nil) //! section-never-closed
	if err != nil {
		return err
	}
	fmt.Println("made", handle)
	return nil
}

func lostWhereViewFails(size uint32) (uintptr, error) {
	handle, err := windows.CreateFileMapping(windows.InvalidHandle, nil, windows.PAGE_READWRITE, 0, size, nil) //! section-leaks-on-path
	if err != nil {
		return 0, err
	}
	addr, err := windows.MapViewOfFile(handle, windows.FILE_MAP_WRITE, 0, 0, uintptr(size))
	if err != nil {
		return 0, err
	}
	windows.CloseHandle(handle)
	return addr, nil
}

func viewForgotten(size uint32) error {
	handle, err := windows.CreateFileMapping(windows.InvalidHandle, nil, windows.PAGE_READWRITE, 0, size, nil)
	if err != nil {
		return err
	}
	defer windows.CloseHandle(handle)
	addr, err := windows.MapViewOfFile(handle, windows.FILE_MAP_WRITE, 0, 0, uintptr(size)) //! view-never-unmapped
	if err != nil {
		return err
	}
	data := unsafe.Slice((*byte)(unsafe.Pointer(addr)), size)
	data[0] = 1
	return nil
}

func sectionForgotten(size uint32) error {
	handle, err := windows.CreateFileMapping(windows.InvalidHandle, nil, windows.PAGE_READWRITE, 0, size, nil) //! section-leaks-on-path
	if err != nil {
		return err
	}
	addr, err := windows.MapViewOfFile(handle, windows.FILE_MAP_WRITE, 0, 0, uintptr(size))
	if err != nil {
		windows.CloseHandle(handle)
		return err
	}
	return windows.UnmapViewOfFile(addr)
}

func lostInLoop(sizes []uint32) error {
	var handle windows.Handle
	var err error
	for _, size := range sizes {
		handle, err = windows.CreateFileMapping(windows.InvalidHandle, nil, windows.PAGE_READWRITE, 0, size, nil) //! section-leaks-on-path
		if err != nil {
			return err
		}
	}
	return windows.CloseHandle(handle)
}

func byProcedure(name *uint16) error {
	handle, _, err := procOpenMapping.Call(4, 0, uintptr(unsafe.Pointer(name))) //! section-leaks-on-path
	if handle == 0 {
		return err
	}
	addr, _, err := procMapViewOfFile.Call(handle, 4, 0, 0, 0)
	if addr == 0 {
		return err
	}
	windows.UnmapViewOfFile(addr)
	windows.CloseHandle(windows.Handle(handle))
	return nil
}

type forgetsView struct {
	handle windows.Handle
	addr   uintptr
}

func (f *forgetsView) Open(size uint32) error {
	handle, err := windows.CreateFileMapping(windows.InvalidHandle, nil, windows.PAGE_READWRITE, 0, size, nil)
	if err != nil {
		return err
	}
	addr, err := windows.MapViewOfFile(handle, windows.FILE_MAP_WRITE, 0, 0, 0) //! view-never-unmapped
	if err != nil {
		windows.CloseHandle(handle)
		return err
	}
	f.handle, f.addr = handle, addr
	return nil
}

func (f *forgetsView) Close() error {
	f.addr = 0
	return windows.CloseHandle(f.handle)
}

func forgetsTheCallers(size uint32) error {
	mapping, err := create(size) //! section-never-closed
	if err != nil {
		return err
	}
	fmt.Println(mapping)
	return nil
}

func create(size uint32) (windows.Handle, error) {
	mapping, err := windows.CreateFileMapping(windows.InvalidHandle, nil, windows.PAGE_READWRITE, 0, size, nil)
	if err != nil {
		return 0, fmt.Errorf("no section: %w", err)
	}
	return mapping, nil
}

func closesTheCallers(size uint32) error {
	mapping, err := create(size)
	if err != nil {
		return err
	}
	defer windows.CloseHandle(mapping)
	if size > 4096 {
		return errors.New("too much")
	}
	return nil
}

func passesOn(size uint32) (windows.Handle, error) {
	return create(size)
}

func onlyWhereItFails(size uint32) (result windows.Handle, err error) {
	section, err := create(size)
	if err != nil {
		return 0, err
	}
	defer func() {
		if err != nil {
			windows.CloseHandle(section)
		}
	}()
	if size > 4096 {
		return 0, errors.New("too much")
	}
	if size == 0 {
		return 0, errTooSmall
	}
	return section, nil
}

// The named result is zero when the deferred function runs.
func closesZero(size uint32) (mapping windows.Handle, err error) {
	mapping, err = create(size) //! section-leaks-on-path
	if err != nil {
		return 0, err
	}
	defer func() {
		if err != nil {
			windows.CloseHandle(mapping)
		}
	}()
	if size > 4096 {
		return 0, errors.New("too much")
	}
	return mapping, nil
}

var errTooSmall = errors.New("too small")

func exceptWhereItFails(size uint32) (err error) {
	mapping, err := create(size) //! section-leaks-on-path
	if err != nil {
		return err
	}
	defer func() {
		if err == nil {
			windows.CloseHandle(mapping)
		}
	}()
	if size > 4096 {
		return errors.New("too much")
	}
	return nil
}

func named(size uint32) (mapping windows.Handle, err error) {
	mapping, err = windows.CreateFileMapping(windows.InvalidHandle, nil, windows.PAGE_READWRITE, 0, size, nil)
	if err != nil {
		return
	}
	if err = windows.SetHandleInformation(mapping, windows.HANDLE_FLAG_INHERIT, 1); err != nil {
		windows.CloseHandle(mapping)
		return 0, err
	}
	return
}

func cleansUpWhereItFails(size uint32) (addr uintptr, err error) {
	mapping, err := create(size)
	if err != nil {
		return 0, err
	}
	defer func() {
		if err := windows.CloseHandle(mapping); err != nil {
			fmt.Println(err)
		}
	}()
	return windows.MapViewOfFile(mapping, windows.FILE_MAP_WRITE, 0, 0, 0)
}

type owner struct {
	mapping windows.Handle
	view    []byte
}

func newOwner(size uint32) (*owner, error) {
	mapping, err := create(size)
	if err != nil {
		return nil, err
	}
	addr, err := windows.MapViewOfFile(mapping, windows.FILE_MAP_WRITE, 0, 0, uintptr(size))
	if err != nil {
		windows.CloseHandle(mapping)
		return nil, err
	}
	return &owner{mapping: mapping, view: unsafe.Slice((*byte)(unsafe.Pointer(addr)), size)}, nil
}

func (o *owner) Close() error {
	if len(o.view) > 0 {
		windows.UnmapViewOfFile(uintptr(unsafe.Pointer(&o.view[0])))
		o.view = nil
	}
	return windows.CloseHandle(o.mapping)
}

func several(sizes []uint32) error {
	var all []windows.Handle
	for _, size := range sizes {
		mapping, err := create(size)
		if err != nil {
			break
		}
		all = append(all, mapping)
	}
	for _, mapping := range all {
		windows.CloseHandle(mapping)
	}
	return nil
}

func inAnotherGoroutine(size uint32, done chan<- windows.Handle) {
	mapping, err := create(size)
	if err != nil {
		return
	}
	go func() {
		windows.CloseHandle(mapping)
	}()
	other, err := create(size)
	if err != nil {
		return
	}
	done <- other
}

type pool struct {
	all []windows.Handle
}

func (p *pool) add(size uint32) error {
	part, err := create(size)
	if err != nil {
		return err
	}
	p.all = append(p.all, part)
	return nil
}

func (p *pool) release() {
	for _, part := range p.all {
		windows.CloseHandle(part)
	}
	p.all = nil
}

type growing struct {
	kept []windows.Handle
}

func (g *growing) add(size uint32) error {
	part, err := create(size) //! section-never-closed
	if err != nil {
		return err
	}
	g.kept = append(g.kept, part)
	return nil
}

func into(to *windows.Handle, size uint32) (err error) {
	*to, err = windows.CreateFileMapping(windows.InvalidHandle, nil, windows.PAGE_READWRITE, 0, size, nil)
	return err
}

func closesWhatWasPutThere(size uint32) {
	var part windows.Handle
	if into(&part, size) == nil {
		windows.CloseHandle(part)
	}
}

func forgetsWhatWasPutThere(size uint32) {
	var part windows.Handle
	err := into(&part, size) //! section-never-closed
	fmt.Println(err)
}

func must(part windows.Handle, err error) windows.Handle {
	if err != nil {
		panic(err)
	}
	return part
}

func mustBeThere() {
	part := must(windows.CreateFileMapping(windows.InvalidHandle, nil, windows.PAGE_READWRITE, 0, 1, nil))
	defer windows.CloseHandle(part)
}
