package selfcheck

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rnn101/internal/checkout"
	"rnn101/internal/grading/release"
	"rnn101/internal/grading/sandbox"
	"rnn101/internal/lang"
)

func TestMain(m *testing.M) {
	sandbox.RunIfWorker()
	os.Exit(m.Run())
}

// The command speaks the language of the notebook, whatever the language was before.
func TestCheckSpeaksTheLanguageOfTheNotebook(t *testing.T) {
	defer lang.Set(lang.English)
	for tag, says := range map[string][]string{
		lang.English: {"update: 0 of 1 points", "0 of 6 visible points of a4. The hidden checks have 10 more.", "Written answers have 4 points", "the cell update is unchanged"},
		lang.Korean:  {"update: 1점 만점에 0점", "a4의 공개된 검사: 6점 만점에 0점. 숨은 검사는 10점입니다.", "글로 쓴 답은 4점", "셀 update에 고친 것이 없습니다"},
	} {
		s, err := release.LoadIn(&checkout.Checkout{Root: filepath.Join("..", "..", "..")}, "a4", tag)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "a4.ipynb")
		if err := s.WriteEdition(file); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := Check(t.Context(), &out, file); err != nil {
			t.Fatal(err)
		}
		for _, want := range says {
			if !strings.Contains(out.String(), want) {
				t.Errorf("%s: the output lacks %q:\n%s", tag, want, out.String())
			}
		}
	}
}
