package data_test

import (
	"fmt"
	"slices"
	"testing"

	"rnn101/data"
	"rnn101/internal/lang/tag"
)

func TestTheVocabulariesContainThePairs(t *testing.T) {
	for _, pair := range []data.Pair{data.BaseballBat(), data.VampireBat()} {
		if len(pair.Words) != len(pair.Translation) {
			t.Errorf("%v has %d words, its translation has %d", pair.Words, len(pair.Words), len(pair.Translation))
		}
		for _, word := range pair.Words {
			if !slices.Contains(data.InputWords(), word) {
				t.Errorf("%q is not among the input words", word)
			}
		}
		for _, word := range pair.Translation {
			if !slices.Contains(data.OutputWords(), word) {
				t.Errorf("%q is not among the output words", word)
			}
		}
	}
}

func TestKoreanReadersNeedNoMeaning(t *testing.T) {
	tag.Set(tag.Korean)
	defer tag.Set(tag.English)
	words := data.OutputWords()
	if got := data.WithGloss(words); !slices.Equal(got, words) {
		t.Errorf("got %q, want %q", got, words)
	}
}

func ExamplePair_Then() {
	both := data.BaseballBat().Then(data.VampireBat())
	fmt.Println(both.Words)
	fmt.Println(both.Translation)
	// Output:
	// [baseball bat vampire bat]
	// [야구 방망이 흡혈 박쥐]
}

func ExampleWithGloss() {
	fmt.Println(data.WithGloss([]string{"방망이", "공"}))
	// Output: [방망이 (bat, the club) 공]
}
