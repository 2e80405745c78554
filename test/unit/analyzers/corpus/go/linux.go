// Memory of Linux by golang.org/x/sys/unix.
package sections

import (
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

func descriptorForgotten(size int64) error {
	fd, err := unix.MemfdCreate("part", 0) //! section-never-closed
	if err != nil {
		return err
	}
	return unix.Ftruncate(fd, size)
}

func lostWhereTruncateFails(size int64) (int, error) {
	fd, err := unix.MemfdCreate("part", 0) //! section-leaks-on-path
	if err != nil {
		return -1, err
	}
	if err := unix.Ftruncate(fd, size); err != nil {
		return -1, err
	}
	return fd, nil
}

func mappingForgotten(size int) error {
	fd, err := unix.MemfdCreate("part", 0)
	if err != nil {
		return err
	}
	defer unix.Close(fd)
	data, err := unix.Mmap(fd, 0, size, unix.PROT_READ, unix.MAP_SHARED) //! view-never-unmapped
	if err != nil {
		return err
	}
	println(data[0])
	return nil
}

func lostInSwitch(size int64, kind int) error {
	fd, err := unix.MemfdCreate("part", 0) //! section-leaks-on-path
	if err != nil {
		return err
	}
	switch kind {
	case 0:
		return nil
	case 1, 2:
		return unix.Close(fd)
	default:
		unix.Close(fd)
	}
	return nil
}

func discarded() {
	unix.MemfdCreate("part", 0) //! section-never-closed
}

func released(size int) error {
	fd, err := unix.MemfdCreate("part", 0)
	if err != nil {
		return err
	}
	defer syscall.Close(fd)
	data, err := syscall.Mmap(fd, 0, size, syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		return err
	}
	defer syscall.Munmap(data)
	println(data[0])
	return nil
}

func asFile(size int64) (*os.File, error) {
	fd, err := unix.MemfdCreate("part", 0)
	if err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(fd), "part"), nil
}

func mapped(size int) ([]byte, error) {
	fd, err := unix.MemfdCreate("part", 0)
	if err != nil {
		return nil, err
	}
	data, err := unix.Mmap(fd, 0, size, unix.PROT_READ, unix.MAP_SHARED)
	unix.Close(fd)
	if err != nil {
		return nil, err
	}
	return data, nil
}

func releasesByLabel(size int64) (err error) {
	var fd int
	if fd, err = unix.MemfdCreate("part", 0); err != nil {
		return err
	}
	if err = unix.Ftruncate(fd, size); err != nil {
		goto fail
	}
	if size > 10 {
		goto fail
	}
	return unix.Close(fd)
fail:
	unix.Close(fd)
	return err
}

type part struct {
	fd   int
	data []byte
}

func (p *part) open(size int) (err error) {
	p.fd, err = unix.MemfdCreate("part", 0)
	if err != nil {
		return err
	}
	p.data, err = unix.Mmap(p.fd, 0, size, unix.PROT_READ, unix.MAP_SHARED)
	return err
}

func (p *part) close() {
	_ = unix.Munmap(p.data)
	_ = unix.Close(p.fd)
}
