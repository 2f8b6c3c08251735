package sandbox

import (
	"context"

	"github.com/tetratelabs/wazero/experimental"
)

// withAllocator makes the memory of guests grow by doubling. With wazero's own allocator a
// guest leaves five times its memory as garbage, which is not collected while the guest
// runs (see work).
func withAllocator(ctx context.Context) context.Context {
	return experimental.WithMemoryAllocator(ctx, experimental.MemoryAllocatorFunc(func(size, limit uint64) experimental.LinearMemory {
		return &memory{data: make([]byte, 0, size), limit: limit}
	}))
}

type memory struct {
	data  []byte
	limit uint64
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
