package rules

import (
	"regexp"
	"slices"
	"testing"
)

func TestEnglishFindsTheSentencesThatAReaderSees(t *testing.T) {
	for text, want := range map[string][]string{
		"손실은 The loss is high. 입니다.":                                          {"The loss is high."},
		"the *same* [net reads](x.html) again":                                {"the same net reads again"},
		"<p>the <b>same</b> net\nreads</p>":                                   {"the same net reads"},
		"<p>하나</p><p>We call it a net</p>":                                    {"We call it a net"},
		`<img alt="A chart of &quot;the loss&quot;" src="one/two/three.png">`: {`A chart of "the loss"`},
		"은닉 상태(hidden state)와 *Learning to Forget*":                           nil,
		"`go run the whole course` 을 부르세요. $\\text{one two three four}$":      nil,
		"```\nthis is not a sentence\n```":                                    nil,
		"[표](https://example.org/this-is-not-a-sentence-either)":              nil,
		`<div class="one two three four">표</div>`:                             nil,
		"W, U, V, h, x, y, t":                                                 nil,
		"| bat | vampire | baseball | net |":                                  nil,
		"the net 0.3, the bat 0.2":                                            nil,
	} {
		if got := English(text, nil); !slices.Equal(got, want) {
			t.Errorf("%s: the passages are %q, want %q", text, got, want)
		}
	}
}

func TestWhatIsExceptedMayStayInEnglish(t *testing.T) {
	except := regexp.MustCompile(`Restart Kernel and Run All Cells`)
	if got := English("메뉴의 Restart Kernel and Run All Cells를 누르세요.", except); got != nil {
		t.Errorf("the name of a menu is found: %q", got)
	}
	if got := English("Press Restart Kernel and Run All Cells, and wait for it.", except); len(got) != 1 {
		t.Errorf("beside the name of a menu %q is found, want the sentence", got)
	}
}
