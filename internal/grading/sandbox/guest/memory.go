package guest

import (
	"context"

	"github.com/tetratelabs/wazero/experimental"
)

// withAllocator makes guests use memory of this package instead of wazero's own.
func withAllocator(ctx context.Context) context.Context {
	return experimental.WithMemoryAllocator(ctx, experimental.MemoryAllocatorFunc(func(size, limit uint64) experimental.LinearMemory {
		m, err := newMemory(size, limit)
		if err != nil {
			panic(err) // the machine has no memory: the worker ends
		}
		return m
	}))
}
