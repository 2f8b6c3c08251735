package submission

import (
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"os"
)

// Limit is the largest file that is read, in bytes. An endless loop that prints makes a
// notebook of 100 MB, and its answers may be good.
const Limit = 256 << 20

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
		return texts.Text("gone")
	case err != nil:
		return texts.Text("unreadable", err)
	case info.Mode()&fs.ModeSymlink != 0:
		return Link.Text()
	case !info.Mode().IsRegular():
		return Irregular.Text()
	case info.Size() > Limit:
		return texts.Text("large", info.Size()>>20, Limit>>20)
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
