// Package explain says what each number of the lecture's net is made of, one level deep. The page
// shows what it says; a test evaluates it.
package explain

import (
	"fmt"
	"slices"
	"strconv"

	"rnn101/internal/site/net/engine"
)

// Expr is an expression whose value is the number that it explains.
type Expr struct {
	Op    string  // number, literal, sum, product, difference, quotient, square, tanh, exp or neglog
	ID    string  // of a number
	Value float64 // of a literal
	Class string  // direct or indirect: the path that it belongs to
	Args  []Expr
}

// Term is a summand, to be drawn as a bar.
type Term struct {
	IDs   []string // the numbers that name it
	Key   string   // of a text that names it, if these do not suffice
	Value float64
	Class string
	Ask   string // the number to ask next
}

// Explanation says what a number is made of, one level deep. In Formula and Args the name of a
// number stands for itself as «id».
type Explanation struct {
	ID      string
	Formula string // in general, with _ and ^ as in TeX
	Lines   []Expr // with numbers; each has the value of the number
	Terms   []Term
	Total   string // the number that the terms sum to
	Says    string // the key of a sentence
	Args    []any
	Parents []string
	Into    []string // the numbers that it goes into

	Paths    [][2]int // [t, k]: from L_t to copy k
	Given    bool     // it can be changed
	Gradient string   // of a parameter, its gradient
	Weight   string   // of a gradient, its parameter
	Measured string   // the same gradient by finite differences
}

func number(id string) Expr          { return Expr{Op: "number", ID: id} }
func literal(v float64) Expr         { return Expr{Op: "literal", Value: v} }
func op(name string, a ...Expr) Expr { return Expr{Op: name, Args: a} }

func (e Expr) as(class string) Expr {
	e.Class = class
	return e
}

// ids returns the numbers in an expression, in order.
func (e Expr) ids() []string {
	if e.Op == "number" {
		return []string{e.ID}
	}
	var all []string
	for _, a := range e.Args {
		all = append(all, a.ids()...)
	}
	return all
}

// Of returns what a number is made of. ok is false if there is no such number, or nothing to say
// about it.
func Of(n *engine.Numbers, id string) (x *Explanation, ok bool) {
	name, at, _ := engine.Parse(id)
	if _, ok := n.Value(id); !ok || !can(n.Table(name), at) {
		return nil, false
	}
	x = &Explanation{ID: id, Total: id, Says: name}
	explanations[name](n, x, at)
	return x, true
}

// can reports whether Of has something to say about a number of a table.
func can(table engine.Table, at []int) bool {
	if explanations[table.Name] == nil {
		return false
	}
	if table.Timed && at[0] == 0 && table.Name != "h" && table.Name != "L" { // only these two begin before step 1
		return false
	}
	return (table.Name != "cW" && table.Name != "cU" && table.Name != "e") || (at[1] >= 1 && at[1] <= at[0])
}

var explanations = map[string]func(n *engine.Numbers, x *Explanation, at []int){
	"U": parameter, "W": parameter, "V": parameter, "eta": parameter,
	"x": oneHot, "a": sumA, "h": state, "o": score, "y": probability, "exp": exponential, "sum": exponentials, "d": outputError, "L": loss,
	"slope": slope, "vt": fromV, "wt": fromW, "de": delta, "e": pathDelta,
	"cU": cell("U"), "cW": cell("W"), "kU": column("U"), "kW": column("W"),
	"dU": byPaths("U"), "dW": byPaths("W"), "dV": bySteps,
	"nU": update("U"), "nW": update("W"), "nV": update("V"),
}

func id(name string, at ...int) string {
	b := []byte(name)
	for _, i := range at {
		b = strconv.AppendInt(append(b, '.'), int64(i), 10)
	}
	return string(b)
}

// each returns the ids of a vector, with all values of the last index.
func each(length int, name string, at ...int) []string {
	var all []string
	for i := range length {
		all = append(all, id(name, append(slices.Clone(at), i)...))
	}
	return all
}

// sumOf makes the explanation a sum, with a bar for each term.
func (x *Explanation) sumOf(n *engine.Numbers, terms ...Expr) {
	x.Lines = append(x.Lines, op("sum", terms...))
	for _, term := range terms {
		ids := term.ids()
		x.Terms = append(x.Terms, Term{IDs: ids, Value: Evaluate(n, term), Class: term.Class, Ask: ids[0]})
		if Evaluate(n, term) != 0 {
			x.Parents = append(x.Parents, ids...)
		}
	}
}

