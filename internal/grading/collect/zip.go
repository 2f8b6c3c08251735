package collect

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"rnn101/internal/grading/roster"
	"rnn101/internal/grading/submission"
	"rnn101/internal/panics"
)

// The limits of a zip. A class of 300 with large notebooks is far below.
const (
	maxEntries = 500_000
	// A zip that a student has handed in may not have more entries, nor more bytes.
	maxInner      = 2_000
	maxInnerBytes = 64 << 20
	// Each entry takes memory when the zip is opened. So more of their signatures, in whatever is in it,
	// are not read at all.
	maxSignatures = 50 * maxInner
)

// signature begins each entry in the directory of a zip.
const signature = "PK\x01\x02"

// archive is an open zip.
type archive struct{ *zip.ReadCloser }

func openZip(path string) (*archive, error) {
	z, err := zip.OpenReader(path)
	if err != nil {
		return nil, fmt.Errorf("%s is not a readable zip: %w", path, err)
	}
	if len(z.File) > maxEntries {
		z.Close()
		return nil, fmt.Errorf("%s has %d entries; at most %d are read", path, len(z.File), maxEntries)
	}
	return &archive{z}, nil
}

// entries lists the entries of the zip. guess is the encoding of doubtful names.
func (a *archive) entries(class *roster.Roster, given string) (all []entry, guess string) {
	all, guess = readEntries(a.File, class, given)
	return stripWrapper(all), guess
}

// readEntries reads the entries of a zip. Those that are ignored are left out.
func readEntries(files []*zip.File, class *roster.Roster, given string) (all []entry, guess string) {
	var raw []string
	var open []int
	decoded, doubtful := make([]string, len(files)), make([]bool, len(files))
	for i, f := range files {
		if name, ok := roster.UnicodePath(f.Name, f.Extra); ok {
			decoded[i] = name
		} else if f.NonUTF8 || !utf8.ValidString(f.Name) {
			raw, open = append(raw, f.Name), append(open, i)
		} else {
			decoded[i] = f.Name
		}
	}
	names, unsure, guess := roster.DecodeNames(raw, class, given)
	for k, i := range open {
		decoded[i], doubtful[i] = names[k], unsure[k]
	}
	for i, f := range files {
		var e entry
		var ok bool
		if p := panics.Catch(func() { e, ok = readEntry(f, decoded[i]) }); p != nil {
			// The raw name is the best guess at whose it is.
			e, ok = entry{name: strings.Trim(path.Clean("/"+strings.ToValidUTF8(f.Name, "\ufffd")), "/"), problem: panicProblem(p), panic: p}, true
			if e.name == "" {
				e.name = fmt.Sprintf("entry %d of the zip", i+1)
			}
		}
		if e.doubtful = doubtful[i]; ok {
			all = append(all, e)
		}
	}
	return all, guess
}

// readEntry reads an entry of a zip. ok is false for one that is ignored. Names have a slash
// between folders; some programs of Windows write a backslash.
func readEntry(f *zip.File, name string) (e entry, ok bool) {
	name = strings.ReplaceAll(name, "\\", "/")
	e = entry{name: strings.Trim(path.Clean("/"+name), "/"), folder: strings.HasSuffix(name, "/"), zipped: &zipped{File: f}}
	switch why := unsafeName(name); {
	case e.name == "" || hidden(e.name):
		return e, false
	case why != "":
		// It counts for the student named by its first real part, and is not written.
		e.problem, e.folder = why, false
	case f.Mode()&os.ModeSymlink != 0:
		e.problem = submission.Link.Text()
	case !e.folder && isNotebook(name) && f.UncompressedSize64 > submission.Limit:
		e.problem = tooLarge(f, submission.Limit)
	}
	return e, true
}

