//go:build !unix

package guest

// memory is the memory of a guest. It grows by doubling: with wazero's own allocator a guest leaves
// five times its memory as garbage, which is not collected while the guest runs (see package sandbox).
type memory struct {
	data  []byte
	limit uint64
}

func newMemory(size, limit uint64) (*memory, error) {
	return &memory{data: make([]byte, 0, size), limit: limit}, nil
}

func (m *memory) Reallocate(size uint64) []byte {
	if size > uint64(cap(m.data)) {
		data := make([]byte, size, min(m.limit, max(size, 2*uint64(cap(m.data)))))
		copy(data, m.data)
		m.data = data
	}
	m.data = m.data[:size]
	return m.data
}

func (m *memory) Free() { m.data = nil }
