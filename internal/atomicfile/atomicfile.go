// Package atomicfile writes files atomically and locks files. It imports no other package
// of the course.
//
// It writes a temporary file in the same folder and renames it: readers see the old file or
// the new one, even if the program is killed. [os.Rename] replaces a file on Windows too.
// The library renameio does the same but has no Windows version.
package atomicfile

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
)

// ErrChanged is the error of [CompareAndSwap] for a file with other content.
var ErrChanged = errors.New("another program has changed it since it was read")

// WriteFile writes data to the file at path like [os.WriteFile], but atomically: after an
// error the file is unchanged.
//
// A new file has the permissions perm before umask. A file that is replaced keeps those of
// its permissions that are in perm. So with perm 0o666 a notebook that its owner has made
// private stays private, and with perm 0o600 nobody else can read the file, whatever its
// permissions were.
func WriteFile(path string, data []byte, perm fs.FileMode) error {
	return write(path, data, perm, nil)
}

// CompareAndSwap is like [WriteFile] but writes only if the content of the file is old, or
// if old is nil and the file does not exist. Otherwise its error is an [ErrChanged]. It
// compares just before it renames; it does not notice a write in the microseconds between
// the two.
func CompareAndSwap(path string, old, data []byte, perm fs.FileMode) error {
	return write(path, data, perm, func() error {
		now, err := os.ReadFile(path)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if (err == nil) != (old != nil) || !bytes.Equal(now, old) {
			return ErrChanged
		}
		return nil
	})
}

// Rename moves a file to path, on the same file system, with the permissions that
// [WriteFile] would give it. The file must have been created with its default
// permissions.
func Rename(from, path string, perm fs.FileMode) error {
	info, err := os.Stat(from)
	if err == nil {
		err = setMode(from, info.Mode().Perm(), path, perm)
	}
	if err == nil {
		err = rename(from, path)
	}
	if err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return nil
}

// Restrict removes the permissions of all but the owner from a file, or from a folder and
// everything in it. It does not follow symbolic links. A path that does not exist is no
// error.
func Restrict(path string) error {
	return filepath.WalkDir(path, func(path string, entry fs.DirEntry, err error) error {
		var info fs.FileInfo
		if err == nil {
			info, err = entry.Info()
		}
		if err == nil && (info.IsDir() || info.Mode().IsRegular()) && info.Mode().Perm()&0o077 != 0 {
			err = os.Chmod(path, info.Mode().Perm()&0o700)
		}
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	})
}

func write(path string, data []byte, perm fs.FileMode, check func() error) error {
	if err := replace(path, data, perm, check); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return nil
}

func replace(path string, data []byte, perm fs.FileMode, check func() error) error {
	// Not os.CreateTemp, whose files have mode 0600: the umask cannot be read without
	// setting it for all goroutines. Here the system applies it.
	name := filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+"."+strconv.FormatUint(rand.Uint64(), 36))
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, perm)
	if err != nil {
		return err
	}
	defer os.Remove(name) // no effect after the rename
	info, err := f.Stat()
	if err == nil {
		err = setMode(name, info.Mode().Perm(), path, perm) // while it is empty
	}
	if err == nil {
		_, err = f.Write(data)
	}
	if err == nil {
		err = f.Sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err == nil && check != nil {
		err = check()
	}
	if err != nil {
		return err
	}
	return rename(name, path)
}

// setMode gives a new file, whose permissions are mode, those that it needs to replace the
// file at path.
func setMode(file string, mode fs.FileMode, path string, perm fs.FileMode) error {
	want := mode & perm
	if old, err := os.Stat(path); err == nil {
		want = old.Mode().Perm() & perm
	}
	if want == mode { // some file systems refuse to set permissions
		return nil
	}
	return os.Chmod(file, want)
}

func rename(from, to string) error {
	err := os.Rename(from, to)
	if err != nil && runtime.GOOS == "windows" {
		return fmt.Errorf("%w. If the file is open in another program, such as a spreadsheet, close it there and call again", err)
	}
	return err
}
