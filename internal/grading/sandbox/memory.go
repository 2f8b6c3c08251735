package sandbox

import (
	"context"

	"github.com/tetratelabs/wazero/experimental"
)

// withMemory makes guests take their memory in doubled pieces. wazero's own way leaves five
// times as much garbage as a guest has memory, and while a guest runs nothing is collected
// (see work).
func withMemory(ctx context.Context) context.Context {
	return experimental.WithMemoryAllocator(ctx, experimental.MemoryAllocatorFunc(func(size, most uint64) experimental.LinearMemory {
		return &memory{data: make([]byte, 0, size), most: most}
	}))
}

type memory struct {
	data []byte
	most uint64
}

func (m *memory) Reallocate(size uint64) []byte {
	if size > uint64(cap(m.data)) {
		data := make([]byte, size, min(m.most, max(size, 2*uint64(cap(m.data)))))
		copy(data, m.data)
		m.data = data
	}
	m.data = m.data[:size]
	return m.data
}

func (m *memory) Free() { m.data = nil }
