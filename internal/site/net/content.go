package net

import (
	"encoding/json"

	"rnn101/data"
	"rnn101/internal/checkout"
	"rnn101/internal/lang"
	"rnn101/internal/site/net/engine"
	"rnn101/internal/site/net/explain"
)

// content returns what the page's script is told, as JSON: the texts of all languages, the
// words of the lecture, and what the engine says of the state in which the page opens.
func content(fronts map[string]string, opens string) (string, error) {
	type language struct {
		Tag   string            `json:"tag"`
		Name  string            `json:"name"`
		Home  string            `json:"home,omitempty"`
		Texts map[string]string `json:"texts"`
	}
	all := struct {
		Version   string     `json:"version"`            // of the course
		Language  string     `json:"language,omitempty"` // in which the page opens
		Languages []language `json:"languages"`
		Inputs    []string   `json:"inputs"`
		Outputs   []string   `json:"outputs"`
		Glosses   []string   `json:"glosses"` // of the outputs, in English

		Sizes   map[string]float64 `json:"sizes"` // of the net, and of what is drawn of it
		Pairs   [][]float64        `json:"pairs"` // the states of engine.Pair
		Opening opening            `json:"opening"`
	}{Version: checkout.Version, Language: opens, Inputs: data.InputWords(), Outputs: data.OutputWords()}
	all.Sizes = map[string]float64{"inputs": engine.Inputs, "hidden": engine.Hidden, "outputs": engine.Outputs, "steps": engine.MaxSteps,
		"span": engine.Span, "across": engine.Across}
	var err error
	if all.Opening, err = newOpening(); err != nil {
		return "", err
	}
	for pair := range 3 {
		all.Pairs = append(all.Pairs, engine.Pair(pair).List())
	}
	for _, l := range lang.Languages() {
		all.Languages = append(all.Languages, language{l.Tag, l.Name, fronts[l.Tag], texts.In(l.Tag).All()})
	}
	for _, word := range all.Outputs {
		all.Glosses = append(all.Glosses, data.Gloss(word))
	}
	encoded, err := json.Marshal(all) // escapes <, so that it cannot end the element that holds it
	return string(encoded), err
}

// opening is what the engine says of the state in which the page opens, and of the number that is asked there.
type opening struct {
	Layout   string    `json:"layout"` // both are JSON, as the engine sends it
	Question string    `json:"question"`
	Numbers  []float64 `json:"numbers"`
}

func newOpening() (opening, error) {
	n, err := engine.Compute(engine.Opening())
	if err != nil {
		return opening{}, err
	}
	return opening{explain.Layout(n.T), explain.JSON(n, "dW.0.1"), n.Data}, nil
}
