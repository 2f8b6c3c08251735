package grading

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/korean"

	"rnn101/internal/checkout"
	"rnn101/internal/grading/class"
	"rnn101/internal/grading/release"
	"rnn101/internal/lang"
	"rnn101/internal/notebook"
)

// A koreanStudent hands in an edition of a1, with some answers in the place of the right ones.
type koreanStudent struct {
	name    string
	edition string            // "ko", or "en"; "" for nobody's file
	answers map[string]string // by grade_id: other ones than the right ones; "" leaves the stub. "" is a cell of the student's own
	points  float64           // in all
	says    string            // what the page must say
}

var koreanClass = []koreanStudent{
	{"김하늘", "ko", nil, 20, "a1: 20점 만점에 20점"},
	{"이바다", "ko", map[string]string{"one-hot": "func oneHot(n, i int) []float64 {\n\tx := make([]float64, n)\n\tx[(i+n-1)%n] = 1\n\treturn x\n}"}, 17, "단어는 0부터 셉니다"},
	{"박서준", "ko", map[string]string{"product": "func times(M [][]float64, x []float64) []float64 {\n\ty := make([]float64, len(M))\n\tfor i := range M {\n\t\tfor j := range x {\n\t\t\ty[i] = M[i][j] * x[j]\n\t\t}\n\t}\n\treturn y\n}"}, 17.75, "마지막 곱만 남았습니다"},
	{"최지우", "ko", map[string]string{"step": "func step(U, W [][]float64, x, h []float64) []float64 {\n\t앞, 단어 := times(W, h), times(U, x)\n\tfor i := range 앞 {\n\t\t앞[i] += 단어[i]\n\t}\n\treturn 앞\n}"}, 14, "tanh에 넣기 전의 합입니다"},
	{"정다은", "ko", map[string]string{"forward": "func forward(U, W, V [][]float64, h0 []float64, words []int) (states, outputs [][]float64) {\n\treturn nil, nil\n}"}, 13, "모양이 틀림"},
	{"강민준", "ko", map[string]string{"step": "func step(U, W [][]float64, x, h []float64) []float64 {\n\treturn 없는함수(U, x)\n}"}, 14, "step 셀 2행: undefined: 없는함수"},
	{"조유나", "ko", map[string]string{"one-hot": "", "product": "", "step": "", "forward": ""}, 0, "고친 것이 없습니다"},
	{"윤도현", "en", map[string]string{"step": ""}, 14, "고친 것이 없습니다"},
	{"임수빈", "ko", map[string]string{"forward": "func forward(U, W, V [][]float64, h0 []float64, words []int) (states, outputs [][]float64) {\n\tvar 빈 []int\n\t_ = 빈[len(words)]\n\treturn nil, nil\n}"}, 13, "forward 셀 3행: panic: runtime error"},
	{"한지민", "ko", map[string]string{"one-hot": "import \"net/http\"\n\nfunc oneHot(n, i int) []float64 {\n\thttp.Get(\"http://example.org\")\n\treturn nil\n}"}, 17, "패키지 \"net/http\"는 답에서 쓸 수 없습니다"},
	{"오세훈", "ko", map[string]string{"one-hot": "", "": "func 원핫(n, i int) []float64 {\n\tx := make([]float64, n)\n\tx[i] = 1\n\treturn x\n}"}, 17, "oneHot의 답이 없는데, 22번째 셀에 타입이 같은 원핫이 있습니다"},
	{"서가람", "", nil, 0, "아직 채점하지 않음"},
}

