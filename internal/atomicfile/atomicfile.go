// Package atomicfile writes files whole or not at all, and locks.
//
// A file is written beside its place and then renamed: a reader, and a program that is
// killed, see the old file or the new one and never a part. That is little more than
// [os.Rename], which replaces a file on Windows too; the library renameio, which does the
// same, has no Windows version.
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

// ErrChanged is the error of [CompareAndSwap] for a file that somebody else has written.
var ErrChanged = errors.New("another program has changed it since it was read")

// WriteFile writes data to the file at path, as [os.WriteFile] does, but all of it or
// nothing: after an error the file is as it was.
//
// A new file has the permissions perm less those of the umask. A file that is replaced
// keeps its permissions, but none that are not in perm. So with perm 0o666 a notebook
// that its owner has made private stays private, and with perm 0o600 nobody else can read
// the file, whatever stood there before.
func WriteFile(path string, data []byte, perm fs.FileMode) error {
	return write(path, data, perm, nil)
}

// CompareAndSwap is [WriteFile] for a file that was read before: it writes only if the
// file still holds old, or if old is nil and there is still no file. Otherwise its error
// is an [ErrChanged]. It compares just before the file is renamed; a program that writes
// between the two, within microseconds, is not noticed.
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

// Rename gives a file that lies beside its place, on the same file system, the
// permissions that [WriteFile] gives, and moves it to path. The file's own permissions
// are those of a new one: it was made under the umask.
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

// Restrict takes the permissions of all but the owner from a file, or from a folder and
// everything in it. What is not there needs none, and symbolic links are not followed.
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
	// Not os.CreateTemp: its files are 0600, and the umask cannot be asked for without
	// setting it for all goroutines. Here the system applies it.
	name := filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+"."+strconv.FormatUint(rand.Uint64(), 36))
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, perm)
	if err != nil {
		return err
	}
	defer os.Remove(name) // fails once it is renamed, as it should
	info, err := f.Stat()
	if err == nil {
		err = setMode(name, info.Mode().Perm(), path, perm) // while there is nothing to read in it
	}
	if err == nil {
		_, err = f.Write(data)
	}
	if err == nil {
		err = f.Sync()
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err == nil && check != nil {
		err = check()
	}
	if err != nil {
		return err
	}
	return rename(name, path)
}

// setMode prepares a file, whose permissions are mode, to take the place of the one at
// path.
func setMode(file string, mode fs.FileMode, path string, perm fs.FileMode) error {
	want := mode & perm
	if old, err := os.Stat(path); err == nil {
		want = old.Mode().Perm() & perm
	}
	if want == mode { // some file systems have no permissions, and refuse to set any
		return nil
	}
	return os.Chmod(file, want)
}

func rename(from, to string) error {
	err := os.Rename(from, to)
	if err != nil && runtime.GOOS == "windows" {
		return fmt.Errorf("%w. If another program has the file open, a spreadsheet perhaps, close it there and call again", err)
	}
	return err
}
