package collect

import (
	"archive/zip"
	"encoding/binary"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/unicode/norm"

	"rnn101/internal/grading/roster"
)

// rosterOf reads a roster with a content.
func rosterOf(t testing.TB, content string) *roster.Roster {
	t.Helper()
	file := filepath.Join(t.TempDir(), "class.csv")
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	class, err := roster.Read(file)
	if err != nil {
		t.Fatal(err)
	}
	return class
}

// In whatever format a class is handed out, everybody is counted once: who handed in a
// notebook, perhaps under another type, beside or without an online text, and who handed in
// something else.
func TestEverybodyIsCountedInEveryFormat(t *testing.T) {
	zipped := string(zipOf(t, nil, "work/a1.ipynb", "__MACOSX/._a1.ipynb"))
	for name, c := range map[string]struct {
		files  []string
		roster string
		want   map[string]string
		notes  string
	}{
		"Moodle, flat": {
			[]string{"Jan Müller_101_assignsubmission_file_a1.ipynb", "Ann_102_assignsubmission_file_a1.pdf", "Bob_103_assignsubmission_file_a1.ipynb.txt",
				"Safari_107_assignsubmission_file_a1.ipynb.json", "Cat_104_assignsubmission_file_a1.ipynb", "Cat_104_assignsubmission_file_draft.ipynb",
				"Dan_105_assignsubmission_file_a1.zip", "Eve_106_assignsubmission_onlinetext_onlinetext.html", "Gil_108_assignsubmission_file_a1.ipynb", "Gil_108_assignsubmission_onlinetext_onlinetext.html"}, "",
			map[string]string{"Jan Müller_101": "Jan Müller_101_assignsubmission_file_a1.ipynb", "Ann_102": "!no notebook among its files (1): a1.pdf", "Bob_103": "Bob_103_assignsubmission_file_a1.ipynb.txt",
				"Safari_107": "Safari_107_assignsubmission_file_a1.ipynb.json", "Cat_104": "Cat_104_assignsubmission_file_a1.ipynb", "Dan_105": "work/a1.ipynb",
				"Eve_106": "!no notebook among its files (1): onlinetext.html", "Gil_108": "Gil_108_assignsubmission_file_a1.ipynb"}, "",
		},
		"Moodle, in folders": {
			[]string{"Müller Jan_101_assignsubmission_file_/a1.ipynb", "Müller Jan_101_assignsubmission_onlinetext_/onlinetext.html", "Ann Lee_103_assignsubmission_file/answers/a1.ipynb",
				"Ann Lee_103_assignsubmission_onlinetext/onlinetext.html", "Team 1-Bob_104_assignsubmission_file_/a1.ipynb", "Bob_105_assignsubmission_onlinetext_/onlinetext.html", "Participant 7_106_assignsubmission_file_/"}, "",
			map[string]string{"Müller Jan_101": "Müller Jan_101_assignsubmission_file_/a1.ipynb", "Ann Lee_103": "Ann Lee_103_assignsubmission_file/answers/a1.ipynb",
				"Team 1-Bob_104": "Team 1-Bob_104_assignsubmission_file_/a1.ipynb", "Bob_105": "!no notebook", "Participant 7_106": "!nothing was handed in"}, "",
		},
		"Moodle, with a list of plain names": {
			[]string{"김하늘_4411_assignsubmission_file_/a1.ipynb", "김하늘_4411_assignsubmission_onlinetext_/onlinetext.html", "Müller Jan_101_assignsubmission_file_/a1.ipynb", "Team 1-Bob_104_assignsubmission_file_/a1.ipynb", "Guest_9_assignsubmission_file_/a1.ipynb"},
			"이름\n김하늘\nJan Müller\nBob\nAbsent\n",
			map[string]string{"김하늘": "김하늘_4411_assignsubmission_file_/a1.ipynb", "Jan Müller": "Müller Jan_101_assignsubmission_file_/a1.ipynb", "Bob": "Team 1-Bob_104_assignsubmission_file_/a1.ipynb", "Absent": "!nothing was handed in", "Guest_9": "Guest_9_assignsubmission_file_/a1.ipynb"}, "",
		},
		"Moodle, with its table for grading offline": {
			[]string{"김민수_4411_assignsubmission_file_/a1.ipynb", "김민수_4412_assignsubmission_onlinetext_/onlinetext.html", "Lee Ann_4413_assignsubmission_file_/a1.ipynb"},
			"Identifier,Full name,ID number,Email address,Status,Grade\nParticipant 4411,김민수,,,Submitted for grading,\nParticipant 4412,김민수,,,Submitted for grading,\nParticipant 4413,Ann Lee,,,,\nParticipant 4414,이바다,,,No submission,\n",
			map[string]string{"김민수 (4411)": "김민수_4411_assignsubmission_file_/a1.ipynb", "김민수 (4412)": "!onlinetext.html", "Ann Lee": "Lee Ann_4413_assignsubmission_file_/a1.ipynb", "이바다": "!nothing was handed in"}, "",
		},
		"Canvas": {
			[]string{"leeann_1234_5678_a1.ipynb", "kimbo_LATE_1235_5679_a1-1.ipynb", "doejane_1236_5680_a1.pdf", "roejim_1237_5681_a1.ipynb", "roejim_1237_5682_draft.ipynb", "poejo_1238_text.html", "coesu_LATE_1239_link.html", "moeal_1240_5690_a1.zip"}, "",
			map[string]string{"leeann_1234": "leeann_1234_5678_a1.ipynb", "kimbo_1235": "kimbo_LATE_1235_5679_a1-1.ipynb", "doejane_1236": "!a1.pdf", "roejim_1237": "roejim_1237_5681_a1.ipynb",
				"poejo_1238": "!text.html", "coesu_1239": "!link.html", "moeal_1240": "work/a1.ipynb"}, "",
		},
		"Canvas, with the export of its grades": {
			[]string{"leeann_1234_5678_a1.ipynb", "kimbo_LATE_1235_5679_a1-1.ipynb", "oneillsean_1236_1_a1.ipynb"},
			"Student,ID,SIS User ID,SIS Login ID,Section\n\"Lee, Ann\",1234,s001234,alee,1\n\"Kim, Bo\",1235,s001235,bkim,1\n\"O'Neill, Sean\",1236,s001236,so,1\n",
			map[string]string{"Lee, Ann": "leeann_1234_5678_a1.ipynb", "Kim, Bo": "kimbo_LATE_1235_5679_a1-1.ipynb", "O'Neill, Sean": "oneillsean_1236_1_a1.ipynb"}, "",
		},
		"Canvas, anonymous": {
			[]string{"anon_x1Y2z_5678_a1.ipynb", "anon_LATE_ab3de_5679_a1.ipynb"}, "",
			map[string]string{"anon_x1Y2z": "anon_x1Y2z_5678_a1.ipynb", "anon_ab3de": "anon_LATE_ab3de_5679_a1.ipynb"}, "",
		},
		"Blackboard": {
			[]string{"Assignment 1_alee_attempt_2026-03-01-10-20-30_a1.ipynb", "Assignment 1_alee_attempt_2026-03-01-10-20-30.txt", "Assignment 1_alee_attempt_2026-03-02-09-00-00_a1.ipynb", "Assignment 1_alee_attempt_2026-03-02-09-00-00.txt",
				"Assignment 1_bkim_attempt_2026-03-01-11-00-00.txt", "Assignment 1_b_kim_attempt_2026-03-01-11-00-00_answers.pdf"}, "",
			map[string]string{"alee": "Assignment 1_alee_attempt_2026-03-02-09-00-00_a1.ipynb", "bkim": "!no notebook among its files (1): .txt", "b_kim": "!answers.pdf"}, "",
		},
		"Blackboard, with a list of mail addresses": {
			[]string{"A1_alee_attempt_2026-03-01-10-20-30_a1.ipynb", "A1_bkim_attempt_2026-03-01-10-20-31_a1.ipynb"},
			"Mail;Nachname;Vorname\nalee@example.org;Lee;Ann\nbkim@example.org;Kim;Bo\n",
			map[string]string{"Ann Lee": "A1_alee_attempt_2026-03-01-10-20-30_a1.ipynb", "Bo Kim": "A1_bkim_attempt_2026-03-01-10-20-31_a1.ipynb"}, "",
		},
		"Google Classroom": {
			[]string{"Ann Lee - a1.ipynb", "김하늘 - a1.ipynb", "Bo Kim - answers.pdf", "a1 (1).ipynb"}, "",
			map[string]string{"Ann Lee": "Ann Lee - a1.ipynb", "김하늘": "김하늘 - a1.ipynb", "Bo Kim": "!answers.pdf", "a1 (1)": "a1 (1).ipynb"}, "",
		},
		"plain files and folders": {
			[]string{"lee/a1.ipynb", "park.ipynb", "park.pdf", "kim.pdf", "choi.ipynb.txt", "han.zip", "empty/", "grades.csv", "README.md", "Kim.ipynb"}, "",
			map[string]string{"lee": "lee/a1.ipynb", "park": "park.ipynb", "kim": "!kim.pdf", "choi": "choi.ipynb.txt", "han": "work/a1.ipynb", "empty": "!nothing", "Kim": "Kim.ipynb"}, "taken for no submission: grades.csv, README.md",
		},
		"folders of numbers that a spreadsheet rewrote": {
			[]string{"12345/a1.ipynb", "202412345678/a1.ipynb", "s20241111_kim/a1.ipynb", "20241234567890123/a1.ipynb", "777/a1.ipynb"},
			"학번,이름\n0012345,김하늘\n2.02412E+11,이바다\ns20241111,박산\n20241234567890100,최강\n0000777,정일\n00777,정이\n",
			map[string]string{"김하늘": "12345/a1.ipynb", "이바다": "202412345678/a1.ipynb", "박산": "s20241111_kim/a1.ipynb", "최강": "20241234567890123/a1.ipynb",
				"777": "777/a1.ipynb", "정일": "!these may be this student's: 777", "정이": "!these may be this student's: 777"}, "",
		},
		"two students with one name": {
			[]string{"김민수_1_assignsubmission_file_/a1.ipynb", "20241111/a1.ipynb"}, "이름,학번\n김민수,20241111\n김민수,20242222\n",
			map[string]string{"김민수 (20241111)": "20241111/a1.ipynb", "김민수 (20242222)": "!these may be this student's: 김민수_1", "김민수_1": "김민수_1_assignsubmission_file_/a1.ipynb"}, "",
		},
		"two submissions of one student": {
			[]string{"김하늘_20241111/a1.ipynb", "20241111/a1.ipynb", "lee/a1.ipynb"}, "이름,학번\n김하늘,20241111\nLee,20242222\n",
			map[string]string{"김하늘": "!2 submissions under this name: 20241111, 김하늘_20241111", "Lee": "lee/a1.ipynb"}, "",
		},
		"names to deceive": {
			[]string{"eve\u202ebob/a1.ipynb", "\x1b[2J/a1.ipynb", "tab\there.ipynb", "CON/a1.ipynb", "nul.ipynb", strings.Repeat("가", 85) + "/a1.ipynb", "kim/a1.ipynb", "KIM/a1.ipynb"}, "",
			map[string]string{`eve\u202ebob`: "eve\u202ebob/a1.ipynb", `\u001b[2J`: "\x1b[2J/a1.ipynb", `tab\u0009here`: "tab\there.ipynb", "CON": "CON/a1.ipynb", "nul": "nul.ipynb", strings.Repeat("가", 85): strings.Repeat("가", 85) + "/a1.ipynb", "kim": "kim/a1.ipynb", "KIM": "KIM/a1.ipynb"}, "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			file := packContents(t, c.files, func(name string) string {
				if strings.HasSuffix(name, ".zip") {
					return zipped
				}
				return name
			})
			s := Source{Path: file, Notebook: "a1.ipynb", Work: t.TempDir()}
			if c.roster != "" {
				s.Roster = rosterOf(t, c.roster)
			}
			found, err := s.From()
			if err != nil {
				t.Fatal(err)
			}
			if err := unpackAll(found); err != nil {
				t.Fatal(err)
			}
			expect(t, found.Submissions, err, c.want)
			checkSubmissions(t, found.Submissions)
			if notes := strings.Join(found.Notes, "\n"); notes != c.notes {
				t.Errorf("the notes are %q, want %q", notes, c.notes)
			}
			for _, who := range found.Unknown {
				if slices.Contains(s.Roster.Names(), who) || !slices.ContainsFunc(found.Submissions, func(s Submission) bool { return s.Student == who }) {
					t.Errorf("%q is called unknown", who)
				}
			}
			// The same from macOS, with decomposed names.
			var decomposed []string
			for _, name := range c.files {
				decomposed = append(decomposed, norm.NFD.String(name))
			}
			s.Path, s.Work = packContents(t, decomposed, func(name string) string {
				if strings.HasSuffix(name, ".zip") {
					return zipped
				}
				return norm.NFC.String(name)
			}), t.TempDir()
			again, err := s.From()
			if err != nil {
				t.Fatal(err)
			}
			if err := unpackAll(again); err != nil {
				t.Fatal(err)
			}
			expect(t, again.Submissions, err, c.want)
		})
	}
}

