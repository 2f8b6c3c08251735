package engine

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"rnn101/internal/live/program"
)

func init() {
	Documentation = "math.Tanh\tx\t\tTanh is documented.\nrnn101/rnnkit.Pass.H\t\t\tThe states.\nrnn101/rnnkit.Pass.Backward\tdst,net\t\t\nrnn101/rnnkit.CrossEntropy\tonly\t\t\n"
}

// completed returns the suggestions at the mark | of the last source.
func completed(sources ...string) []Suggestion {
	last := &sources[len(sources)-1]
	before, after, _ := strings.Cut(*last, "|")
	*last = before + after
	return Complete(cellsOf(sources...), len(before))
}

func find(all []Suggestion, name string) (Suggestion, bool) {
	i := slices.IndexFunc(all, func(s Suggestion) bool { return s.Name == name })
	if i < 0 {
		return Suggestion{}, false
	}
	return all[i], true
}

// What can stand at a place follows from the language; the types are those that the sources have.
func TestSuggestionsAreWhatTheLanguageAllows(t *testing.T) {
	point := "type Point struct{ X, Y float64 }\n\nfunc (p *Point) Move(by float64) { p.X += by }\n\nvar origin = Point{}"
	for name, c := range map[string]struct {
		cells      []string
		has, lacks []Suggestion // of those in has also the kind, the type and the text
	}{
		"a package":          {[]string{"%%\nmath.Ta|"}, []Suggestion{{Name: "Tanh", Kind: "function", Type: "func(x float64) float64", Text: "Tanh is documented."}, {Name: "Pi", Kind: "constant", Type: "untyped float"}}, []Suggestion{{Name: "tanh"}, {Name: "origin"}, {Name: "for"}}},
		"of the course":      {[]string{"%%\nrnnkit.|"}, []Suggestion{{Name: "CrossEntropy", Kind: "function", Type: "func([]float64, int) float64"}, {Name: "Pass", Kind: "type", Type: "struct"}, {Name: "Cell", Kind: "type", Type: "interface"}}, []Suggestion{{Name: "RNN.Forward"}}},
		"with its own name":  {[]string{"import m \"math\"\n%%\nm.|"}, []Suggestion{{Name: "Sqrt", Kind: "function", Type: "func(float64) float64"}}, nil},
		"a variable":         {[]string{point, "%%\nvar p Point\np.|"}, []Suggestion{{Name: "X", Kind: "property", Type: "float64"}, {Name: "Move", Kind: "method", Type: "func(by float64)"}}, []Suggestion{{Name: "p"}}},
		"of a compiled type": {[]string{"%%\nnet := rnnkit.NewRNN(2, 2, 2)\npass, _ := rnnkit.GradientOf(net, nil, rnnkit.Sequence{})\nfmt.Println(pass.|"}, []Suggestion{{Name: "H", Kind: "property", Type: "[][]float64", Text: "The states."}, {Name: "Backward", Kind: "method", Type: "func(dst *rnnkit.Gradient, net *rnnkit.RNN)"}}, nil},
		"a result":           {[]string{point, "func at() *Point { return &origin }\n%%\nat().|"}, []Suggestion{{Name: "Y", Kind: "property", Type: "float64"}}, nil},
		"an element":         {[]string{point, "%%\nfor _, p := range []Point{{1, 2}} {\n\tif p.|"}, []Suggestion{{Name: "Move", Kind: "method", Type: "func(by float64)"}}, nil},
		"an embedded struct": {[]string{point, "type Named struct {\n\tPoint\n\tName string\n}\n%%\nNamed{}.|"}, []Suggestion{{Name: "Name", Kind: "property", Type: "string"}, {Name: "X", Kind: "property", Type: "float64"}, {Name: "Move", Kind: "method", Type: "func(by float64)"}}, nil},
		"what is hidden":     {[]string{"%%\nvar b strings.Builder\nb.|"}, []Suggestion{{Name: "Len", Kind: "method", Type: "func() int"}}, []Suggestion{{Name: "buf"}, {Name: "grow"}}},
		"names":              {[]string{point, "func f(scale float64) {\n\tlocal := 1\n\tl|\n\tlater := 2\n}"}, []Suggestion{{Name: "local", Kind: "variable", Type: "int"}, {Name: "scale", Kind: "variable", Type: "float64"}, {Name: "origin", Kind: "variable", Type: "Point"}, {Name: "len", Kind: "function"}, {Name: "rnnkit", Kind: "namespace", Type: "rnn101/rnnkit"}, {Name: "math", Kind: "namespace", Type: "math"}, {Name: "for", Kind: "keyword"}}, []Suggestion{{Name: "later"}, {Name: "main"}, {Name: "X"}}},
		"being declared":     {[]string{"%%\nvalue := v|"}, nil, []Suggestion{{Name: "value"}, {Name: "for"}}},
		"a field to set":     {[]string{point, "%%\np := Point{X: 1, |}"}, []Suggestion{{Name: "Y", Kind: "property", Type: "float64"}, {Name: "origin", Kind: "variable", Type: "Point"}}, []Suggestion{{Name: "X"}, {Name: "p"}}},
		"a parameter's type": {[]string{point, "func g(p P|"}, []Suggestion{{Name: "Point", Kind: "type", Type: "struct"}}, nil},
		"a case":             {[]string{point, "%%\nswitch 1.0 {\ncase origin.|"}, []Suggestion{{Name: "Y", Kind: "property", Type: "float64"}}, nil},
		"a cell above":       {[]string{"var kept = 1", "var kept = \"later\"", "%%\nk|"}, []Suggestion{{Name: "kept", Kind: "variable", Type: "string"}}, nil},
		"a broken one above": {[]string{point, "func broken( {", "%%\norigin.|"}, []Suggestion{{Name: "X", Kind: "property", Type: "float64"}}, nil},
		"a comment":          {[]string{point, "%%\n// origin.|"}, nil, []Suggestion{{Name: "X"}}},
		"a text":             {[]string{point, "%%\nprintln(\"origin.|\")"}, nil, []Suggestion{{Name: "X"}}},
		"a number":           {[]string{"%%\nx := 3.|"}, nil, []Suggestion{{Name: "x"}, {Name: "for"}}},
		"an exponent":        {[]string{"%%\nx := 1e|"}, nil, []Suggestion{{Name: "errors"}}},
		"an open text":       {[]string{"%%\nloss := 1\nt := `the lo|"}, nil, []Suggestion{{Name: "loss"}, {Name: "else"}}},
		"a new name":         {[]string{point, "%%\nvar or|"}, nil, []Suggestion{{Name: "origin"}}},
		"a new field":        {[]string{point, "type T struct {\n\tor| int\n}"}, nil, []Suggestion{{Name: "origin"}}},
		"a pointer's field":  {[]string{point, "%%\nps := []*Point{{|"}, []Suggestion{{Name: "X", Kind: "property", Type: "float64"}}, nil},
		"a label":            {[]string{"%%\nouter:\nfor {\n\tfor {\n\t\tcontinue o|\n\t}\n}"}, []Suggestion{{Name: "outer", Kind: "variable"}}, []Suggestion{{Name: "origin"}}},
		"a declaration":      {[]string{"fu|"}, []Suggestion{{Name: "func", Kind: "keyword"}}, nil},
		"a branch":           {[]string{"%%\nif true {\n} el|"}, []Suggestion{{Name: "else", Kind: "keyword"}}, nil},
		"a type switch":      {[]string{"%%\nvar s any\nswitch s.(ty|"}, []Suggestion{{Name: "type", Kind: "keyword"}}, nil},
		"below :=":           {[]string{point, "%%\nx := \n\ny := origin\ny.|"}, []Suggestion{{Name: "X", Kind: "property", Type: "float64"}}, nil},
		"below a mistake":    {[]string{point, "%%\nvar a int := 3\nq = = 2\ny := origin\nprintln(y.|"}, []Suggestion{{Name: "Y", Kind: "property", Type: "float64"}}, nil},
		"a mistake below":    {[]string{point, "%%\norigin.|\ny := := 2"}, []Suggestion{{Name: "X", Kind: "property", Type: "float64"}}, nil},
		"within a name":      {[]string{point, "%%\nori|gin"}, []Suggestion{{Name: "origin", Kind: "variable", Type: "Point"}}, nil},
		"Korean letters":     {[]string{"var 단어 = \"야구\"\n%%\nprintln(단|"}, []Suggestion{{Name: "단어", Kind: "variable", Type: "string"}}, nil},
	} {
		all := completed(c.cells...)
		for _, want := range c.has {
			if got, ok := find(all, want.Name); !ok || got.Kind != want.Kind || got.Type != want.Type || want.Text != "" && got.Text != want.Text {
				t.Errorf("%s: %s is %+v, want %+v", name, want.Name, got, want)
			}
		}
		for _, s := range c.lacks {
			if got, ok := find(all, s.Name); ok {
				t.Errorf("%s: the suggestions have %+v", name, got)
			}
		}
	}
}

