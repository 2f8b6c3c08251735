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

	"rnn101/classroom/submission"
)

// What is read of a zip at most. A class of 300 with large notebooks stays far below.
const (
	maxEntries = 50_000
	maxBytes   = 8 << 30
)

// inZip lists what a zip holds and writes its notebooks to the folder work.
func inZip(source, work string) ([]entry, error) {
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
		name := letters(f)
		e := entry{name: strings.Trim(name, "/"), folder: strings.HasSuffix(name, "/")}
		switch why := outside(name); {
		case hidden(e.name):
			continue
		case why != "":
			// It counts for the student that its first real part names, and is not written.
			e = entry{name: strings.Trim(path.Clean("/"+strings.ReplaceAll(name, "\\", "/")), "/"), trouble: why}
			if e.name == "" {
				continue
			}
		case f.Mode()&os.ModeSymlink != 0:
			e.trouble = "it is a link to another file, and links are not followed"
		case !e.folder && isNotebook(name):
			e.file = filepath.Join(work, fmt.Sprintf("%06d.ipynb", i))
			n, err := unpack(f, e.file, min(left, submission.Limit))
			left -= n
			if err != nil {
				e.file, e.trouble = "", err.Error()
			}
		}
		all = append(all, e)
	}
	return withoutWrapper(all), nil
}

// letters is an entry's name. Windows writes Korean names in its own code page, and says
// so only by not saying UTF-8.
func letters(f *zip.File) string {
	name := f.Name
	if f.NonUTF8 || !utf8.ValidString(name) {
		if decoded, err := korean.EUCKR.NewDecoder().String(name); err == nil && !utf8.ValidString(name) {
			return decoded
		}
	}
	return strings.ToValidUTF8(name, "\ufffd")
}

// outside says what is wrong with a name that leads out of the folder.
func outside(name string) string {
	switch {
	case strings.ContainsRune(name, 0):
		return "its name has a zero byte"
	case strings.Contains(name, "\\"):
		return "its name has a backslash"
	case strings.HasPrefix(name, "/") || len(name) > 1 && name[1] == ':':
		return "its name is that of a place on the disk"
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

// withoutWrapper takes away a folder that all the others lie in: some platforms and
// people pack one around.
func withoutWrapper(all []entry) []entry {
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