func (x *Explanation) says(key string, args ...any) { x.Says, x.Args = key, args }

func name(id string) string { return "«" + id + "»" }

func parameter(n *engine.Numbers, x *Explanation, at []int) {
	x.Given = true
	if x.Says == "eta" {
		for _, matrix := range []string{"W", "U", "V"} {
			x.Into = append(x.Into, id("n"+matrix, 0, 0))
		}
		return
	}
	x.Gradient = "d" + x.ID
	for t := 1; t <= n.T; t++ {
		switch {
		case x.Says == "V":
			x.Into = append(x.Into, id("o", t, at[0]))
		case x.Says == "W" || n.State.Words[t-1] == at[1]:
			x.Into = append(x.Into, id("a", t, at[0]))
		}
	}
}

func oneHot(n *engine.Numbers, x *Explanation, at []int) {
	word := n.State.Words[at[0]-1]
	x.says("x", fmt.Sprintf("«in.%d»", word), word+1)
	if at[1] == word {
		x.Into = each(engine.Hidden, "a", at[0])
	}
}

func sumA(n *engine.Numbers, x *Explanation, at []int) {
	t, i := at[0], at[1]
	x.Formula = fmt.Sprintf("a_%d = W h_%d + U x_%d", t, t-1, t)
	var terms []Expr
	for j := range engine.Hidden {
		terms = append(terms, op("product", number(id("W", i, j)), number(id("h", t-1, j))))
	}
	for j := range engine.Inputs {
		terms = append(terms, op("product", number(id("U", i, j)), number(id("x", t, j))))
	}
	x.sumOf(n, terms...)
	x.Into = []string{id("h", t, i)}
}

func state(n *engine.Numbers, x *Explanation, at []int) {
	t, i := at[0], at[1]
	if t == 0 {
		x.Given = true
		switch {
		case n.State.Carry:
			var words []any
			for _, word := range engine.Pair(1).Words {
				words = append(words, fmt.Sprintf("«in.%d»", word))
			}
			x.says("h0.carried", words...)
		case n.State.H0[0] == 0 && n.State.H0[1] == 0:
			x.Says = "h0.zero"
		default:
			x.Says = "h0.typed"
		}
	} else {
		x.Formula = fmt.Sprintf("h_%d = tanh(a_%d)", t, t)
		x.Lines = []Expr{op("tanh", number(id("a", t, i)))}
		x.Parents = []string{id("a", t, i)}
		x.Into = each(engine.Outputs, "o", t)
	}
	if t < n.T {
		x.Into = append(x.Into, each(engine.Hidden, "a", t+1)...)
	}
}

func score(n *engine.Numbers, x *Explanation, at []int) {
	t, i := at[0], at[1]
	x.Formula = fmt.Sprintf("o_%d = V h_%d", t, t)
	x.says("o", fmt.Sprintf("«out.%d»", i))
	var terms []Expr
	for j := range engine.Hidden {
		terms = append(terms, op("product", number(id("V", i, j)), number(id("h", t, j))))
	}
	x.sumOf(n, terms...)
	x.Into = each(engine.Outputs, "y", t)
}

func probability(n *engine.Numbers, x *Explanation, at []int) {
	t, i := at[0], at[1]
	x.Formula = fmt.Sprintf("ŷ_%d = softmax(o_%d)", t, t)
	var powers, values []Expr
	for q, o := range each(engine.Outputs, "o", t) {
		powers = append(powers, op("exp", number(o)))
		values = append(values, number(id("exp", t, q)))
		class := ""
		if q == i {
			class = "own"
		}
		x.Terms = append(x.Terms, Term{IDs: []string{id("exp", t, q)}, Value: n.At("exp", t, q), Class: class, Ask: id("exp", t, q)})
		x.Parents = append(x.Parents, o)
	}
	x.Lines = []Expr{op("quotient", powers[i], op("sum", powers...)), op("quotient", values[i], op("sum", values...))}
	x.Total = id("sum", t)
	x.Into = []string{id("d", t, i)}
	if n.State.Targets[t-1] == i {
		x.Into = append(x.Into, id("L", t))
	}
}

