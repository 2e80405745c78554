package shm

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"sync"
	"unsafe"

	"golang.org/x/sys/windows"
)

// Segment is a named block: ways in which Go programs look after sections, all of them silent.
type Segment struct {
	mu     sync.Mutex
	name   string
	handle windows.Handle
	addr   uintptr
	data   []byte
	closed bool
}

type Option func(*Segment)

func Open(name string, size int, opts ...Option) (seg *Segment, err error) {
	namep, err := windows.UTF16PtrFromString(name)
	if err != nil {
		return nil, err
	}
	seg = &Segment{name: name}
	for _, o := range opts {
		o(seg)
	}
	seg.handle, err = windows.CreateFileMapping(windows.InvalidHandle, nil, windows.PAGE_READWRITE, 0, uint32(size), namep)
	if err != nil && !errors.Is(err, windows.ERROR_ALREADY_EXISTS) {
		return nil, fmt.Errorf("create %s: %w", name, err)
	}
	defer func() {
		if err != nil {
			seg.Close()
			seg = nil
		}
	}()
	seg.addr, err = windows.MapViewOfFile(seg.handle, windows.FILE_MAP_READ|windows.FILE_MAP_WRITE, 0, 0, uintptr(size))
	if err != nil {
		return nil, fmt.Errorf("map: %w", err)
	}
	seg.data = unsafe.Slice((*byte)(unsafe.Pointer(seg.addr)), size)
	runtime.SetFinalizer(seg, (*Segment).Close)
	return seg, nil
}

func (s *Segment) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return os.ErrClosed
	}
	s.closed = true
	var first error
	if s.addr != 0 {
		if err := windows.UnmapViewOfFile(s.addr); err != nil {
			first = err
		}
		s.addr = 0
		s.data = nil
	}
	if s.handle != 0 {
		if err := windows.CloseHandle(s.handle); err != nil && first == nil {
			first = err
		}
		s.handle = 0
	}
	return first
}

func Processes() ([]string, error) {
	snap, err := windows.CreateToolhelp32Snapshot(windows.TH32CS_SNAPPROCESS, 0)
	if err != nil {
		return nil, err
	}
	defer windows.CloseHandle(snap)
	var entry windows.ProcessEntry32
	entry.Size = uint32(unsafe.Sizeof(entry))
	var names []string
	err = windows.Process32First(snap, &entry)
	for err == nil {
		names = append(names, windows.UTF16ToString(entry.ExeFile[:]))
		err = windows.Process32Next(snap, &entry)
	}
	if errors.Is(err, windows.ERROR_NO_MORE_FILES) {
		return names, nil
	}
	return nil, err
}

func mmap(f *os.File, length int, prot, flags uint32) ([]byte, error) {
	h, errno := windows.CreateFileMapping(windows.Handle(f.Fd()), nil, prot, 0, uint32(length), nil)
	if h == 0 {
		return nil, os.NewSyscallError("CreateFileMapping", errno)
	}
	addr, errno := windows.MapViewOfFile(h, flags, 0, 0, uintptr(length))
	if addr == 0 {
		windows.CloseHandle(h)
		return nil, os.NewSyscallError("MapViewOfFile", errno)
	}
	handles.Lock()
	handles.m[addr] = h
	handles.Unlock()
	return unsafe.Slice((*byte)(unsafe.Pointer(addr)), length), nil
}

var handles = struct {
	sync.Mutex
	m map[uintptr]windows.Handle
}{m: map[uintptr]windows.Handle{}}

func munmap(b []byte) error {
	addr := uintptr(unsafe.Pointer(&b[0]))
	if err := windows.UnmapViewOfFile(addr); err != nil {
		return err
	}
	handles.Lock()
	defer handles.Unlock()
	h, ok := handles.m[addr]
	if !ok {
		return errors.New("unknown address")
	}
	delete(handles.m, addr)
	return os.NewSyscallError("CloseHandle", windows.CloseHandle(h))
}

