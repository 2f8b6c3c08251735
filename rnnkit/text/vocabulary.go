package text

import (
	"fmt"
	"strings"
)

// Vocabulary numbers the tokens of a language from 0. The number of a token is the
// index of the 1 in its one-hot vector.
type Vocabulary struct {
	tokens []string
	index  map[string]int
}

// NewVocabulary numbers the tokens in the order given. It returns an error if there
// are none, or if one is empty or occurs twice.
func NewVocabulary(tokens ...string) (*Vocabulary, error) {
	if len(tokens) == 0 {
		return nil, fmt.Errorf("text: a vocabulary needs at least one token")
	}
	v := &Vocabulary{tokens: append([]string(nil), tokens...), index: make(map[string]int, len(tokens))}
	for i, token := range tokens {
		if token == "" {
			return nil, fmt.Errorf("text: token %d of the vocabulary is empty", i+1)
		}
		if first, ok := v.index[token]; ok {
			return nil, fmt.Errorf("text: token %q occurs twice in the vocabulary, at positions %d and %d", token, first+1, i+1)
		}
		v.index[token] = i
	}
	return v, nil
}

// MustVocabulary is NewVocabulary for tokens written in the program: it panics where
// that returns an error.
func MustVocabulary(tokens ...string) *Vocabulary {
	v, err := NewVocabulary(tokens...)
	if err != nil {
		panic(err.Error())
	}
	return v
}

// Len returns the number of tokens, the length of a one-hot vector.
func (v *Vocabulary) Len() int { return len(v.tokens) }

// Tokens returns a copy of the tokens in order.
func (v *Vocabulary) Tokens() []string { return append([]string(nil), v.tokens...) }

// Token returns the token with number id. It panics if there is none.
func (v *Vocabulary) Token(id int) string {
	if id < 0 || id >= len(v.tokens) {
		panic(fmt.Sprintf("text: no token has the number %d: the numbers are 0 to %d", id, len(v.tokens)-1))
	}
	return v.tokens[id]
}

// Index returns the number of a token and whether it is known.
func (v *Vocabulary) Index(token string) (id int, ok bool) {
	id, ok = v.index[token]
	return id, ok
}

// Encode returns the numbers of the tokens. The error names the first unknown token
// and its position, counted from 1.
func (v *Vocabulary) Encode(tokens ...string) ([]int, error) {
	ids := make([]int, len(tokens))
	for i, token := range tokens {
		id, ok := v.index[token]
		if !ok {
			return nil, fmt.Errorf("text: unknown token %q at position %d (known: %s)", token, i+1, v.known())
		}
		ids[i] = id
	}
	return ids, nil
}

// MustEncode is Encode for tokens written in the program: it panics where that
// returns an error.
func (v *Vocabulary) MustEncode(tokens ...string) []int {
	ids, err := v.Encode(tokens...)
	if err != nil {
		panic(err.Error())
	}
	return ids
}

// Decode returns the tokens with these numbers. The error names the first number
// that no token has, and its position, counted from 1.
func (v *Vocabulary) Decode(ids ...int) ([]string, error) {
	tokens := make([]string, len(ids))
	for i, id := range ids {
		if id < 0 || id >= len(v.tokens) {
			return nil, fmt.Errorf("text: no token has the number %d at position %d: the numbers are 0 to %d", id, i+1, len(v.tokens)-1)
		}
		tokens[i] = v.tokens[id]
	}
	return tokens, nil
}

// known lists the tokens for an error message, at most a line of them.
func (v *Vocabulary) known() string {
	const most = 12
	quoted := make([]string, 0, most)
	for i, token := range v.tokens {
		if i == most {
			return fmt.Sprintf("%s and %d more", strings.Join(quoted, ", "), len(v.tokens)-most)
		}
		quoted = append(quoted, fmt.Sprintf("%q", token))
	}
	return strings.Join(quoted, ", ")
}