func exponential(n *engine.Numbers, x *Explanation, at []int) {
	o := id("o", at[0], at[1])
	x.Lines = []Expr{op("exp", number(o))}
	x.Parents = []string{o}
	x.Into = each(engine.Outputs, "y", at[0])
}

func exponentials(n *engine.Numbers, x *Explanation, at []int) {
	var terms []Expr
	for _, e := range each(engine.Outputs, "exp", at[0]) {
		terms = append(terms, number(e))
	}
	x.sumOf(n, terms...)
	x.Parents = each(engine.Outputs, "o", at[0])
	x.Into = each(engine.Outputs, "y", at[0])
}

func outputError(n *engine.Numbers, x *Explanation, at []int) {
	t, i := at[0], at[1]
	y := n.At("target", t, i)
	x.Formula = fmt.Sprintf("∂L/∂o_%d = ŷ_%d − y_%d", t, t, t)
	x.Lines = []Expr{op("difference", number(id("y", t, i)), literal(y))}
	x.Terms = []Term{
		{IDs: []string{id("y", t, i)}, Value: n.At("y", t, i), Ask: id("y", t, i)},
		{IDs: []string{id("target", t, i)}, Key: "minus", Value: -y},
	}
	x.Parents = []string{id("y", t, i)}
	if x.Says = "d.wrong"; y == 1 {
		x.Says = "d.right"
	}
	x.Into = append(each(engine.Hidden, "vt", t), each(engine.Hidden, "dV", i)...)
}

func loss(n *engine.Numbers, x *Explanation, at []int) {
	t := at[0]
	if t > 0 {
		target := n.State.Targets[t-1]
		y := id("y", t, target)
		x.Formula = fmt.Sprintf("L_%d = −log %s", t, name(y))
		x.Lines = []Expr{op("neglog", number(y))}
		x.Parents, x.Into = []string{y}, []string{"L.0"}
		return
	}
	x.Says = "total"
	x.Formula = "L = Σ_t L_t"
	var terms []Expr
	for t := 1; t <= n.T; t++ {
		terms = append(terms, number(id("L", t)))
	}
	x.sumOf(n, terms...)
}

func slope(n *engine.Numbers, x *Explanation, at []int) {
	of, letter := id("h", at...), "h"
	if n.State.Mistakes&engine.SlopeOfSum != 0 {
		of, letter = id("a", at...), "a"
	}
	x.Formula = fmt.Sprintf("tanh′ = 1 − %s_%d^2", letter, at[0])
	x.Lines = []Expr{op("difference", literal(1), op("square", number(of)))}
	x.Parents = []string{of}
	x.Into = []string{id("de", at...)}
}

func fromV(n *engine.Numbers, x *Explanation, at []int) {
	t, i := at[0], at[1]
	x.Formula = fmt.Sprintf("V^⊤(ŷ_%d − y_%d)", t, t)
	var terms []Expr
	for q := range engine.Outputs {
		terms = append(terms, op("product", number(id("V", q, i)), number(id("d", t, q))).as("direct"))
	}
	x.sumOf(n, terms...)
	x.Into = []string{id("de", t, i)}
}

func fromW(n *engine.Numbers, x *Explanation, at []int) {
	t, i := at[0], at[1]
	x.Formula = fmt.Sprintf("W^⊤ δ_%d", t+1)
	x.Into = []string{id("de", t, i)}
	switch {
	case t == n.T:
		x.Formula = ""
		x.Says = "wt.last"
	case n.State.Mistakes&engine.Drop != 0:
		x.Says = "wt.dropped"
	default:
		var terms []Expr
		for j := range engine.Hidden {
			terms = append(terms, op("product", number(weightBack(n, i, j)), number(id("de", t+1, j))).as("indirect"))
		}
		x.sumOf(n, terms...)
		return
	}
	x.Lines = []Expr{literal(0)}
}

// weightBack returns the weight that leads back from entry j of a step to entry i of the one
// before.
func weightBack(n *engine.Numbers, i, j int) string {
	if n.State.Mistakes&engine.Untransposed != 0 {
		return id("W", i, j)
	}
	return id("W", j, i)
}

