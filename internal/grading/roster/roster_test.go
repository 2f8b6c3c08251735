package roster_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/unicode/norm"

	"rnn101/internal/grading/roster"
)

func read(t testing.TB, content string) (*roster.Roster, error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "class.csv")
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return roster.Read(file)
}

func utf16le(s string) string {
	b := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return string(b)
}

func utf16be(s string) string {
	b := []byte(utf16le(s))
	for i := 0; i < len(b); i += 2 {
		b[i], b[i+1] = b[i+1], b[i]
	}
	return string(b)
}

func TestARosterMayHaveSeveralFormats(t *testing.T) {
	cp949, _ := korean.EUCKR.NewEncoder().String("학번,이름\n1001,김하늘\n1002,이바다\n")
	ansi, _ := charmap.Windows1252.NewEncoder().String("Nachname;Vorname\r\nMüller;Jörg\r\n")
	for content, want := range map[string]string{
		"lee\n김하늘\n":                    "[lee 김하늘]",
		"\ufeffName,Group\r\nlee,1\r\n": "[lee]",
		"\"Kim, Ha\",1\nlee,2\n":        "[Kim, Ha lee]",
		norm.NFD.String("김하늘") + "\n":   "[김하늘]",
		"lee\nlee\n":                    "appears twice",
		"이름;반\n김하늘;1\n":                 "[김하늘]",
		"\n\n":                          "has no name",
		"\xff\x00\x81":                  "save it as CSV UTF-8",
		cp949:                           "[김하늘 이바다]",
		ansi:                            "[Jörg Müller]",
		utf16le("이름\t학번\r\n김하늘\t1001\r\n"):                                                "[김하늘]",
		utf16be("name,id\nlee,1001\nkim,1002\n"):                                          "[lee kim]",
		utf16le("name,id\nlee,1001\n")[2:]:                                                "[lee]",
		"sep=;\r\nid;mail;name\r\n1;a@b.c;Ann, Jr\r\n":                                    "[Ann, Jr]",
		"First name,Surname,ID number,Email address\nAnn,Lee,001,a@b.c\n하늘,김,002,b@b.c\n": "[Ann Lee 김하늘]",
		"Student,ID,SIS User ID,SIS Login ID,Section\n\"Lee, Ann\",1,s1,al,A\n":           "[Lee, Ann]",
		"1001,a@b.c,Ann Lee,A\n1002,b@b.c,Bo Kim,A\n":                                     "[Ann Lee Bo Kim]",
		"a@b.c;Ann Lee;1\nb@b.c;Bo Kim;1\n":                                               "[Ann Lee Bo Kim]",
		"이름,학번\n김민수,1001\n김민수,1002\n":                                                     "[김민수 (1001) 김민수 (1002)]",
		"학번\n1001\n1002\n":                                                                "[1001 1002]",
		"20241111\n20242222\n":                                                            "[20241111 20242222]",
		"2026-1 수강생 명단\n\n번호|학번|성명\n1|20241111|김하늘\n2|20242222|이바다\n":                     "[김하늘 이바다]",
		"name\na\u202eb\n":                                                                `[a\u202eb]`,
	} {
		class, err := read(t, content)
		got := fmt.Sprint(err)
		if err == nil {
			got = fmt.Sprint(class.Names())
		}
		if !strings.Contains(got, want) {
			t.Errorf("%q: %s, want %s", content, got, want)
		}
	}
}

func TestWhoseALabelIs(t *testing.T) {
	class, err := read(t, "name,id,mail\nAnn Lee,0012345,alee@example.org\n김하늘,2.02412E+11,sky@example.org\nJean-Luc Picard,1701,jlp@example.org\n김민수,3001,ms1@example.org\n김민수,3002,ms2@example.org\nKim Bo,20241234567890100,\n")
	if err != nil {
		t.Fatal(err)
	}
	for label, want := range map[string]string{
		"Ann Lee": "Ann Lee", "ann  lee": "Ann Lee", "Ann Lee_4411": "Ann Lee", "Lee Ann": "Ann Lee", "Lee, Ann_12": "Ann Lee", "leeann_1234": "Ann Lee", "annlee_99": "Ann Lee",
		"Team 3-Ann Lee_104": "Ann Lee", "12345": "Ann Lee", "0012345_a": "Ann Lee", "alee": "Ann Lee", "alee@example.org": "Ann Lee", "Ann Lee (1)": "Ann Lee", "Ann Lee (?)": "Ann Lee",
		"김하늘": "김하늘", "김하늘_4411": "김하늘", "202412345678": "김하늘", "202412345678_김": "김하늘", norm.NFD.String("김하늘"): "김하늘",
		"Jean-Luc Picard_7": "Jean-Luc Picard", "picardjeanluc_3": "Jean-Luc Picard", "20241234567890123": "Kim Bo", "bokim_8": "Kim Bo",
		"3001_김민수": "김민수 (3001)", "김민수 3002": "김민수 (3002)", "김민수_77": "", "Ann": "", "Leeann Kim": "", "2345": "", "202499999999": "", "": "",
	} {
		if got := class.Owners([]roster.Label{{Text: label}})[0]; got.Name != want {
			t.Errorf("%q is of %q, want %q", label, got.Name, want)
		}
	}
	if got := class.Owners([]roster.Label{{Text: "김민수_77"}})[0]; fmt.Sprint(got.Maybe) != "[김민수 (3001) 김민수 (3002)]" {
		t.Errorf("a name of two students may be of %v", got.Maybe)
	}
	if got := class.Owners([]roster.Label{{Text: "Guest_1701", Numbered: true}})[0]; got.Name != "" {
		t.Errorf("a stranger with the number of a participant is taken for %q", got.Name)
	}
	// Two numbers that a spreadsheet may have made this one of: neither is taken.
	for i, got := range class.Owners([]roster.Label{{Text: "202412345678"}, {Text: "202412300001"}}) {
		if got.Name != "" {
			t.Errorf("number %d of two that fit alike is of %q", i+1, got.Name)
		}
	}
}

// Whatever is in a roster, Read returns names that can be printed, each once, or an error that
// names the file.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{"lee\n김하늘\n", "\ufeffName,Group\r\nlee,1\r\n", "\"Kim, Ha\",1\nlee,2\n", "이름;반\n김하늘;1\n", "lee\nlee\n", "\n\n", "\xb1\xe8\n", "\"a\"b,\"\n", "student\nname\n", "a\tb\n;\n", "sep=,\na,b", utf16le("a,b\n"), "First name,Surname\n하늘,김\n", "1,2\n\x1b[2J,3\n"} {
		f.Add([]byte(seed))
	}
	file := filepath.Join(f.TempDir(), "class.csv")
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<12 {
			return // for speed
		}
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		class, err := roster.Read(file)
		if err != nil {
			if !strings.Contains(err.Error(), "class.csv") {
				t.Errorf("the error does not name the file: %v", err)
			}
			return
		}
		seen := map[string]bool{}
		for _, name := range class.Names() {
			if name == "" || seen[name] || !utf8.ValidString(name) || name != roster.Printable(name) {
				t.Errorf("a name is %q, or is there twice", name)
			}
			seen[name] = true
		}
		var labels []roster.Label
		for _, name := range class.Names() {
			labels = append(labels, roster.Label{Text: name})
		}
		for i, owner := range class.Owners(labels) {
			if name := class.Names()[i]; owner.Name != name && len(owner.Maybe) == 0 {
				t.Errorf("the name %q itself is of %+v", name, owner)
			}
		}
	})
}
