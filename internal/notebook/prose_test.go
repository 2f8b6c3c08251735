package notebook

import (
	"encoding/json"
	"strings"
	"testing"
)

func markdown(text string) string {
	quoted, _ := json.Marshal(text)
	return `{"cell_type": "markdown", "id": "t", "metadata": {}, "source": ` + string(quoted) + `}`
}

func goCell(source string, outputs ...string) string {
	quoted, _ := json.Marshal(source)
	return `{"cell_type": "code", "id": "c", "metadata": {}, "source": ` + string(quoted) + `, "outputs": [` + strings.Join(outputs, ",") + `]}`
}

func TestTheTextCannotQuoteMeasuredNumbers(t *testing.T) {
	timed := `{"cell_type": "code", "id": "c", "metadata": {"tags": ["measured"]}, "source": "", "outputs": [` + stdout("7.5 ms") + `]}`
	if problems := testNotebook(t, markdown("It takes 7.5 ms."), timed).UncomputedDecimals(); len(problems) != 1 {
		t.Errorf("found %v, want the 7.5", problems)
	}
}

func TestDecimalsOfTheTextMustBeComputed(t *testing.T) {
	loss := goCell("const eta = 0.25\nvar rate float64 = 0.75 // given", shown("text/markdown", "$$L = 2.380430$$ and −0.0864 and `-1.5`"),
		chart("The loss falls to 0.0038, not &lt;0.001.", "AAAA"), stdout("the time: 7.5"))
	for _, c := range []struct{ text, missing string }{
		{"The loss is 2.380430.", ""},
		{"Rounded, 2.3804 or 2.38 or 2.4.", ""},
		{"Truncated: 2.3803.", "2.3803"},
		{"More digits than were shown: 2.3804300.", "2.3804300"},
		{"One digit off: 2.3805.", "2.3805"},
		{"Down to 0.0038 in the chart.", ""},
		{"Less than 0.001.", ""},
		{"On standard output: 7.5.", ""},
		{"The slope −0.0864, or -0.0864.", ""},
		{"Its sign lost: 0.0864.", "0.0864"},
		{"A sign too many: −2.38.", "-2.38"},
		{"A difference, $x-2.38$ and $3 - 2.38$ and $W_{1}-2.38$, has no sign.", ""},
		{"A matrix: $\\begin{bmatrix} -0.0864 & -1.5 \\end{bmatrix}$", ""},
		{"A formula: $$h = -1.5$$", ""},
		{"The rate 0.25 (`eta`) is given.", ""},
		{"The rate $0.75$ (`rate`) too.", ""},
		{"The rate 0.5 (`eta`) is another.", "0.5"},
		{"The rate 0.25 (`momentum`) has no such constant.", "0.25"},
		{"The code's 0.25 does not count by itself.", "0.25"},
		{"Section 10.2.2, version v1.5, unit 0.5x and 3 are not decimals.", ""},
		{"Nor is a link to [this](page-9.9.html).", ""},
		{"At the end of a sentence: 9.75.", "9.75"},
		{"In a table:\n\n| a | b |\n|--|--|\n| 1 | 9.75 |", "9.75"},
	} {
		problems := testNotebook(t, markdown(c.text), loss).UncomputedDecimals()
		switch {
		case c.missing == "" && len(problems) > 0:
			t.Errorf("%q: found %v, want nothing", c.text, problems)
		case c.missing != "" && (len(problems) != 1 || !strings.Contains(problems[0].String(), " "+c.missing+" ")):
			t.Errorf("%q: found %v, want %s alone", c.text, problems, c.missing)
		}
	}
}