func TestNearerNamesComeFirst(t *testing.T) {
	all := completed("func double(x float64) float64 { return 2 * x }", "%%\ndelta := 1\nd|")
	var ranks []int
	for _, name := range []string{"delta", "double", "delete", "data", "default"} {
		s, ok := find(all, name)
		if !ok {
			t.Fatalf("the suggestions lack %s", name)
		}
		ranks = append(ranks, s.Rank)
	}
	slices.Reverse(ranks)
	if !slices.IsSorted(ranks) || len(slices.Compact(ranks)) != 5 {
		t.Errorf("from the language to the block the ranks are %v, want them to grow", ranks)
	}
}

// Whoever writes the course's cells anew from left to right is offered each name that they select.
func TestTheCoursesOwnNamesAreSuggested(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "..", "..", "notebooks", "*.ipynb"))
	if err != nil || len(files) == 0 {
		t.Fatalf("there are %d notebooks (%v)", len(files), err)
	}
	tried := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var notebook struct {
			Cells []struct {
				Type   string   `json:"cell_type"`
				Source []string `json:"source"`
			} `json:"cells"`
		}
		if err := json.Unmarshal(text, &notebook); err != nil {
			t.Fatal(err)
		}
		var cells []program.Cell
		for _, c := range notebook.Cells {
			if c.Type != "code" {
				continue
			}
			source := strings.Join(c.Source, "")
			cells = append(cells, program.Cell{Source: source})
			last := &cells[len(cells)-1]
			for _, at := range selected.FindAllStringSubmatchIndex(source, -1) {
				line := source[strings.LastIndex(source[:at[2]], "\n")+1 : at[2]]
				if strings.Contains(line, "//") || strings.Count(line, "\"")%2 == 1 || strings.Count(line, "`")%2 == 1 {
					continue
				}
				if tried++; tried%29 != 0 { // all take half a minute
					continue
				}
				name := source[at[2]:at[3]]
				last.Source = source[:at[2]]
				if _, ok := find(Complete(cells, at[2]), name); !ok {
					t.Errorf("%s: %q is not suggested after\n%s", filepath.Base(file), name, line)
				}
			}
			last.Source = source
		}
	}
	if tried < 2000 {
		t.Errorf("%d names are selected in the notebooks: are they read in the right way?", tried)
	}
}

// selected matches an exported name after a dot.
var selected = regexp.MustCompile(`[\p{L}\d)\]]\.(\p{Lu}[\p{L}\d]*)`)

// A cell can have any number of brackets.
func TestWhatIsTriedHasALimit(t *testing.T) {
	n := 0
	for range finished("%%\n"+strings.Repeat("f(", 10_000), "") {
		n++
	}
	if n == 0 || n > 300 {
		t.Errorf("%d texts are tried", n)
	}
	if all := completed("%%\n" + strings.Repeat("{", 100) + "|"); len(all) == 0 {
		t.Error("within many brackets there are no suggestions")
	}
}
