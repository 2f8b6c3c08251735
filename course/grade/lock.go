package grade

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// Lock keeps a second grading out of the folder for grades until unlock is called: both
// would write the same files, and the one remove what the other has compiled.
func Lock(out string) (unlock func(), err error) {
	if err := os.MkdirAll(out, 0o755); err != nil {
		return nil, err
	}
	lock := flock.New(filepath.Join(out, ".lock"))
	got, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("the lock of the folder for grades: %w", err)
	}
	if !got {
		return nil, fmt.Errorf("another grading works in %s: wait for its end, or choose another folder with --out", out)
	}
	return func() { lock.Unlock() }, nil
}