func delta(n *engine.Numbers, x *Explanation, at []int) {
	t, i := at[0], at[1]
	own, later := id("vt", t, i), id("wt", t, i)
	x.Formula = fmt.Sprintf("δ_%d = (1 − h_%d^2) ⊙ (V^⊤(ŷ_%d − y_%d) + W^⊤ δ_%d)", t, t, t, t, t+1)
	inner := op("sum", number(own).as("direct"), number(later).as("indirect"))
	x.Terms = []Term{{IDs: []string{own}, Key: "here", Value: n.At("slope", t, i) * n.At("vt", t, i), Class: "direct", Ask: own}}
	x.Parents = append([]string{id("h", t, i)}, each(engine.Outputs, "d", t)...)
	if t == n.T {
		x.Formula = fmt.Sprintf("δ_%d = (1 − h_%d^2) ⊙ V^⊤(ŷ_%d − y_%d)", t, t, t, t)
		inner = number(own).as("direct")
	} else {
		x.Terms = append(x.Terms, Term{IDs: []string{later}, Key: "later", Value: n.At("slope", t, i) * n.At("wt", t, i), Class: "indirect", Ask: later})
		x.Parents = append(x.Parents, each(engine.Hidden, "de", t+1)...)
	}
	x.Lines = []Expr{op("product", number(id("slope", t, i)), inner)}
	x.says("de", name(id("a", t, i)))
	x.Into = []string{id("kU", t, i, n.State.Words[t-1])}
	for j := range engine.Hidden {
		x.Into = append(x.Into, id("kW", t, i, j))
	}
	if t > 1 {
		x.Into = append(x.Into, each(engine.Hidden, "wt", t-1)...)
	}
}

func pathDelta(n *engine.Numbers, x *Explanation, at []int) {
	t, k, i := at[0], at[1], at[2]
	factor := number(id("slope", k, i))
	x.Paths = [][2]int{{t, k}}
	x.Parents = []string{id("h", k, i)}
	for j := range engine.Hidden {
		x.Into = append(x.Into, id("cW", t, k, i, j))
	}
	x.Into = append(x.Into, id("cU", t, k, i, n.State.Words[k-1]))
	if t == k {
		x.Says = "e.direct"
		x.Formula = fmt.Sprintf("∂L_%d/∂a_%d = (1 − h_%d^2) ⊙ V^⊤(ŷ_%d − y_%d)", t, k, k, t, t)
		x.Lines = []Expr{op("product", factor, number(id("vt", t, i))).as("direct")}
		x.Parents = append(x.Parents, each(engine.Outputs, "d", t)...)
		return
	}
	x.says("e.indirect", k+1, k)
	x.Formula = fmt.Sprintf("∂L_%d/∂a_%d = (1 − h_%d^2) ⊙ W^⊤ ∂L_%d/∂a_%d", t, k, k, t, k+1)
	if n.State.Mistakes&engine.Drop != 0 {
		x.Says, x.Args = "wt.dropped", nil
		x.Lines = []Expr{literal(0)}
		return
	}
	var terms []Expr
	for j := range engine.Hidden {
		from := id("e", t, k+1, j)
		term := op("product", number(weightBack(n, i, j)), number(from)).as("indirect")
		terms = append(terms, term)
		x.Terms = append(x.Terms, Term{IDs: []string{from}, Value: n.At("slope", k, i) * Evaluate(n, term), Class: "indirect", Ask: from})
		x.Parents = append(x.Parents, weightBack(n, i, j))
	}
	x.Lines = []Expr{op("product", factor, op("sum", terms...))}
}

// source returns the number by which δ_k is multiplied in the gradient of U or W, and its vector.
func source(n *engine.Numbers, matrix string, k, j int) (number, vector string) {
	switch {
	case matrix == "U":
		return id("x", k, j), fmt.Sprintf("x_%d", k)
	case n.State.Mistakes&engine.StateAfter != 0:
		return id("h", k, j), fmt.Sprintf("h_%d", k)
	}
	return id("h", k-1, j), fmt.Sprintf("h_%d", k-1)
}

func class(t, k int) string {
	if t == k {
		return "direct"
	}
	return "indirect"
}

func cell(matrix string) func(*engine.Numbers, *Explanation, []int) {
	return func(n *engine.Numbers, x *Explanation, at []int) {
		t, k, i, j := at[0], at[1], at[2], at[3]
		factor, vector := source(n, matrix, k, j)
		x.Formula = fmt.Sprintf("∂L_%d/∂%s^{(%d)} = ∂L_%d/∂a_%d %s^⊤", t, matrix, k, t, k, vector)
		x.Lines = []Expr{op("product", number(id("e", t, k, i)), number(factor)).as(class(t, k))}
		x.Parents = []string{factor}
		x.Paths = [][2]int{{t, k}}
		switch {
		case matrix == "W" && k == 1 && n.At("h", 0, j) == 0 && n.State.Mistakes&engine.StateAfter == 0:
			x.says("c.zero", matrix)
		case t == k:
			x.says("c.direct", t, k, matrix)
		default:
			x.says("c.indirect", t, k, matrix)
		}
		x.Into = []string{id("k"+matrix, k, i, j)}
	}
}

