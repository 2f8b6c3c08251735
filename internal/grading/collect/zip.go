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

// The limits of a zip. A class of 300 with large notebooks is far below.
const (
	maxEntries = 50_000
	maxBytes   = 8 << 30
)

// unzip lists the entries of a zip, and writes its notebooks to the folder work.
func unzip(source, work string) ([]entry, error) {
	z, err := zip.OpenReader(source)
	if err != nil {
		return nil, fmt.Errorf("%s is not a readable zip: %w", source, err)
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
			// The raw name is the best guess at whose it is.
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

// readEntry reads an entry of a zip. A notebook with at most left bytes is written to file.
// ok is false for an entry that is ignored.
func readEntry(f *zip.File, file string, left int64) (e entry, ok bool, written int64) {
	name := entryName(f)
	e = entry{name: strings.Trim(name, "/"), folder: strings.HasSuffix(name, "/")}
	switch why := unsafeName(name); {
	case hidden(e.name):
		return e, false, 0
	case why != "":
		// It counts for the student named by its first real part, and is not written.
		e = entry{name: strings.Trim(path.Clean("/"+strings.ReplaceAll(name, "\\", "/")), "/"), problem: why}
		return e, e.name != "", 0
	case f.Mode()&os.ModeSymlink != 0:
		e.problem = submission.SymbolicLink
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

// entryName returns the name of an entry. Windows writes Korean names in its own code page, and
// then the flag for UTF-8 is not set.
func entryName(f *zip.File) string {
	name := f.Name
	if f.NonUTF8 || !utf8.ValidString(name) {
		if decoded, err := korean.EUCKR.NewDecoder().String(name); err == nil && !utf8.ValidString(name) {
			return decoded
		}
	}
	return strings.ToValidUTF8(name, "\ufffd")
}

// unsafeName returns what is wrong with a name that leads out of the folder, or "".
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

// hidden reports whether an entry, or a folder that it is in, is ignored.
func hidden(name string) bool {
	parts := strings.Split(name, "/")
	for i, part := range parts {
		if ignored(strings.Join(parts[:i+1], "/")) && part != ".." && part != "." {
			return true
		}
	}
	return false
}

// unpack writes an entry to a file. It fails if the entry has more bytes than the limit, or
// than it states.
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
		err = fmt.Errorf("it is larger than it states")
	}
	if err != nil {
		os.Remove(target)
		return n, fmt.Errorf("it cannot be unpacked: %w", err)
	}
	return n, nil
}

// stripWrapper removes a folder that all others are in, which some platforms and people add.
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
