package collect

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/korean"

	"rnn101/internal/grading/submission"
	"rnn101/internal/panics"
)

// What is read of a zip at most. A class of 300 with large notebooks stays far below.
const (
	maxEntries = 50_000
	maxBytes   = 8 << 30
)

// unzip lists what a zip holds and writes its notebooks to the folder work.
func unzip(source, work string) ([]entry, error) {
	z, err := zip.OpenReader(source)
	if err != nil {
		return nil, fmt.Errorf("%s is no zip that can be read: %w", source, err)
	}
	defer z.Close()
	if len(z.File) > maxEntries {
		return nil, fmt.Errorf("%s has %d entries; at most %d are read", source, len(z.File), maxEntries)
	}
	var all []entry
	left := int64(maxBytes)
	for i, f := range z.File {
		e, ok, n := entry{}, false, int64(0)
		if p := panics.Catch(func() { e, ok, n = readEntry(f, filepath.Join(work, fmt.Sprintf("%06d.ipynb", i)), left) }); p != nil {
			// The name as it is written there is the best that can be said of whose it is.
			e, ok = entry{name: strings.Trim(path.Clean("/"+strings.ToValidUTF8(f.Name, "\ufffd")), "/"), problem: panicProblem(p), panic: p}, true
			if e.name == "" {
				e.name = fmt.Sprintf("entry %d of the zip", i+1)
			}
		}
		left -= n
		if ok {
			all = append(all, e)
		}
	}
	return stripWrapper(all), nil
}

// readEntry reads an entry of a zip, and writes it to a file if it is a notebook that has
// no more bytes than are left. written is how many it has; ok is false for what counts for
// nobody.
func readEntry(f *zip.File, file string, left int64) (e entry, ok bool, written int64) {
	name := entryName(f)
	e = entry{name: strings.Trim(name, "/"), folder: strings.HasSuffix(name, "/")}
	switch why := unsafeName(name); {
	case hidden(e.name):
		return e, false, 0
	case why != "":
		// It counts for the student that its first real part names, and is not written.
		e = entry{name: strings.Trim(path.Clean("/"+strings.ReplaceAll(name, "\\", "/")), "/"), problem: why}
		return e, e.name != "", 0
	case f.Mode()&os.ModeSymlink != 0:
		e.problem = "it is a link to another file, and links are not followed"
	case !e.folder && isNotebook(name):
		n, err := unpack(f, file, min(left, submission.Limit))
		if err != nil {
			e.problem = err.Error()
			return e, true, n
		}
		e.file = file
		return e, true, n
	}
	return e, true, 0
}

// letters is an entry's name. Windows writes Korean names in its own code page, and says
// so only by not saying UTF-8.
func entryName(f *zip.File) string {
	name := f.Name
	if f.NonUTF8 || !utf8.ValidString(name) {
		if decoded, err := korean.EUCKR.NewDecoder().String(name); err == nil && !utf8.ValidString(name) {
			return decoded
		}
	}
	return strings.ToValidUTF8(name, "\ufffd")
}

// outside says what is wrong with a name that leads out of the folder.
func unsafeName(name string) string {
	switch {
	case strings.ContainsRune(name, 0):
		return "its name has a zero byte"
	case strings.Contains(name, "\\"):
		return "its name has a backslash"
	case strings.HasPrefix(name, "/") || len(name) > 1 && name[1] == ':':
		return "its name is an absolute path"
	}
	for _, part := range strings.Split(name, "/") {
		if part == ".." {
			return "its name leads out of the folder"
		}
	}
	return ""
}

func hidden(name string) bool {
	parts := strings.Split(name, "/")
	for i, part := range parts {
		if ignored(strings.Join(parts[:i+1], "/")) && part != ".." && part != "." {
			return true
		}
	}
	return false
}

// unpack writes an entry to a file, as long as it has no more bytes than it says and may.
func unpack(f *zip.File, target string, limit int64) (int64, error) {
	if f.UncompressedSize64 > uint64(max(0, limit)) {
		return 0, fmt.Errorf("it has %d MB unpacked; at most %d MB are read", f.UncompressedSize64>>20, max(0, limit)>>20)
	}
	in, err := f.Open()
	if err != nil {
		return 0, fmt.Errorf("it cannot be unpacked: %w", err)
	}
	defer in.Close()
	out, err := os.OpenFile(target, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, err
	}
	defer out.Close() // if the reader panics
	n, err := io.Copy(out, io.LimitReader(in, limit+1))
	err = errors.Join(err, out.Close())
	if err == nil && n > limit {
		err = fmt.Errorf("it is larger than it says")
	}
	if err != nil {
		os.Remove(target)
		return n, fmt.Errorf("it cannot be unpacked: %w", err)
	}
	return n, nil
}

// stripWrapper takes away a folder that all the others lie in: some platforms and
// people pack one around.
func stripWrapper(all []entry) []entry {
	wrapper := ""
	students := map[string]bool{}
	for _, e := range all {
		first, rest, deeper := strings.Cut(e.name, "/")
		if wrapper == "" {
			wrapper = first
		}
		if first != wrapper || !deeper && !e.folder {
			return all
		}
		if second, _, deeper := strings.Cut(rest, "/"); rest != "" && (deeper || e.folder) {
			students[second] = true
		}
	}
	if len(students) == 0 { // the folder of the only student
		return all
	}
	var inner []entry
	for _, e := range all {
		if _, rest, deeper := strings.Cut(e.name, "/"); deeper {
			e.name = rest
			inner = append(inner, e)
		}
	}
	return inner
}
