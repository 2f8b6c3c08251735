//go:build unix

package guest

import "syscall"

// memory is the memory of a guest. All of its addresses are reserved from the start, and the system
// gives memory for those that are used: growing copies nothing.
type memory struct{ all []byte }

func newMemory(_, limit uint64) (*memory, error) {
	all, err := syscall.Mmap(-1, 0, int(max(limit, 1)), syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	return &memory{all}, err
}

func (m *memory) Reallocate(size uint64) []byte { return m.all[:size] }

func (m *memory) Free() {
	syscall.Munmap(m.all)
	m.all = nil
}
