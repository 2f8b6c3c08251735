package collect

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/unicode/norm"

	"rnn101/internal/grading/roster"
	"rnn101/internal/grading/submission"
)

// checkSubmissions checks what must be true of every list: each student appears once, in
// order, with a notebook or a problem, and no two have the same notebook.
func checkSubmissions(t *testing.T, all []Submission) {
	t.Helper()
	files := map[string]string{}
	for i, h := range all {
		switch {
		case h.Student == "" || !utf8.ValidString(h.Student):
			t.Errorf("a student is called %q", h.Student)
		case i > 0 && all[i-1].Student >= h.Student:
			t.Errorf("%q is after %q", h.Student, all[i-1].Student)
		case (h.File == "") == (h.Problem == ""):
			t.Errorf("%q has a file and problem, or neither: %+v", h.Student, h)
		case h.File != "" && files[h.File] != "":
			t.Errorf("%q and %q have the same file %q", files[h.File], h.Student, h.File)
		}
		files[h.File] = h.Student
	}
}

// zipOf returns a zip. The content of each file is its name.
func zipOf(t testing.TB, change func(*zip.FileHeader), names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range names {
		h := &zip.FileHeader{Name: name, Method: zip.Deflate}
		if change != nil {
			change(h)
		}
		w, err := z.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(name, "/") {
			if _, err := io.WriteString(w, name); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

var written = regexp.MustCompile(`^\d{6}\.ipynb$`)

// Whatever is in a zip, its files are written to the folder for it only, under names that it
// does not choose, and no file is larger than the limit.
func FuzzZip(f *testing.F) {
	windows, err := korean.EUCKR.NewEncoder().String("김하늘/a1.ipynb")
	if err != nil {
		f.Fatal(err)
	}
	link := func(h *zip.FileHeader) { h.SetMode(os.ModeSymlink | 0o777) }
	whole := zipOf(f, nil, "lee/", "lee/a1.ipynb", "김하늘_1_assignsubmission_file_/a1.ipynb", "kim_2_assignsubmission_onlinetext_/onlinetext.html", "__MACOSX/._a1.ipynb")
	for _, seed := range [][]byte{
		whole, whole[:len(whole)/2], bytes.Replace(whole, []byte("lee/a1"), []byte("../../"), 2),
		zipOf(f, nil, "../slip.ipynb", "/absolute/a1.ipynb", `back\..\a1.ipynb`, "C:/a1.ipynb", "kim/../../a1.ipynb", "a\x00b/a1.ipynb", "."),
		zipOf(f, func(h *zip.FileHeader) { h.NonUTF8 = true }, windows, "M\x81ller/a1.ipynb", "lee/a1.ipynb"),
		zipOf(f, link, "kim/a1.ipynb", "lee/"), zipOf(f, nil, "class/", "class/lee/a1.ipynb", "class/kim/a1.ipynb"),
		zipOf(f, func(h *zip.FileHeader) { h.Method = zip.Store }, "lee/a1.ipynb", "lee/a1.ipynb", "lee.ipynb"), zipOf(f, nil), []byte("PK\x05\x06"),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<15 {
			return // for speed
		}
		around := t.TempDir()
		source, work := filepath.Join(around, "class.zip"), filepath.Join(around, "work")
		if err := os.WriteFile(source, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Mkdir(work, 0o700); err != nil {
			t.Fatal(err)
		}
		all, err := from(source, "a1.ipynb", work)
		if err != nil && (all != nil || !strings.Contains(err.Error(), "class.zip")) {
			t.Errorf("%v, %v", all, err)
		}
		checkSubmissions(t, all)
		err = filepath.WalkDir(around, func(file string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case file == around || file == work || file == source:
				return nil
			case filepath.Dir(file) != work || !d.Type().IsRegular() || !written.MatchString(d.Name()):
				t.Errorf("%s was written", file)
			}
			info, err := d.Info()
			if err == nil && info.Size() > submission.Limit {
				t.Errorf("%s has %d bytes", file, info.Size())
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
		for _, h := range all {
			if info, err := os.Lstat(h.File); h.File != "" && (err != nil || !info.Mode().IsRegular() || filepath.Dir(h.File) != work) {
				t.Errorf("%q has handed in %s: %v", h.Student, h.File, err)
			}
		}
	})
}

// submissionsOf is From for entries that are on disk.
func submissionsOf(found []entry, class *roster.Roster) []Submission {
	people, _ := group(found, class)
	f := &Found{}
	for _, p := range people {
		f.Submissions = append(f.Submissions, choose(p, "a1.ipynb", nil))
	}
	if class != nil {
		f.addAbsent(class, people)
	}
	slices.SortFunc(f.Submissions, func(a, b Submission) int { return strings.Compare(a.Student, b.Student) })
	return f.Submissions
}

// Whatever the names of files and folders, every student with a folder or a notebook is in the
// list, once.
func FuzzNames(f *testing.F) {
	nfd := norm.NFD.String("김하늘")
	for _, seed := range []string{
		"lee/\nlee/a1.ipynb\npark.ipynb\nempty/\ngrades.csv\n.DS_Store", "class 2/\nclass 2/lee/\nclass 2/lee/a1.ipynb\nclass 2/kim/a1.ipynb",
		nfd + "/a1.ipynb\n김하늘/a1.ipynb\n김하늘.ipynb", "Choi Min_1234_assignsubmission_file_/a1.ipynb\nChoi Min_1234_assignsubmission_onlinetext_/onlinetext.html\nJung_77_assignsubmission_file_a1.ipynb",
		"_assignsubmission_file_/a1.ipynb\n.ipynb\n /a1.ipynb\n .ipynb\n\u00a0/x", "lee/x.ipynb\nlee/y.ipynb\nlee/a1.ipynb\nlee/A1.IPYNB\nUP/A1.IPYNB", "leekim_LATE_1_2_a1.ipynb\nleekim_1_2_a1-1.ipynb", "=1+1/a1.ipynb\n-rf/a1.ipynb\ntwo\rlines/a1.ipynb\n\u202e/a1.ipynb",
	} {
		f.Add(seed)
	}
	class := rosterOf(f, "lee\n김하늘\nkim_1\n")
	f.Fuzz(func(t *testing.T, names string) {
		if len(names) > 1<<12 || !utf8.ValidString(names) {
			return // listFolder and unzip return no others
		}
		var found []entry
		for i, name := range strings.Split(names, "\n") {
			trimmed := strings.Trim(name, "/")
			if trimmed == "" || strings.Contains(trimmed, "//") {
				continue
			}
			found = append(found, entry{name: trimmed, folder: strings.HasSuffix(name, "/"), file: "file" + string(rune('0'+i))})
		}
		all := submissionsOf(found, nil)
		checkSubmissions(t, all)
		layout := layoutOf(found)
		for _, e := range found {
			first, _, deeper := strings.Cut(e.name, "/")
			if !deeper && !e.folder && isList(first) {
				continue
			}
			if who := layout.of(e).shown; !slices.ContainsFunc(all, func(h Submission) bool { return h.Student == who }) {
				t.Errorf("%q, who has %q, is not in the list %v", who, e.name, all)
			}
		}
		// A folder around all others changes nothing.
		if inner := stripWrapper(found); len(inner) == len(found) {
			around := []entry{{name: "class", folder: true}}
			for _, e := range found {
				e.name = "class/" + e.name
				around = append(around, e)
			}
			if unwrapped := stripWrapper(around); len(unwrapped) == len(found) && !slices.Equal(submissionsOf(unwrapped, nil), all) {
				t.Errorf("in a folder: %v\nwithout: %v", submissionsOf(unwrapped, nil), all)
			}
		}
		checkSubmissions(t, submissionsOf(found, class))
	})
}
