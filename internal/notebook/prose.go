package notebook

import (
	"fmt"
	"html"
	"regexp"
	"strconv"
	"strings"
)

// decimal matches a number with a decimal point as a whole token, which 10.2.2, v1.5 and
// 0.5x are not. A minus is its sign unless an operand precedes it.
var (
	decimal    = regexp.MustCompile(`(^|[^0-9A-Za-z_.])([-−]?)(\d+\.\d+)($|[^0-9A-Za-z_.]|\.\s|\.$)`)
	operand    = regexp.MustCompile(`[0-9A-Za-z)}\]]$`)
	linkTarget = regexp.MustCompile(`\]\([^)\s]*\)`)
	alt        = regexp.MustCompile(`alt="([^"]*)"`)
	constant   = regexp.MustCompile("^\\$?\\s*\\(`([A-Za-z_][A-Za-z0-9_]*)`\\)")
)

// UncomputedDecimals returns the decimals in Markdown cells that no output of the notebook
// shows. An output shows a decimal if it has the same sign and, rounded to as many places,
// the same digits. A number that is given and not computed may be followed by the name of
// the Go constant that holds it: 0.5 (`eta`).
func (nb *Notebook) UncomputedDecimals() []Difference {
	shown := nb.shownDecimals()
	var all []Difference
	for i, c := range nb.Cells {
		if c.Kind != "markdown" {
			continue
		}
		text := linkTarget.ReplaceAllString(c.Source, "]")
		for _, d := range decimalsIn(text) {
			if name := constant.FindStringSubmatch(text[d.end:]); name != nil {
				if !nb.declares(name[1], d.text) {
					all = append(all, Difference{nb.Path, nb.CellName(i), fmt.Sprintf("the text gives %s for the constant %s, but no code cell declares it with that value", d.text, name[1])})
				}
				continue
			}
			if !d.among(shown) {
				all = append(all, Difference{nb.Path, nb.CellName(i), fmt.Sprintf("the decimal %s in the text is in no output of the notebook", d.text)})
			}
		}
	}
	return all
}

type number struct {
	text   string // with an ASCII minus sign
	places int
	end    int // offset of its end
}

func decimalsIn(text string) []number {
	var all []number
	for at := 0; at < len(text); {
		m := decimal.FindStringSubmatchIndex(text[at:])
		if m == nil {
			break
		}
		sign, digits := text[at+m[4]:at+m[5]], text[at+m[6]:at+m[7]]
		if sign != "" && operand.MatchString(text[:at+m[4]]) {
			sign = "" // a difference, not a negative number
		}
		if sign != "" {
			sign = "-"
		}
		_, fraction, _ := strings.Cut(digits, ".")
		all = append(all, number{sign + digits, len(fraction), at + m[7]})
		at += m[7]
	}
	return all
}

// among reports whether one of the numbers, rounded to as many places, equals d.
func (d number) among(numbers []number) bool {
	for _, n := range numbers {
		if n.places < d.places {
			continue
		}
		v, _ := strconv.ParseFloat(n.text, 64)
		if strconv.FormatFloat(v, 'f', d.places, 64) == d.text {
			return true
		}
	}
	return false
}

// shownDecimals returns the decimals in the outputs: text, tables, formulas, alternative
// texts.
func (nb *Notebook) shownDecimals() []number {
	var all []number
	for _, c := range nb.Cells {
		if c.Measures() {
			continue
		}
		for _, o := range c.Outputs {
			all = append(all, decimalsIn(o.Text)...)
			all = append(all, decimalsIn(o.Data["text/plain"])...)
			all = append(all, decimalsIn(o.Data["text/markdown"])...)
			for _, m := range alt.FindAllStringSubmatch(o.Data["text/html"], -1) {
				all = append(all, decimalsIn(html.UnescapeString(m[1]))...)
			}
		}
	}
	return all
}

// declares reports whether a code cell sets the constant or variable to the number.
func (nb *Notebook) declares(name, number string) bool {
	declaration := regexp.MustCompile(`\b` + name + `\s*(float64\s*)?=\s*` + regexp.QuoteMeta(number) + `\s*($|\n|//)`)
	for _, c := range nb.Cells {
		if c.Kind == "code" && declaration.MatchString(c.Source) {
			return true
		}
	}
	return false
}