// unsafeName returns what is wrong with a name that leads out of the folder, or "".
func unsafeName(name string) string {
	switch {
	case strings.ContainsRune(name, 0):
		return "its name has a zero byte"
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

// tooLarge says that an entry is.
func tooLarge(f *zip.File, limit int64) string {
	return fmt.Sprintf("it has %d MB unpacked; at most %d MB are read", f.UncompressedSize64>>20, max(0, limit)>>20)
}

// zipped is a file in a zip.
type zipped struct {
	*zip.File        // nil if it must be looked for in inside
	inside    *entry // the zip with it that a student has handed in, or nil
	place     int    // its place there
}

// alone returns the file for later. Of a zip that a student has handed in nothing is kept meanwhile.
func (z *zipped) alone() *zipped {
	if z.inside == nil {
		return z
	}
	return &zipped{inside: z.inside, place: z.place}
}

// file returns the file itself.
func (z *zipped) file() (*zip.File, error) {
	if z.File != nil {
		return z.File, nil
	}
	files, err := innerFiles(*z.inside)
	if err != nil {
		return nil, err
	}
	if z.place >= len(files) {
		return nil, errors.New("the zip has changed")
	}
	return files[z.place], nil
}

// encrypted is the flag of a file that package zip would read as it is.
const encrypted = 1

// open opens the file to read it.
func (z *zipped) open() (io.ReadCloser, error) {
	file, err := z.file()
	if err != nil {
		return nil, err
	}
	if file.Flags&encrypted != 0 {
		return nil, errors.New(submission.Password.Text())
	}
	return file.Open()
}

// copyTo writes the content of the file. It fails if it has more bytes than the limit, or than it
// states.
func (z *zipped) copyTo(out io.Writer) error {
	file, err := z.file()
	if err != nil {
		return err
	}
	if file.UncompressedSize64 > submission.Limit {
		return errors.New(tooLarge(file, submission.Limit))
	}
	in, err := (&zipped{File: file}).open()
	if err != nil {
		return fmt.Errorf("it cannot be unpacked: %w", err)
	}
	defer in.Close()
	n, err := io.Copy(out, io.LimitReader(in, submission.Limit+1))
	if err == nil && n > submission.Limit {
		err = errors.New("it is larger than it states")
	}
	if err != nil {
		return fmt.Errorf("it cannot be unpacked: %w", err)
	}
	return nil
}

// unpack writes the file to another, which must not exist.
func (z *zipped) unpack(target string) error {
	out, err := os.OpenFile(target, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer out.Close() // if the reader panics
	if err := errors.Join(z.copyTo(out), out.Close()); err != nil {
		os.Remove(target)
		return err
	}
	return nil
}

// withZipped returns the files of a student with those in the zips among them: people hand in a
// folder as a zip. In these no zip is opened again.
func withZipped(files []entry, w *writer) []entry {
	var all []entry
	for _, e := range files {
		all = append(all, e)
		if w == nil || e.problem != "" || e.folder || !strings.EqualFold(path.Ext(e.name), ".zip") {
			continue
		}
		found, err := readInner(e)
		if err != nil {
			all[len(all)-1].problem = err.Error()
			continue
		}
		all = all[:len(all)-1]
		for _, inner := range found {
			inner.name = e.name + "/" + inner.name
			all = append(all, inner)
		}
	}
	return all
}

// readInner reads the entries of a zip that a student has handed in.
func readInner(e entry) ([]entry, error) {
	files, err := innerFiles(e)
	if err != nil {
		return nil, err
	}
	found, _ := readEntries(files, nil, "")
	for _, inner := range found {
		if z := inner.zipped; z != nil {
			z.inside, z.place = &e, slices.Index(files, z.File)
		}
	}
	return found, nil
}

// innerFiles opens a zip that a student has handed in. It is in memory as long as the files are.
func innerFiles(e entry) ([]*zip.File, error) {
	read := func() ([]byte, error) { return os.ReadFile(e.file) }
	size := uint64(0)
	if e.zipped != nil {
		size = e.zipped.UncompressedSize64
		read = func() ([]byte, error) {
			in, err := e.zipped.open()
			if err != nil {
				return nil, err
			}
			defer in.Close()
			return io.ReadAll(io.LimitReader(in, maxInnerBytes))
		}
	} else if info, err := os.Stat(e.file); err == nil {
		size = uint64(info.Size())
	}
	if size > maxInnerBytes {
		return nil, fmt.Errorf("it is a zip of %d MB; at most %d MB are read", size>>20, maxInnerBytes>>20)
	}
	data, err := read()
	if err != nil {
		return nil, fmt.Errorf("it cannot be read: %w", err)
	}
	tooMany := func(n int) error {
		return fmt.Errorf("it is a zip of %d entries; at most %d are read", n, maxInner)
	}
	if n := bytes.Count(data, []byte(signature)); n > maxSignatures {
		return nil, tooMany(n)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, errors.New(submission.BrokenZip.Text(err))
	}
	if len(z.File) > maxInner {
		return nil, tooMany(len(z.File))
	}
	return z.File, nil
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
