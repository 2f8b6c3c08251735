package beyond

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"sync"

	"rnn101/data"
	"rnn101/exercise/internal/task"
	"rnn101/rnnkit"
)

func init() {
	task.Add("12",
		task.Value(1e-3, func() any {
			loss := 0.0
			for _, p := range []float64{1.0 / 2, 1.0 / 4, 1, 1.0 / 8, 1.0 / 8} {
				loss -= math.Log(p)
			}
			return rnnkit.Perplexity(loss, 5)
		}),
		task.Value(1e-3, func() any { return math.Log2(1000) / 6 }),
		task.Value(1e-3, func() any { return []float64{1.0 / 3, 0, 1.0 / 3, 1.0 / 3} }),
		task.Property(expected),
	)
}

// expected checks the text of exercise 12.4.
func expected(answer string) error {
	letters := []rune(answer)
	switch {
	case len(letters) < 30:
		return fmt.Errorf("%s", task.Texts.Text("12.4.short", len(letters)))
	case !regexp.MustCompile(`^[A-Za-z]+( [A-Za-z]+)*$`).MatchString(answer):
		return fmt.Errorf("%s", task.Texts.Text("12.4.letters"))
	}
	seen := map[string]bool{}
	for _, word := range strings.Fields(answer) {
		if seen[word] {
			return fmt.Errorf("%s", task.Texts.Text("12.4.twice", word))
		}
		seen[word] = true
	}
	losses := trigram()(letters)
	sum := 0.0
	for _, loss := range losses {
		sum += loss
	}
	if p := rnnkit.Perplexity(sum, len(losses)); p > 3 {
		return fmt.Errorf("%s", task.Texts.Text("12.4.surprised", p, strings.Join(dearest(letters, losses, 4), ", ")))
	}
	return nil
}

// dearest returns the letters with the n largest losses, each behind the two before it and with
// its loss. losses[i] is that of letters[i+1].
func dearest(letters []rune, losses []float64, n int) []string {
	order := make([]int, len(losses))
	for i := range order {
		order[i] = i + 1
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(losses[b-1], losses[a-1]) })
	named := make([]string, min(n, len(order)))
	for k := range named {
		i := order[k]
		named[k] = task.Texts.Text("12.4.letter", string(letters[i]), string(letters[max(0, i-2):i]), losses[i-1])
	}
	return named
}

// trigram returns the losses of the letters of a text, the first one left out, by the trigram of
// notebook 12 with w = 2, counted on the first nine tenths of Opticks, or of the text that the
// notebook takes in its place.
var trigram = sync.OnceValue(func() func([]rune) []float64 {
	book, err := data.Opticks()
	if err != nil {
		book = data.Lighthouse()
	}
	letters := []rune(book)
	different := map[rune]bool{}
	for _, r := range letters {
		different[r] = true
	}
	runs, before := map[string]float64{}, map[string]float64{}
	letters = letters[:len(letters)*9/10]
	for i := range letters {
		for k := 0; k < min(3, i+1); k++ {
			runs[string(letters[i-k:i+1])]++
			before[string(letters[i-k:i])]++
		}
	}
	var probability func(run []rune) float64
	probability = func(run []rune) float64 {
		if len(run) == 0 {
			return 1 / float64(len(different))
		}
		return (runs[string(run)] + 2*probability(run[1:])) / (before[string(run[:len(run)-1])] + 2)
	}
	return func(text []rune) (losses []float64) {
		for i := 1; i < len(text); i++ {
			losses = append(losses, -math.Log(probability(text[max(0, i-2):i+1])))
		}
		return losses
	}
})
