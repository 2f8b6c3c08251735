package submission

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// Limit is the largest file that is read, in bytes. An endless loop that prints makes a
// notebook of 100 MB, and its answers may be good.
const Limit = 256 << 20

// SymbolicLink is the Problem of a file that is a link. It may lead to a file of the
// teacher's.
const SymbolicLink = "it is a symbolic link, and links are not followed"

// open opens a regular file of at most Limit bytes. To open a pipe or a device could wait for ever, and
// a sparse file of any size takes no space, so the file is looked at first, and again when it is open:
// another may be in its place. The problem says why it cannot be read, or is "".
func open(path string) (f *os.File, size int64, problem string) {
	info, err := os.Lstat(path)
	if problem := unreadable(info, err); problem != "" {
		return nil, 0, problem
	}
	if f, err = openNow(path); err != nil {
		return nil, 0, unreadable(nil, err)
	}
	info, err = f.Stat()
	if problem := unreadable(info, err); problem != "" {
		f.Close()
		return nil, 0, problem
	}
	return f, info.Size(), ""
}

// unreadable returns why a file with this description is not read, or "".
func unreadable(info fs.FileInfo, err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "the file does not exist"
	case err != nil:
		return "the file cannot be read: " + err.Error()
	case info.Mode()&fs.ModeSymlink != 0:
		return SymbolicLink
	case !info.Mode().IsRegular():
		return "it is not a regular file"
	case info.Size() > Limit:
		return fmt.Sprintf("the file has %d MB; at most %d MB are read", info.Size()>>20, Limit>>20)
	}
	return ""
}

// Sum returns the hash of a file, or the problem if Read cannot read it. It takes no more memory
// for a large file.
func Sum(path string) (sum [sha256.Size]byte, problem string) {
	f, _, problem := open(path)
	if problem != "" {
		return sum, problem
	}
	defer f.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, io.LimitReader(f, Limit)); err != nil {
		return sum, unreadable(nil, err)
	}
	hash.Sum(sum[:0])
	return sum, ""
}
