package net

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"rnn101/internal/lang"
	"rnn101/internal/site/net/engine"
	"rnn101/internal/site/net/explain"
)

// The page looks its texts up by keys that it puts together: say. and the name of a table, which
// the engine sends. Each text must be used, and each key must have a text.
func TestEachTextOfThePageIsUsedAndExists(t *testing.T) {
	all := ""
	for _, name := range scripts {
		all += read(name)
	}
	engine, err := filepath.Glob(filepath.Join("explain", "*.go"))
	if err != nil || len(engine) == 0 {
		t.Fatal("there are no explanations: ", err)
	}
	engine = append(engine, "serve.go") // for the page in its place
	literals := map[string]bool{}
	for _, m := range regexp.MustCompile(`"([A-Za-z0-9.]+)"`).FindAllStringSubmatch(all, -1) {
		literals[m[1]] = true
	}
	for _, file := range engine {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`"([A-Za-z0-9.]+)"`).FindAllStringSubmatch(string(data), -1) {
			literals[m[1]] = true
		}
	}
	for _, m := range regexp.MustCompile(`(drop|transpose|sum|after): \d`).FindAllStringSubmatch(all, -1) {
		literals[m[1]] = true // the keys of an object
	}
	known := texts.In(lang.English).All()
	for _, key := range slices.Sorted(maps.Keys(known)) {
		used := literals[key]
		for i := range key {
			used = used || key[i] == '.' && literals[key[:i+1]] && literals[key[i+1:]]
		}
		if !used {
			t.Errorf("the page does not use the text net.%s", key)
		}
	}
	calls := regexp.MustCompile(`\b[THP]\("([a-z0-9.]+[a-z0-9])"`).FindAllStringSubmatch(all, -1)
	if len(calls) < 100 {
		t.Errorf("the scripts look up %d texts: has the way they do it changed?", len(calls))
	}
	for _, m := range calls {
		if _, ok := known[m[1]]; !ok {
			t.Errorf("there is no text net.%s", m[1])
		}
	}
}

// A text of the page is HTML only where it is mathematics, and its marks come in pairs.
func TestTextsMarkMathematicsInPairs(t *testing.T) {
	for _, l := range lang.Languages() {
		for key, text := range texts.In(l.Tag).All() {
			if strings.Count(text, "$")%2 != 0 || strings.ContainsAny(text, "<>«»") {
				t.Errorf("%s: net.%s is %q: want pairs of $, and no mark-up", l.Tag, key, text)
			}
		}
	}
}

// What the scripts compute is where things are drawn. The functions that a net is made of would be
// a second implementation of it.
func TestTheScriptsComputeNoNet(t *testing.T) {
	for _, name := range scripts {
		for i, line := range strings.Split(read(name), "\n") {
			for _, function := range []string{"Math.exp", "Math.tanh", "Math.log("} {
				if strings.Contains(line, function) && !strings.Contains(line, "to draw it") {
					t.Errorf("%s, line %d: the engine computes, the page only draws: %s", name, i+1, strings.TrimSpace(line))
				}
			}
		}
	}
}

// The front page shows the state in which the page opens; the numbers are those of the lecture.
func TestTheStageShowsTheLecturesNumbersAndAsksThem(t *testing.T) {
	n, err := engine.Compute(engine.Opening())
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lang.Languages() {
		stage, err := Stage("net.html", l.Tag)
		if err != nil {
			t.Fatal(err)
		}
		shown := map[string]string{}
		for _, m := range regexp.MustCompile(`href="net\.html#p2/q([^/"]+)/a`+l.Tag+`"[^>]*>([^<]+)</a>`).FindAllStringSubmatch(stage, -1) {
			shown[m[1]] = m[2]
			if _, ok := explain.Of(n, m[1]); !ok {
				t.Errorf("%s: the page cannot be asked for %s", l.Tag, m[1])
			}
		}
		for id, want := range map[string]string{"h.0.0": "0.3303", "h.0.1": "0.1906", "L.0": "2.3996", "dW.0.1": "?"} {
			if shown[id] != want {
				t.Errorf("%s: %s is shown as %q, want %s", l.Tag, id, shown[id], want)
			}
		}
		if want := 2 + 2*(2+4+1) + 2; len(shown) != want {
			t.Errorf("%s: %d numbers can be asked, want %d", l.Tag, len(shown), want)
		}
	}
}