// packContents writes a zip whose files have contents by their names.
func packContents(t *testing.T, names []string, content func(name string) string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "all.zip")
	out, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	z := zip.NewWriter(out)
	for _, name := range names {
		w, err := z.Create(name)
		if err == nil && !strings.HasSuffix(name, "/") {
			_, err = w.Write([]byte(content(name)))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return file
}

// Names in a zip without the mark for UTF-8 are read as the roster says, or the option, or
// they are marked.
func TestTheEncodingOfNames(t *testing.T) {
	german := []string{"Müller", "Mähler", "Björn Öhlund", "Françoise", "Grüß", "José Peña"}
	korean949 := []string{"김하늘", "이바다", "쀍뷁"}
	for name, c := range map[string]struct {
		encode  func(string) (string, error)
		names   []string
		given   string
		roster  string
		suffix  string // of the names in the list
		changed string // one of them, if it comes out as another
	}{
		"CP850 by the roster":         {charmap.CodePage850.NewEncoder().String, german, "", strings.Join(german, "\n"), "", ""},
		"CP850 by some of the roster": {charmap.CodePage850.NewEncoder().String, german, "cp949", "name\nMähler\nGrüß\nAnn\n", "", ""},
		"CP850 by the option":         {charmap.CodePage850.NewEncoder().String, german, "CP850", "", "", ""},
		"CP850 by nothing":            {charmap.CodePage850.NewEncoder().String, german, "", "", " (?)", ""},
		"Korean by the roster":        {korean.EUCKR.NewEncoder().String, korean949, "", strings.Join(korean949, "\n"), "", ""},
		"Korean by the option":        {korean.EUCKR.NewEncoder().String, korean949, "cp949", "", "", ""},
		"Korean by nothing":           {korean.EUCKR.NewEncoder().String, korean949[:2], "", "", " (?)", ""},
		"Japanese by the roster":      {japanese.ShiftJIS.NewEncoder().String, []string{"山田太郎", "すずき"}, "", "山田太郎\nすずき\n", "", ""},
		"UTF-8 without the mark":      {func(s string) (string, error) { return s, nil }, german, "", "", "", ""},
		"UTF-8 without the mark, NFD": {func(s string) (string, error) { return norm.NFD.String(s), nil }, german, "", "", "", ""},
		"Windows-1252 by the roster":  {charmap.Windows1252.NewEncoder().String, german, "", strings.Join(german, "\n"), "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			var raw []string
			for _, who := range c.names {
				s, err := c.encode(who)
				if err != nil {
					t.Fatal(err)
				}
				raw = append(raw, s+"/a1.ipynb")
			}
			s := Source{Path: pack(t, func(h *zip.FileHeader) { h.NonUTF8 = true }, raw...), Notebook: "a1.ipynb", Work: t.TempDir(), ZipEncoding: c.given}
			if c.roster != "" {
				s.Roster = rosterOf(t, c.roster)
			}
			found, err := s.From()
			if err != nil {
				t.Fatal(err)
			}
			if err := unpackAll(found); err != nil {
				t.Fatal(err)
			}
			for i, who := range c.names {
				if !slices.ContainsFunc(found.Submissions, func(s Submission) bool { return s.Student == who+c.suffix && s.File != "" }) {
					t.Errorf("%s (%q) is missing: %+v", who+c.suffix, raw[i], found.Submissions)
				}
			}
			if doubt := strings.Contains(strings.Join(found.Notes, ""), "--zip-encoding"); doubt != (c.suffix != "") {
				t.Errorf("the notes are %q", found.Notes)
			}
		})
	}
	// Only a student's own name is doubtful, not what the student called the file.
	file, err := korean.EUCKR.NewEncoder().String("과제 1.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	found, err := Source{Path: pack(t, func(h *zip.FileHeader) { h.NonUTF8 = true }, "lee/"+file), Notebook: "a1.ipynb", Work: t.TempDir()}.From()
	if err == nil {
		defer found.Close()
	}
	if err != nil || len(found.Submissions) != 1 || found.Submissions[0].Student != "lee" || len(found.Notes) > 0 {
		t.Errorf("lee with a file in another encoding: %+v, %v", found, err)
	}
	if err := roster.CheckEncoding("cp1"); err == nil || !strings.Contains(err.Error(), "cp850") {
		t.Errorf("an unknown encoding: %v", err)
	}
}

// The field for names in Unicode, which Info-ZIP writes, is right beside any other name.
func TestTheUnicodeFieldIsRead(t *testing.T) {
	field := func(raw, name string) []byte {
		data := binary.LittleEndian.AppendUint32([]byte{1}, crc32.ChecksumIEEE([]byte(raw)))
		data = append(data, name...)
		return append(binary.LittleEndian.AppendUint16([]byte{0x75, 0x70}, uint16(len(data))), data...)
	}
	file := pack(t, func(h *zip.FileHeader) {
		h.NonUTF8 = true
		if strings.HasPrefix(h.Name, "M") {
			h.Extra = field(h.Name, "Müller/a1.ipynb")
		} else {
			h.Extra = field("another", "Eve/a1.ipynb") // of a name that was changed since
		}
	}, "M\x81ller/a1.ipynb", "lee/a1.ipynb")
	all, err := from(file, "a1.ipynb", t.TempDir())
	expect(t, all, err, map[string]string{"Müller": "M\x81ller/a1.ipynb", "lee": "lee/a1.ipynb"})
}

// Windows PowerShell 5.1 writes backslashes between folders.
func TestBackslashesSeparateFolders(t *testing.T) {
	file := pack(t, func(h *zip.FileHeader) { h.NonUTF8 = true }, `Ann\a1.ipynb`, `Bob\work\a1.ipynb`, `Cat\`, `Dan\..\..\slip.ipynb`)
	work := filepath.Join(t.TempDir(), "work")
	if err := os.Mkdir(work, 0o700); err != nil {
		t.Fatal(err)
	}
	all, err := from(file, "a1.ipynb", work)
	expect(t, all, err, map[string]string{"Ann": `Ann\a1.ipynb`, "Bob": `Bob\work\a1.ipynb`, "Cat": "!nothing was handed in", "slip": "!leads out of the folder"})
}

func TestAPasswordIsNamed(t *testing.T) {
	all, err := from(pack(t, func(h *zip.FileHeader) { h.Flags |= 1 }, "lee/a1.ipynb", "kim/a1.zip"), "a1.ipynb", t.TempDir())
	expect(t, all, err, map[string]string{"lee": "!encrypted with a password", "kim": "!encrypted with a password"})
}

// A zip that a student hands in may be anything, and only the notebook that counts is written.
func TestZipsOfStudents(t *testing.T) {
	contents := map[string]string{
		"good.zip": string(zipOf(t, nil, "a1.ipynb", "data.csv")), "two.zip": string(zipOf(t, nil, "x.ipynb", "y.ipynb")), "slip.zip": string(zipOf(t, nil, "../a1.ipynb")),
		"signatures.zip": strings.Repeat(signature, maxSignatures+1), "broken.zip": "PK no zip", "empty.zip": string(zipOf(t, nil)), "nested.zip": string(zipOf(t, nil, "inner.zip")), "many/": "",
	}
	var many []string
	for i := range maxInner + 1 {
		many = append(many, strings.Repeat("x", 1+i%50)+"/"+string(rune('a'+i%26)))
	}
	contents["many.zip"] = string(zipOf(t, nil, many...))
	var files []string
	for name := range contents {
		if name != "many/" {
			files = append(files, strings.TrimSuffix(name, ".zip")+"/"+name)
		}
	}
	work := t.TempDir()
	all, err := from(packContents(t, files, func(name string) string { return contents[filepath.Base(name)] }), "a1.ipynb", work)
	expect(t, all, err, map[string]string{"good": "a1.ipynb", "two": "!2 notebooks", "slip": "!leads out of the folder", "broken": "!not a readable zip", "empty": "!nothing was handed in", "nested": "!no notebook", "many": "!2001 entries", "signatures": "!100001 entries"})
	if written, err := os.ReadDir(work); err != nil || len(written) != 1 {
		t.Errorf("%d files were written (%v), want one", len(written), err)
	}
}
