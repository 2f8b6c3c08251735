package grade

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"rnn101/internal/atomicfile"
)

// Lock keeps a second grading out of the folder for grades until unlock is called: both
// would write the same files, and the one remove what the other has compiled.
func Lock(out string) (unlock func(), err error) {
	if err := os.MkdirAll(out, 0o755); err != nil {
		return nil, err
	}
	unlock, err = atomicfile.TryLock(filepath.Join(out, ".lock"), 0o600)
	if held := (*atomicfile.HeldError)(nil); errors.As(err, &held) {
		return nil, fmt.Errorf("another grading works in %s (%w): wait for its end, or choose another folder with --out", out, err)
	}
	if err != nil {
		return nil, fmt.Errorf("the folder for grades: %w", err)
	}
	return unlock, nil
}
