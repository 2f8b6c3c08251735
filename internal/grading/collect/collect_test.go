package collect

import (
	"archive/zip"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

func put(t *testing.T, folder string, names ...string) {
	t.Helper()
	for _, name := range names {
		target := filepath.Join(folder, filepath.FromSlash(name))
		if strings.HasSuffix(name, "/") {
			if err := os.MkdirAll(target, 0o755); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(target, []byte(name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// expect compares a list with want, which has for each student the content of the notebook
// (in these tests its name), or "!" and a part of the problem.
func expect(t *testing.T, all []Submission, err error, want map[string]string) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, h := range all {
		w, ok := want[h.Student]
		switch problem, isProblem := strings.CutPrefix(w, "!"); {
		case !ok || seen[h.Student]:
			t.Errorf("%q is in the list: %+v", h.Student, h)
		case isProblem:
			if h.File != "" || !strings.Contains(h.Problem, problem) {
				t.Errorf("%s: %+v, want problem with %q", h.Student, h, problem)
			}
		default:
			data, err := os.ReadFile(h.File)
			if err != nil || h.Problem != "" || string(data) != w {
				t.Errorf("%s: %+v has the content %q (%v), want %q", h.Student, h, data, err, w)
			}
		}
		seen[h.Student] = true
	}
	for who := range want {
		if !seen[who] {
			t.Errorf("%s is missing", who)
		}
	}
}

// from lists the submissions of a source, without a roster, and unpacks them.
func from(source, name, work string) ([]Submission, error) {
	found, err := Source{Path: source, Notebook: name, Work: work}.From()
	if err != nil {
		return nil, err
	}
	return found.Submissions, unpackAll(found)
}

// unpackAll unpacks all submissions that are in a zip, and closes the source.
func unpackAll(found *Found) error {
	for _, s := range found.Submissions {
		if _, err := s.Unpack(); err != nil {
			return err
		}
	}
	return found.Close()
}

func TestAFolderHasOneFolderOrFileForEachStudent(t *testing.T) {
	folder := t.TempDir()
	nfd := norm.NFD.String("김하늘")
	put(t, folder, "lee/a1.ipynb", "park.ipynb", "Choi Min_1234_assignsubmission_file_/a1.ipynb", "Jung_77_assignsubmission_file_a1.ipynb",
		"two/a1.ipynb", "two/draft.ipynb", "renamed/final (3).ipynb", "unclear/x.ipynb", "unclear/y.ipynb", "deep/a/b/a1.ipynb",
		"empty/", "pdf/answers.pdf", "checkpoint/.ipynb_checkpoints/a1.ipynb", nfd+"/a1.ipynb", "grades.csv", ".DS_Store", "UP/A1.IPYNB")
	want := map[string]string{
		"lee": "lee/a1.ipynb", "park": "park.ipynb", "Choi Min_1234": "Choi Min_1234_assignsubmission_file_/a1.ipynb", "Jung_77": "Jung_77_assignsubmission_file_a1.ipynb",
		"two": "two/a1.ipynb", "renamed": "renamed/final (3).ipynb", "unclear": "!2 notebooks", "deep": "deep/a/b/a1.ipynb",
		"empty": "!nothing was handed in", "pdf": "!no notebook among its files (1)", "checkpoint": "!nothing was handed in", "김하늘": nfd + "/a1.ipynb", "UP": "UP/A1.IPYNB",
	}
	if runtime.GOOS != "windows" {
		if err := os.Symlink("/etc/passwd", filepath.Join(folder, "link.ipynb")); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(folder, filepath.Join(folder, "round")); err != nil {
			t.Fatal(err)
		}
		want["link"], want["round"] = "!links are not followed", "!links are not followed"
	}
	all, err := from(folder, "a1.ipynb", t.TempDir())
	expect(t, all, err, want)
}

func TestTwoSpellingsOfANameNeedAHuman(t *testing.T) {
	folder := t.TempDir()
	put(t, folder, "김하늘/a1.ipynb", norm.NFD.String("김하늘")+"/a1.ipynb", "lee/a1.ipynb", "lee.ipynb")
	all, err := from(folder, "a1.ipynb", t.TempDir())
	if entries, _ := os.ReadDir(folder); len(entries) < 4 {
		t.Skip("on this file system both spellings are one name")
	}
	expect(t, all, err, map[string]string{"김하늘": "!2 submissions under this name", "lee": "!2 submissions under this name"})
}

// pack writes the zip that zipOf returns to a file.
func pack(t *testing.T, change func(*zip.FileHeader), names ...string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "submissions.zip")
	if err := os.WriteFile(file, zipOf(t, change, names...), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestAZipIsReadLikeAFolder(t *testing.T) {
	file := pack(t, nil, "lee/", "lee/a1.ipynb", "park.ipynb", "empty/", "__MACOSX/lee/._a1.ipynb", "kim_1_assignsubmission_file_/a1.ipynb")
	all, err := from(file, "a1.ipynb", t.TempDir())
	expect(t, all, err, map[string]string{"lee": "lee/a1.ipynb", "park": "park.ipynb", "empty": "!nothing", "kim_1": "kim_1_assignsubmission_file_/a1.ipynb"})

	file = pack(t, nil, "class 2/", "class 2/lee/", "class 2/lee/a1.ipynb", "class 2/kim/a1.ipynb")
	all, err = from(file, "a1.ipynb", t.TempDir())
	expect(t, all, err, map[string]string{"lee": "class 2/lee/a1.ipynb", "kim": "class 2/kim/a1.ipynb"})

	file = pack(t, nil, "lee/a1.ipynb")
	all, err = from(file, "a1.ipynb", t.TempDir())
	expect(t, all, err, map[string]string{"lee": "lee/a1.ipynb"})
}

// Whatever the names in a zip, nothing is written outside of its folder.
func TestNoNameLeadsOutOfTheFolder(t *testing.T) {
	around := t.TempDir()
	work := filepath.Join(around, "work")
	if err := os.Mkdir(work, 0o755); err != nil {
		t.Fatal(err)
	}
	file := pack(t, nil, "../slip.ipynb", "kim/../../slip.ipynb", "/absolute/a1.ipynb", `back\..\slash.ipynb`, "C:/disk/a1.ipynb", "lee/a1.ipynb")
	all, err := from(file, "a1.ipynb", work)
	expect(t, all, err, map[string]string{"slip": "!leads out of the folder", "absolute": "!an absolute path", "slash": "!leads out of the folder", "C:": "!an absolute path", "lee": "lee/a1.ipynb"})
	entries, err := os.ReadDir(around)
	if err != nil || len(entries) != 1 {
		t.Errorf("beside the folder for it there is %v (%v)", entries, err)
	}
	if entries, err = os.ReadDir(work); err != nil || len(entries) != 1 {
		t.Errorf("in the folder for it there is %v (%v)", entries, err)
	}
}

// The stub may be beside the answers, under the right name.
func TestAnotherNotebookOfTheAssignmentIsUnclear(t *testing.T) {
	for name, c := range map[string]struct {
		files []string
		want  string
	}{
		"alone":      {[]string{"lee/a1.ipynb"}, ""},
		"a download": {[]string{"lee/a1.ipynb", "lee/a1 (1).ipynb"}, "a1.ipynb was graded, and there is more: a1 (1).ipynb"},
		"a copy":     {[]string{"lee/draft/A1-Copy1.ipynb", "lee/a1.ipynb"}, "a1.ipynb was graded, and there is more: draft/A1-Copy1.ipynb"},
		"a lecture":  {[]string{"lee/a1.ipynb", "lee/03_forward_pass.ipynb"}, ""},
	} {
		folder := t.TempDir()
		put(t, folder, c.files...)
		all, err := from(folder, "a1.ipynb", t.TempDir())
		if err != nil || len(all) != 1 || all[0].Unclear != c.want || !strings.HasSuffix(all[0].File, "a1.ipynb") {
			t.Errorf("%s: %+v, %v; want %q", name, all, err, c.want)
		}
	}
}

func TestALinkInAZipIsNotFollowed(t *testing.T) {
	file := pack(t, func(h *zip.FileHeader) {
		if strings.HasPrefix(h.Name, "kim") {
			h.SetMode(os.ModeSymlink | 0o777)
		}
	}, "kim/a1.ipynb", "lee/a1.ipynb")
	all, err := from(file, "a1.ipynb", t.TempDir())
	expect(t, all, err, map[string]string{"kim": "!links are not followed", "lee": "lee/a1.ipynb"})
}

// A zip of ten megabytes may have ten gigabytes of zeros.
func TestAZipBombDoesNotAffectOthers(t *testing.T) {
	file := filepath.Join(t.TempDir(), "bomb.zip")
	out, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(out)
	for _, name := range []string{"kim/a1.ipynb", "lee/a1.ipynb"} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if name == "lee/a1.ipynb" {
			fmt.Fprint(w, name)
			continue
		}
		zeros := make([]byte, 1<<20)
		for range 300 {
			if _, err := w.Write(zeros); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	out.Close()
	work := t.TempDir()
	all, err := from(file, "a1.ipynb", work)
	expect(t, all, err, map[string]string{"kim": "!300 MB unpacked", "lee": "lee/a1.ipynb"})
	if entries, err := os.ReadDir(work); err != nil || len(entries) != 1 {
		t.Errorf("%v (%v)", entries, err)
	}
}

// Of the notebooks in a zip only those of students who are graded are on the disk: a class with 30 files
// of 250 MB would fill it.
func TestANotebookOfAZipIsOnTheDiskWhileItIsGraded(t *testing.T) {
	inner := string(zipOf(t, nil, "work/a1.ipynb"))
	work := t.TempDir()
	source := packContents(t, []string{"kim/a1.ipynb", "lee/a1.zip"}, func(name string) string {
		if strings.HasSuffix(name, ".zip") {
			return inner
		}
		return name
	})
	found, err := Source{Path: source, Notebook: "a1.ipynb", Work: work}.From()
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	files := func(when string, want int) {
		t.Helper()
		if entries, err := os.ReadDir(work); err != nil || len(entries) != want {
			t.Errorf("%s there are %d files (%v), want %d", when, len(entries), err, want)
		}
	}
	files("at first", 0)
	for i, want := range []string{"kim/a1.ipynb", "work/a1.ipynb"} {
		s := found.Submissions[i]
		remove, err := s.Unpack()
		if err != nil {
			t.Fatal(err)
		}
		files("while "+s.Student+" is graded", 1)
		if data, err := os.ReadFile(s.File); err != nil || string(data) != want {
			t.Errorf("%s has %q, %v; want %q", s.Student, data, err, want)
		}
		remove()
	}
	files("at the end", 0)
}

func TestAnInvalidSourceIsAnError(t *testing.T) {
	folder := t.TempDir()
	put(t, folder, "text.zip", "empty/readme.txt")
	whole := pack(t, nil, "lee/a1.ipynb")
	data, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	cut := filepath.Join(folder, "cut.zip")
	if err := os.WriteFile(cut, data[:len(data)/2], 0o644); err != nil {
		t.Fatal(err)
	}
	for source, says := range map[string]string{
		filepath.Join(folder, "text.zip"): "is not a readable zip", cut: "is not a readable zip",
		filepath.Join(folder, "empty"): "has no submissions", filepath.Join(folder, "none"): "no such file",
	} {
		if all, err := from(source, "a1.ipynb", t.TempDir()); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, %v, want %q", filepath.Base(source), all, err, says)
		}
	}
}

func TestOneStudentsFolder(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "a1")
	for i := range 6 {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink("nowhere", filepath.Join(folder, fmt.Sprintf("link%d", i))); err != nil {
			t.Skip(err)
		}
	}
	h, err := Student(folder, "lee", "a1.ipynb")
	if err != nil || h.Student != "lee" || !strings.HasSuffix(h.Problem, "; and 3 more like these") || strings.Count(h.Problem, "it is a symbolic link") != 3 {
		t.Errorf("%+v, %v", h, err)
	}
	file := filepath.Join(folder, "answers.ipynb")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if h, err = Student(folder, "lee", "a1.ipynb"); err != nil || h.File != file {
		t.Errorf("%+v, %v", h, err)
	}
	if h, err = Student(filepath.Join(folder, "link0"), "lee", "a1.ipynb"); err != nil || h.File != "" {
		t.Errorf("a link instead of the folder: %+v, %v", h, err)
	}
}

// A student whose name begins with a dot is not ignored.
func TestANameMayBeginWithADot(t *testing.T) {
	for name, want := range map[string]bool{"..x": false, ".lee": false, ".DS_Store": true, ".git": true, "._a1.ipynb": true, "lee/.ipynb_checkpoints": true, "lee/.cache": true, "lee": false} {
		if got := ignored(name); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
