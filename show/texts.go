package show

import "rnn101/lang"

var texts = lang.Texts{
	"rounded factors": {
		lang.English: "*Displayed factors are rounded; the result comes from the unrounded ones, so its last digit can differ from what you get with these.*",
	},
	"agree":           {lang.English: "✓ %s: equal to within %s."},
	"agree exactly":   {lang.English: "✓ %s: equal, to the last digit."},
	"number differs":  {lang.English: "✗ %s: got %s, expected %s."},
	"entry differs":   {lang.English: "✗ %s: the entry in row %d, column %d is %s, expected %s."},
	"shapes differ":   {lang.English: "✗ %s: the shape is %s, expected %s."},
	"open":            {lang.English: "○ %s: not answered yet."},
	"right":           {lang.English: "✓ %s: right."},
	"wrong":           {lang.English: "✗ %s: %s is not it. Try again, or look at the worked solution."},
	"holds":           {lang.English: "✓ %s"},
	"does not hold":   {lang.English: "✗ This does not hold: %s"},
	"progress.begins": {lang.English: "… %s: %d steps to go"},
	"progress.goes":   {lang.English: "… %s: %d of %d steps, about %d s left"},
	"progress.done":   {lang.English: "✓ %s: all %d steps done"},
}
