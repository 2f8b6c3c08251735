package sandbox

import (
	"context"
	"errors"
	"sync"
)

// machine is held, shared, by whatever compiles a program, starts it or calls it, and held
// alone by what is tried again: a second try is not to fail because of the work beside it.
var machine sync.RWMutex

// twice tries something a second time, alone, if the first time failed. An error of try
// means that the machine failed, or may have, unless it is a *Rejected.
func twice[T any](ctx context.Context, try func(again bool) (T, error)) (T, error) {
	value, err := held(machine.RLocker(), func() (T, error) { return try(false) })
	var rejected *Rejected
	if err == nil || errors.As(err, &rejected) || ctx.Err() != nil {
		return value, err
	}
	return held(&machine, func() (T, error) {
		if err := ctx.Err(); err != nil {
			return value, err
		}
		return try(true)
	})
}

// held runs something with a lock, which a panic gives back, too.
func held[T any](lock sync.Locker, run func() (T, error)) (T, error) {
	lock.Lock()
	defer lock.Unlock()
	return run()
}
