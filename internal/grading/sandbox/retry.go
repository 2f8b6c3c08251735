package sandbox

import (
	"context"
	"errors"
	"sync"
)

// machine is locked for reading by each compilation, start and call, and for writing by a
// second try: that must not fail because of other work.
var machine sync.RWMutex

// retry calls try, and a second time, alone, if the machine may have failed: any error but a
// *Rejected means that. With once there is no second time.
func retry[T any](ctx context.Context, once bool, try func(again bool) (T, error)) (T, error) {
	value, err := withLock(machine.RLocker(), func() (T, error) { return try(false) })
	var rejected *Rejected
	if err == nil || errors.As(err, &rejected) || once || ctx.Err() != nil {
		return value, err
	}
	return withLock(&machine, func() (T, error) {
		if err := ctx.Err(); err != nil {
			return value, err
		}
		return try(true)
	})
}

// withLock calls run with the lock held. A panic releases it, too.
func withLock[T any](lock sync.Locker, run func() (T, error)) (T, error) {
	lock.Lock()
	defer lock.Unlock()
	return run()
}