type reader struct {
	*Segment
	pos int
}

func NewReader(name string) (*reader, error) {
	s, err := Open(name, 1)
	if err != nil {
		return nil, err
	}
	return &reader{Segment: s}, nil
}

func WithHandle(f func(windows.Handle) error) error {
	h, err := windows.CreateFileMapping(windows.InvalidHandle, nil, windows.PAGE_READWRITE, 0, 1, nil)
	if err != nil {
		return err
	}
	err = f(h)
	if e := windows.CloseHandle(h); err == nil {
		err = e
	}
	return err
}

func retry(name *uint16) (h windows.Handle, err error) {
	for i := 0; i < 3; i++ {
		h, err = windows.CreateFileMapping(windows.InvalidHandle, nil, windows.PAGE_READWRITE, 0, 1, name)
		if err == nil {
			return h, nil
		}
	}
	return 0, err
}

func once() windows.Handle {
	var h windows.Handle
	var once sync.Once
	once.Do(func() {
		h, _ = windows.CreateFileMapping(windows.InvalidHandle, nil, windows.PAGE_READWRITE, 0, 1, nil)
	})
	return h
}

func pair() (h windows.Handle, addr uintptr, err error) {
	if h, err = windows.CreateFileMapping(windows.InvalidHandle, nil, windows.PAGE_READWRITE, 0, 1, nil); err != nil {
		return 0, 0, err
	}
	if addr, err = windows.MapViewOfFile(h, windows.FILE_MAP_READ, 0, 0, 0); err != nil {
		_ = windows.CloseHandle(h)
		return 0, 0, err
	}
	return h, addr, nil
}

func usePair() error {
	h, addr, err := pair()
	if err != nil {
		return err
	}
	defer windows.CloseHandle(h)
	defer windows.UnmapViewOfFile(addr)
	return nil
}

func must(h windows.Handle, err error) windows.Handle {
	if err != nil {
		panic(err)
	}
	return h
}

func checked() {
	h := must(windows.CreateFileMapping(windows.InvalidHandle, nil, windows.PAGE_READWRITE, 0, 1, nil))
	defer windows.CloseHandle(h)
}

func toFile() *os.File {
	h, err := windows.CreateFileMapping(windows.InvalidHandle, nil, windows.PAGE_READWRITE, 0, 1, nil)
	if err != nil {
		return nil
	}
	return os.NewFile(uintptr(h), "mapping")
}

func takenOrClosed(taken chan windows.Handle, done chan struct{}) {
	handle, err := windows.CreateFileMapping(windows.InvalidHandle, nil, windows.PAGE_READWRITE, 0, 1, nil)
	if err != nil {
		return
	}
	select {
	case taken <- handle:
	case <-done:
		windows.CloseHandle(handle)
	}
}

func closedByAVariable(size uint32) error {
	handle, err := windows.CreateFileMapping(windows.InvalidHandle, nil, windows.PAGE_READWRITE, 0, size, nil)
	if handle == 0 || err != nil {
		return fmt.Errorf("no section: %v", err)
	}
	release := func() { windows.CloseHandle(handle) }
	if size > 4096 {
		release()
		return nil
	}
	defer release()
	return nil
}

func deferredFirst(size uint32) error {
	var handle windows.Handle
	var err error
	defer func() {
		if handle != 0 {
			windows.CloseHandle(handle)
		}
	}()
	handle, err = windows.CreateFileMapping(windows.InvalidHandle, nil, windows.PAGE_READWRITE, 0, size, nil)
	if err != nil {
		return err
	}
	return nil
}

// Mapping is closed by whoever has it.
type Mapping struct {
	Handle windows.Handle
	Size   int
}

func NewMapping(size int) (*Mapping, error) {
	handle, err := windows.CreateFileMapping(windows.InvalidHandle, nil, windows.PAGE_READWRITE, 0, uint32(size), nil)
	if err != nil {
		return nil, err
	}
	return &Mapping{Handle: handle, Size: size}, nil
}