// handIn returns a zip as a Korean platform makes it, with names in CP949 without a mark, and the roster
// as Excel in Korea saves it. all is the edition that everybody uses, or "" for their own.
func handIn(t *testing.T, all string) (zipped, roster []byte) {
	t.Helper()
	repo := &checkout.Checkout{Root: filepath.Join("..", "..")}
	sources := map[string]*release.Source{}
	for _, tag := range []string{"ko", "en"} {
		s, err := release.LoadIn(repo, "a1", tag)
		if err != nil {
			t.Fatal(err)
		}
		sources[tag] = s
	}
	windows := func(text string) string {
		t.Helper()
		encoded, err := korean.EUCKR.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		return encoded
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	table := "학번,이름,학과\r\n"
	for i, s := range koreanClass {
		number := "202611" + string(rune('0'+i/10)) + string(rune('0'+i%10))
		table += number + "," + s.name + ",전산학과\r\n"
		if s.edition == "" {
			continue
		}
		source := sources[s.edition]
		if all != "" {
			source = sources[all]
		}
		nb := source.Edition.Clone()
		for j, c := range nb.Cells {
			meta := release.Meta(c)
			if !meta.Solution {
				continue
			}
			switch other, ok := s.answers[meta.GradeID]; {
			case !ok:
				c.Source = sources["ko"].Solved.Cells[j].Source
			case other != "":
				c.Source = other
			}
		}
		if own := s.answers[""]; own != "" {
			nb.Cells = append(nb.Cells, &notebook.Cell{ID: "own", Kind: "code", Source: own, Metadata: map[string]any{}})
		}
		data, err := nb.Encode()
		if err != nil {
			t.Fatal(err)
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: windows("과제 1/" + s.name + "_" + number + "/a1_" + s.name + ".ipynb"), NonUTF8: true, Method: zip.Deflate})
		if err == nil {
			_, err = w.Write(data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), []byte(windows(table))
}

// A class in Korean: the points are those of the same answers in English, and the pages are in Korean.
func TestAKoreanClassIsGraded(t *testing.T) {
	if os.Getenv("RNN101_SETUP") != "1" {
		t.Skip("needs the set-up: call go run ./course test")
	}
	base := t.TempDir()
	if keep := os.Getenv("RNN101_KEEP"); keep != "" { // to look at the pages
		base = keep
	}
	grades := map[string]map[string]class.Grade{}
	defer lang.Set(lang.English)
	for tag, edition := range map[string]string{lang.Korean: "", lang.English: "en"} {
		zipped, roster := handIn(t, edition)
		folder := filepath.Join(base, tag)
		write(t, string(zipped), folder, "과제 1.zip")
		write(t, string(roster), folder, "명단.csv")
		write(t, "the key of this test", folder, "key")
		if err := lang.Set(tag); err != nil {
			t.Fatal(err)
		}
		o := Options{Assignment: "a1", Submissions: filepath.Join(folder, "과제 1.zip"), RosterFile: filepath.Join(folder, "명단.csv"), Out: filepath.Join(folder, "grades"),
			KeyFile: filepath.Join(folder, "key"), Jobs: 2, NoFeedback: tag == lang.English}
		if err := Grade(context.Background(), o); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(filepath.Join(folder, "grades", "grades.json"))
		if err != nil {
			t.Fatal(err)
		}
		var all []class.Grade
		if err := json.Unmarshal(data, &all); err != nil || len(all) != len(koreanClass) {
			t.Fatalf("%d grades, %v", len(all), err)
		}
		grades[tag] = map[string]class.Grade{}
		for _, g := range all {
			grades[tag][g.Student] = g
		}
	}
	for _, s := range koreanClass {
		g, english := grades[lang.Korean][s.name], grades[lang.English][s.name]
		if g.Student != s.name || g.Points != english.Points || g.Points != s.points || g.NeedsHuman != (s.edition == "" || s.answers[""] != "") {
			t.Errorf("%s: %v points, want %v; in English %v; needs a human: %v, %s", s.name, g.Points, s.points, english.Points, g.NeedsHuman, g.Reason)
		}
		for i, check := range g.Checks {
			if check.Points != english.Checks[i].Points {
				t.Errorf("%s, %s: %v points, in English %v", s.name, check.Check, check.Points, english.Checks[i].Points)
			}
		}
		data, err := os.ReadFile(filepath.Join(base, lang.Korean, "grades", "feedback", s.name+".html"))
		if err != nil {
			t.Error(err)
			continue
		}
		blocks := textBlocks(string(data))
		if !slices.ContainsFunc(blocks, func(b string) bool { return strings.Contains(b, s.says) }) {
			t.Errorf("the page of %s does not say %q: %q", s.name, s.says, blocks)
		}
		for _, b := range blocks {
			if words := notKorean(b); words != nil {
				t.Errorf("the page of %s has the words %q in %q", s.name, words, b)
			}
		}
	}
}

var (
	notShown = regexp.MustCompile(`(?s)<(script|style|svg|math|head)\b.*?</(script|style|svg|math|head)>|<kbd>.*?</kbd>|<!--.*?-->`)
	block    = regexp.MustCompile(`</?(?:p|div|h\d|pre|li|ul|section|header|footer|main|nav|body|article|button|label|summary|details|td|tr|dt|dd)\b[^>]*>|\n`)
	inline   = regexp.MustCompile(`<[^>]*>`)
	latin    = regexp.MustCompile(`\b[A-Za-z][A-Za-z0-9'’-]*`)
)

// textBlocks returns what a page shows, by blocks.
func textBlocks(page string) (all []string) {
	for _, part := range block.Split(notShown.ReplaceAllString(page, ""), -1) {
		if text := strings.TrimSpace(html.UnescapeString(inline.ReplaceAllString(part, ""))); text != "" {
			all = append(all, text)
		}
	}
	return all
}

// goSays are messages of Go itself, with the place in Korean before them.
var goSays = regexp.MustCompile(`^(\S+ 셀 \d+행): (undefined: \S+|panic: runtime error: index out of range \[\d\] with length 0)$`)

// namesInKorean are what a Korean sentence may have in Latin letters: names of the assignment, its tasks and
// functions, packages, keys, and the words that the net reads.
var namesInKorean = strings.Fields("a1 one-hot product step forward oneHot times softmax tanh baseball vampire bat U W V Ux Wh h M x t n nil net http Ctrl Esc")

// notKorean returns the words of a text that are neither Korean nor names.
func notKorean(text string) (words []string) {
	if m := goSays.FindStringSubmatch(text); m != nil {
		text = m[1]
	}
	for _, word := range latin.FindAllString(text, -1) {
		if !slices.Contains(namesInKorean, word) {
			words = append(words, word)
		}
	}
	return words
}
