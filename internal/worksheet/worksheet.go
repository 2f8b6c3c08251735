// Package worksheet makes the lecture's example, "baseball bat", as a sheet to print: with blanks
// for the numbers, and with the numbers as the key. The same code writes both, and rnnkit computes
// every number. Package site makes the pages.
package worksheet

import (
	"context"
	"fmt"
	"strings"

	"gonum.org/v1/gonum/mat"

	"rnn101/data"
	"rnn101/internal/checkout"
	"rnn101/internal/lang"
	"rnn101/internal/notebook"
	"rnn101/internal/progress"
	"rnn101/internal/site"
	"rnn101/rnnkit"
	"rnn101/rnnkit/text"
)

var texts = lang.For("worksheet")

const eta = 0.5 // the learning rate

// New returns the worksheet or its key as a notebook of Markdown cells. language is a tag of
// package lang.
func New(language string, key bool) *notebook.Notebook {
	s := &sheet{texts: texts.In(language), key: key}
	s.write()
	nb := &notebook.Notebook{Cells: s.cells, Minor: 5, Metadata: map[string]any{
		"kernelspec": map[string]any{"name": "gonb", "display_name": "Go (gonb)", "language": "go"},
	}}
	nb.MarkExecuted()
	return nb
}

type sheet struct {
	texts lang.Texts
	key   bool
	cells []*notebook.Cell
}

// write adds the cells: the forward pass, the loss, the three gradients and the update.
func (s *sheet) write() {
	in, out := text.MustVocabulary(data.InputWords()...), text.MustVocabulary(data.OutputWords()...)
	example := data.BaseballBat()
	pair := rnnkit.Sequence{Inputs: in.MustEncode(example.Words...), Targets: out.MustEncode(example.Translation...)}
	u, w, v := data.LectureWeights()
	net, h0 := rnnkit.FromRows(u, w, v), []float64{0, 0}
	pass, gradient := rnnkit.GradientOf(net, h0, pair)
	x := func(t int) []float64 { return rnnkit.OneHot(make([]float64, in.Len()), pair.Inputs[t-1]) }
	y := func(t int) []float64 { return rnnkit.OneHot(make([]float64, out.Len()), pair.Targets[t-1]) }

	title := s.texts.Text("title")
	if s.key {
		title = s.texts.Text("title.key")
	}
	s.text("title", "# "+title)
	if !s.key {
		s.text("name", s.texts.Text("name"))
	}
	s.text("how", s.texts.Text("how"))

	s.text("given", "## "+s.texts.Text("given")+"\n\n"+s.texts.Text("given.text"))
	s.text("given-weights", display(`U = %s \qquad W = %s \qquad V = %s`, given(dense(u)), given(dense(w)), given(dense(v))))
	s.text("given-words", display(`x_1 = \text{%s} = %s \quad x_2 = \text{%s} = %s \quad h_0 = %s \quad y_1 = \text{%s} = %s \quad y_2 = \text{%s} = %s`,
		example.Words[0], given(x(1)), example.Words[1], given(x(2)), given(h0),
		example.Translation[0], given(y(1)), example.Translation[1], given(y(2))))

	s.text("forward", "## "+s.texts.Text("forward")+"\n\n"+display(
		`a_t = W h_{t-1} + U x_t \qquad h_t = \tanh(a_t) \qquad o_t = V h_t \qquad \hat y_t = \operatorname{softmax}(o_t)`))
	for t := 1; t <= 2; t++ {
		s.text(fmt.Sprintf("forward-%d", t), display(`a_%d = %s \qquad h_%d = %s \qquad o_%d = %s \qquad \hat y_%d = %s`,
			t, s.numbers(pass.A[t]), t, s.numbers(pass.H[t]), t, s.numbers(pass.O[t]), t, s.numbers(pass.Y[t])))
	}

	s.text("loss", "## "+s.texts.Text("loss")+"\n\n"+s.texts.Text("loss.text")+"\n\n"+display(`L_1 = -\log \hat y_1[\text{%s}] = %s \qquad L_2 = -\log \hat y_2[\text{%s}] = %s \qquad L = L_1 + L_2 = %s`,
		example.Translation[0], s.number(pass.Losses[1]), example.Translation[1], s.number(pass.Losses[2]), s.number(pass.Loss)))

	s.text("gradient-V", "## "+s.texts.Text("V")+"\n\n"+display(
		`\frac{\partial L_t}{\partial o_t} = \hat y_t - y_t \qquad \frac{\partial L}{\partial V} = \sum_t (\hat y_t - y_t)\, h_t^\top`))
	s.text("gradient-V-numbers", display(`\hat y_1 - y_1 = %s \qquad \hat y_2 - y_2 = %s \qquad \frac{\partial L}{\partial V} = %s`,
		s.numbers(pass.DO[1]), s.numbers(pass.DO[2]), s.numbers(gradient.V)))

	s.text("gradient-W", "## "+s.texts.Text("W")+"\n\n"+s.texts.Text("W.text")+"\n\n"+display(
		`\delta_2 = (1 - h_2^2) \odot V^\top (\hat y_2 - y_2) \qquad \delta_1 = (1 - h_1^2) \odot \left( V^\top (\hat y_1 - y_1) + W^\top \delta_2 \right)`))
	s.text("gradient-W-delta", display(`\delta_2 = %s \qquad \delta_1 = %s`, s.numbers(pass.Delta[2]), s.numbers(pass.Delta[1])))
	s.text("gradient-W-numbers", display(`\frac{\partial L}{\partial W} = \underbrace{\delta_2 h_1^\top}_{\text{%s}} + \underbrace{\delta_1 h_0^\top}_{\text{%s}} = %s + %s = %s`,
		s.texts.Text("W.step2"), s.texts.Text("W.step1"),
		s.numbers(outer(pass.Delta[2], pass.H[1])), s.numbers(outer(pass.Delta[1], pass.H[0])), s.numbers(gradient.W)))

	s.text("gradient-U", "## "+s.texts.Text("U")+"\n\n"+s.texts.Text("U.text")+"\n\n"+display(
		`\frac{\partial L}{\partial U} = \delta_1 x_1^\top + \delta_2 x_2^\top = %s`, s.numbers(gradient.U)))

	net.Descend(gradient, eta)
	after := rnnkit.MustForward(net, h0, pair)
	s.text("update", "## "+s.texts.Text("update")+"\n\n"+s.texts.Text("update.text", eta)+"\n\n"+display(
		`U - \eta \frac{\partial L}{\partial U} = %s`, s.numbers(net.U)))
	s.text("update-W", display(`W - \eta \frac{\partial L}{\partial W} = %s \qquad V - \eta \frac{\partial L}{\partial V} = %s`,
		s.numbers(net.W), s.numbers(net.V)))
	s.text("update-loss", s.texts.Text("update.check")+"\n\n"+display(`L \to %s`, s.number(after.Loss)))
}

