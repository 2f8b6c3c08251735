package text_test

import (
	"fmt"

	"rnn101/rnnkit"
	"rnn101/rnnkit/text"
)

func ExampleVocabulary() {
	words := text.MustVocabulary("sun", "moon", "star")
	ids, err := words.Encode("moon", "star")
	fmt.Println(ids, err)
	_, err = words.Encode("moon", "star ")
	fmt.Println(err)
	fmt.Println(rnnkit.OneHot(make([]float64, words.Len()), ids[1]))
	// Output:
	// [1 2] <nil>
	// text: unknown token "star " at position 2 (known: "sun", "moon", "star")
	// [0 0 1]
}

func ExampleSampler() {
	net := rnnkit.NewRNN(2, 2, 2).WithBiases()
	net.C.SetVec(1, 1) // token 1 is e times as likely as token 0
	tokens, err := text.Sampler{Temperature: 1, Seed: 4}.Run(net, nil, []int{0}, 12)
	fmt.Println(tokens, err)
	// Output:
	// [1 1 1 1 0 1 1 1 1 1 1 0] <nil>
}
