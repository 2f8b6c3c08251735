package manifest

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"rnn101/internal/atomicfile"
)

// LockName is the name of the lock file in the folder of a site. The file is never removed: an
// export that has already opened it would hold a lock that the next one does not see.
const LockName = ".rnn101-site.lock"

// Lock locks the folder of a site against other exports. It does not wait: if another export holds
// the lock, it returns an error that names the process. A new lock file has the given permissions.
func Lock(folder string, permissions fs.FileMode) (unlock func(), err error) {
	unlock, err = atomicfile.TryLock(filepath.Join(folder, LockName), permissions)
	var held *atomicfile.HeldError
	switch {
	case errors.As(err, &held):
		return nil, fmt.Errorf("another export is writing to %s (%w): wait until it ends, or choose another folder with --out", folder, err)
	case err != nil:
		return nil, fmt.Errorf("cannot write to the folder %s: %w", folder, err)
	}
	return unlock, nil
}
