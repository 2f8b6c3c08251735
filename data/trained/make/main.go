// Command make trains the net of package trained and writes opticks.safetensors.
//
//	go run ./data/trained/make
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"rnn101/data"
	"rnn101/rnnkit"
	"rnn101/rnnkit/safetensors"
	"rnn101/rnnkit/text"
	"rnn101/rnnkit/train"
)

const (
	hidden  = 96
	streams = 16 // sequences in a batch
	steps   = 64 // characters between updates
	updates = 6000
	rate    = 0.008
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "make:", err)
		os.Exit(1)
	}
}

func run() error {
	book, err := data.Opticks()
	if err != nil {
		return err
	}
	var tokens []string
	number := map[rune]int{}
	var ids []int
	for _, r := range book {
		if _, known := number[r]; !known {
			number[r] = len(number)
			tokens = append(tokens, string(r))
		}
		ids = append(ids, number[r])
	}
	vocabulary, err := text.NewVocabulary(tokens...)
	if err != nil {
		return err
	}
	ids = ids[:len(ids)*9/10] // the rest is for validation
	net := rnnkit.New(rnnkit.GRU{}, len(tokens), hidden, len(tokens)).WithBiases()
	net.Glorot(1)
	if err := fit(net, ids); err != nil {
		return err
	}
	path := filepath.Join("data", "trained", "opticks.safetensors")
	if err := safetensors.Save(path, net, vocabulary, vocabulary); err != nil {
		return err
	}
	fmt.Println("wrote", path)
	return nil
}

// fit trains the net with truncated backpropagation through time.
func fit(net *rnnkit.RNN, ids []int) error {
	batch := train.NewBatch(net, steps, 2)
	defer batch.Close()
	g, adam := rnnkit.NewGradient(net), &train.Adam{}
	states, seqs := make([][]float64, streams), make([]rnnkit.Sequence, streams)
	for i := range states {
		states[i] = make([]float64, net.StateLen())
	}
	stream := (len(ids) - 1) / streams
	for u := range updates {
		at := u % (stream / steps) * steps
		for i := range seqs {
			from := i*stream + at
			seqs[i] = rnnkit.Sequence{Inputs: ids[from : from+steps], Targets: ids[from+1 : from+steps+1]}
		}
		g.Zero()
		loss, err := batch.Gradient(g, net, states, seqs)
		if err != nil {
			return fmt.Errorf("update %d: %w", u+1, err)
		}
		g.Clip(streams * steps)                                   // 1 for each character
		adam.Rate = rate * (1 - 0.98*float64(u)/float64(updates)) // decays linearly to a fiftieth
		adam.Step(net, g)
		if (u+1)%500 == 0 {
			fmt.Printf("update %d of %d: perplexity %.3f\n", u+1, updates, rnnkit.Perplexity(loss, streams*steps))
		}
	}
	return nil
}