// text adds a Markdown cell.
func (s *sheet) text(id, markdown string) {
	s.cells = append(s.cells, &notebook.Cell{ID: id, Kind: "markdown", Source: markdown, Metadata: map[string]any{}})
}

func display(format string, args ...any) string { return "$$" + fmt.Sprintf(format, args...) + "$$" }

// blank is an empty box for a handwritten number with four decimals.
const blank = `\boxed{\rule{0pt}{1.3em}\hspace{4.4em}}`

// number returns a number for the key, or a blank for the worksheet.
func (s *sheet) number(x float64) string {
	if s.key {
		return decimals(x)
	}
	return blank
}

// numbers is number for each entry of a vector or a matrix.
func (s *sheet) numbers(values any) string { return matrix(values, s.number) }

// given returns a vector or a matrix that both sheets show.
func given(values any) string {
	return matrix(values, func(x float64) string { return fmt.Sprint(x) })
}

// matrix typesets a mat.Matrix, or a []float64 as a column.
func matrix(values any, entry func(float64) string) string {
	m, ok := values.(mat.Matrix)
	if !ok {
		x := values.([]float64)
		m = mat.NewVecDense(len(x), x)
	}
	rows, columns := m.Dims()
	lines := make([]string, rows)
	for i := range lines {
		entries := make([]string, columns)
		for j := range entries {
			entries[j] = entry(m.At(i, j))
		}
		lines[i] = strings.Join(entries, " & ")
	}
	return `\begin{bmatrix} ` + strings.Join(lines, ` \\ `) + ` \end{bmatrix}`
}

// decimals formats a number with four decimals. A number that rounds to zero becomes 0.
func decimals(x float64) string {
	s := fmt.Sprintf("%.4f", x)
	if strings.Trim(s, "-0.") == "" {
		return "0"
	}
	return s
}

func dense(rows [][]float64) *mat.Dense {
	m := mat.NewDense(len(rows), len(rows[0]), nil)
	for i, row := range rows {
		m.SetRow(i, row)
	}
	return m
}

func outer(p, q []float64) *mat.Dense {
	var m mat.Dense
	m.Outer(1, mat.NewVecDense(len(p), p), mat.NewVecDense(len(q), q))
	return &m
}

// Export writes the worksheet and its key into a folder, as worksheet.html and worksheet-key.html.
// Each is a single file.
func Export(ctx context.Context, repo *checkout.Checkout, report *progress.Reporter, language, out string) error {
	summary, err := site.ExportSheets(ctx, repo, []site.Sheet{
		{Name: "worksheet", Language: language, Notebook: New(language, false)},
		{Name: "worksheet-key", Language: language, Notebook: New(language, true)},
	}, site.Options{Out: out}, report)
	return site.Print(report, site.Options{Out: out}, summary, err)
}
