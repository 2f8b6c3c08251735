package lecture

import (
	"fmt"
	"strings"
	"testing"
)

func TestOnlyAMemoryThatLastsIsRight(t *testing.T) {
	animal := func(is bool) string {
		if is {
			return "animal"
		}
		return "club"
	}
	for name, c := range map[string]struct {
		translate func(memory, word string) (answer, newMemory string)
		want      string // in the error; none: right
	}{
		"a flag": {func(memory, word string) (string, string) {
			if word == "vampire" {
				return "", "yes"
			}
			return animal(memory == "yes"), memory
		}, ""},
		"the last word": {func(memory, word string) (string, string) { return animal(memory == "vampire"), word }, "memory takes 3"},
		"no memory":     {func(memory, word string) (string, string) { return "club", memory }, "“vampire bat”"},
		"all words": {func(memory, word string) (string, string) {
			return animal(strings.Contains(memory, "vampire")), memory + word
		}, "memory takes 3"},
		"two words back": {func(memory, word string) (string, string) {
			if word == "vampire" {
				return "", "yes"
			}
			return animal(memory == "yes"), "nothing"
		}, "“vampire baseball bat”"},
	} {
		if got := fmt.Sprint(remembersTheVampire(c.translate)); c.want == "" && got != "<nil>" || !strings.Contains(got, c.want) {
			t.Errorf("%s: %v, want %q", name, got, c.want)
		}
	}
}

func TestOnlyAVectorThatVanishesUnderUIsRight(t *testing.T) {
	for _, c := range []struct {
		x    []float64
		want string
	}{
		{[]float64{14, 13, -18}, "<nil>"},
		{[]float64{-0.7778, -0.7222, 1}, "<nil>"}, // rounded
		{[]float64{0, 0, 0}, "zero"},
		{[]float64{14, 13}, "2 entries"},
		{[]float64{1, 0, 0}, "(0.5, −0.3)"},
	} {
		if got := fmt.Sprint(vanishesUnderU(c.x)); !strings.Contains(got, c.want) {
			t.Errorf("%v: %s, want %q", c.x, got, c.want)
		}
	}
}