func column(matrix string) func(*engine.Numbers, *Explanation, []int) {
	return func(n *engine.Numbers, x *Explanation, at []int) {
		k, i, j := at[0], at[1], at[2]
		factor, vector := source(n, matrix, k, j)
		x.Formula = fmt.Sprintf("∂L/∂%s^{(%d)} = δ_%d %s^⊤", matrix, k, k, vector)
		x.Lines = []Expr{op("product", number(id("de", k, i)), number(factor))}
		for t := k; t <= n.T; t++ {
			c := id("c"+matrix, t, k, i, j)
			value, _ := n.Value(c)
			x.Terms = append(x.Terms, Term{IDs: []string{c}, Value: value, Class: class(t, k), Ask: c})
			x.Paths = append(x.Paths, [2]int{t, k})
		}
		x.Parents = []string{id("de", k, i), factor}
		x.says("k", matrix, k)
		x.Into = []string{id("d"+matrix, i, j)}
	}
}

func byPaths(matrix string) func(*engine.Numbers, *Explanation, []int) {
	return func(n *engine.Numbers, x *Explanation, at []int) {
		i, j := at[0], at[1]
		x.Formula = fmt.Sprintf("%s = Σ_k Σ_{t≥k} ∂L_t/∂%s^{(k)}_{%d%d}", name(x.ID), matrix, i+1, j+1)
		x.Weight, x.Measured = id(matrix, at...), id("f"+matrix, at...)
		x.Into = []string{id("n"+matrix, at...)}
		x.says("d", matrix)
		var cells []Expr
		for k := 1; k <= n.T; k++ {
			if matrix == "U" && n.State.Words[k-1] != j {
				continue // this column of U is not used at step k
			}
			for t := k; t <= n.T; t++ {
				cells = append(cells, number(id("c"+matrix, t, k, i, j)).as(class(t, k)))
				x.Paths = append(x.Paths, [2]int{t, k})
			}
		}
		if len(cells) == 0 {
			x.says("d.unused", fmt.Sprintf("«in.%d»", j))
			x.Lines = []Expr{literal(0)}
			return
		}
		x.sumOf(n, cells...)
		x.Parents = nil // the cells are not on the stage: what they are made of is
		for k := 1; k <= n.T; k++ {
			factor, _ := source(n, matrix, k, j)
			if value, _ := n.Value(factor); value != 0 || matrix == "W" {
				x.Parents = append(x.Parents, id("de", k, i), factor)
			}
		}
	}
}

func bySteps(n *engine.Numbers, x *Explanation, at []int) {
	i, j := at[0], at[1]
	x.Formula = "∂L/∂V = Σ_t (ŷ_t − y_t) h_t^⊤"
	x.Weight, x.Measured = id("V", at...), id("fV", at...)
	x.Into = []string{id("nV", at...)}
	var terms []Expr
	for t := 1; t <= n.T; t++ {
		terms = append(terms, op("product", number(id("d", t, i)), number(id("h", t, j))).as("direct"))
	}
	x.sumOf(n, terms...)
}

func update(matrix string) func(*engine.Numbers, *Explanation, []int) {
	return func(n *engine.Numbers, x *Explanation, at []int) {
		weight, gradient := id(matrix, at...), id("d"+matrix, at...)
		x.Formula = fmt.Sprintf("%s ← %s − η ∂L/∂%s", matrix, matrix, matrix)
		x.Lines = []Expr{op("difference", number(weight), op("product", number("eta"), number(gradient)))}
		before, _ := n.Value(weight)
		slope, _ := n.Value(gradient)
		x.Terms = []Term{
			{IDs: []string{weight}, Value: before, Ask: weight},
			{IDs: []string{"eta", gradient}, Key: "minus.product", Value: -n.At("eta") * slope, Ask: gradient},
		}
		x.Parents = []string{weight, gradient}
		x.Says = "n"
	}
}
