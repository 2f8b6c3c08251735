package assignment

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"rnn101/internal/grading/answer"
	"rnn101/internal/grading/assignment/internal/check"
	"rnn101/internal/grading/assignment/internal/nets"
	"rnn101/internal/grading/assignment/internal/reference"
	"rnn101/internal/grading/sandbox"
	"rnn101/internal/grading/sandbox/sandboxtest"
	"rnn101/internal/lang"
)

func TestMain(m *testing.M) {
	sandbox.RunIfWorker()
	os.Exit(m.Run())
}

// solved has the right answer to each task of a1.
var solved = map[string]string{
	"one-hot": "func oneHot(n, i int) []float64 {\n\tx := make([]float64, n)\n\tx[i] = 1\n\treturn x\n}",
	"product": "func times(M [][]float64, x []float64) []float64 {\n\ty := make([]float64, len(M))\n\tfor i := range M {\n\t\tfor j := range x {\n\t\t\ty[i] += M[i][j] * x[j]\n\t\t}\n\t}\n\treturn y\n}",
	"step":    "import \"math\"\n\nfunc step(U, W [][]float64, x, h []float64) []float64 {\n\ta, b := times(W, h), times(U, x)\n\tfor i := range a {\n\t\ta[i] = math.Tanh(a[i] + b[i])\n\t}\n\treturn a\n}",
	"forward": "func softmax(o []float64) []float64 {\n\ty, sum := make([]float64, len(o)), 0.0\n\tfor i := range o {\n\t\ty[i] = math.Exp(o[i])\n\t\tsum += y[i]\n\t}\n\tfor i := range y {\n\t\ty[i] /= sum\n\t}\n\treturn y\n}\n\nfunc forward(U, W, V [][]float64, h []float64, words []int) (hs, ys [][]float64) {\n\tfor _, word := range words {\n\t\th = step(U, W, oneHot(len(U[0]), word), h)\n\t\ths = append(hs, h)\n\t\tys = append(ys, softmax(times(V, h)))\n\t}\n\treturn hs, ys\n}",
}

func results(t *testing.T, sources map[string]string, unchanged map[string]bool, key string) []CheckResult {
	t.Helper()
	b := sandboxtest.Builder(t)
	var cells []answer.Cell
	for _, task := range A1.Tasks {
		cells = append(cells, answer.Cell{Name: task.ID, Source: sources[task.ID]})
	}
	program, err := answer.New(cells).Compile(t.Context(), b, sandbox.Limits{Time: 2 * time.Second}, A1.Signatures()...)
	if err != nil {
		t.Fatal(err)
	}
	defer program.Close()
	checks, err := A1.RunChecks(t.Context(), program, unchanged, []byte(key))
	if err != nil {
		t.Fatal(err)
	}
	return checks
}

// byTask returns the points of each task, and the first failure.
func byTask(checks []CheckResult) (points map[string]float64, first string) {
	points = map[string]float64{}
	for _, o := range checks {
		points[o.Task] += o.Points
		for _, v := range o.Cases {
			if !v.IsRight() && first == "" {
				first = o.Check + ": " + string(v.Kind) + ": " + v.Text
			}
		}
	}
	return points, first
}

// An ID must belong to one cell of one assignment: the checks in the notebooks find their task
// by it.
func TestEveryAssignmentHasTwentyPointsAndUniqueIDs(t *testing.T) {
	seen := map[string]bool{}
	once := func(id string) {
		t.Helper()
		if seen[id] {
			t.Errorf("two have the ID %s", id)
		}
		seen[id] = true
	}
	for _, a := range All {
		if got := a.Points(); got != 20 {
			t.Errorf("%s has %v points", a.Name, got)
		}
		for _, task := range a.Tasks {
			once(task.ID)
			for _, check := range task.Checks {
				once(check.ID)
			}
		}
		for _, q := range a.Written {
			once(q.ID)
		}
	}
}

// The visible checks ask for numbers of the lecture, which were computed by PyTorch in float64.
func TestTheVisibleChecksAskForTheNumbersOfTheLecture(t *testing.T) {
	for id, want := range map[string]any{
		"softmax-example":        []float64{0.349044, 0.181492, 0.278430, 0.191034},
		"cross-entropy-example":  1.052558701289131,
		"score-gradient-example": []float64{0.349044 - 1, 0.181492, 0.278430, 0.191034},
		"gradient-v-example":     [][]float64{{-0.209544, 0.242315}, {0.153689, -0.012572}, {-0.114053, -0.221207}, {0.169908, -0.008536}},
		"gradients-example":      [][]float64{{0.074087, 0.192308}, {0.049035, -0.213557}},
		"update-example":         [][]float64{{0.443189, -0.227226}, {0.2815295, 0.5116435}},
	} {
		var first *Case
		for _, a := range All {
			for _, task := range a.Tasks {
				for _, check := range task.Checks {
					if check.ID == id {
						first = &check.Cases(nil)[0]
					}
				}
			}
		}
		if v := (Case{Want: []any{want}}).Compare(first.Want[:1]); !v.IsRight() {
			t.Errorf("%s: %s", id, v.Text)
		}
	}
	losses := trainCase(check.Text{}, nets.OnePair, 0.5, 2).Want[0].([]float64)
	if math.Abs(losses[0]-2.380429579406214) > 1e-12 || math.Abs(losses[1]-2.1116) > 5e-5 {
		t.Errorf("the losses of the first two updates are %v", losses)
	}
}

// draws calls f with the cases that some keys draw.
func draws(keys int, f func(task Task, check Check, c Case)) {
	for _, a := range All {
		for _, task := range a.Tasks {
			for _, check := range task.Checks {
				for key := range keys {
					if key > 0 && !check.Hidden {
						break
					}
					for _, c := range check.Cases(rand.New(rand.NewPCG(uint64(key), 19))) {
						f(task, check, c)
					}
				}
			}
		}
	}
}

// Whatever is drawn, each known mistake gives another result in every hidden case but those that
// declare that they cannot tell it. Its hint is given, unless another mistake has the same results.
func TestHiddenCasesTellEachKnownMistake(t *testing.T) {
	wrong, hinted := map[string]int{}, map[string]int{}
	draws(40, func(task Task, check Check, c Case) {
		if check.Hidden {
			for _, hint := range c.Missed() {
				t.Errorf("%s, %s: it has the results of a right function with the mistake %q", check.ID, c.About, hint)
			}
		}
		for _, m := range c.KnownMistakes {
			results, ok := m.Call(c.In)
			if !ok {
				continue
			}
			for _, value := range results {
				if reflect.TypeOf(value) != reflect.TypeOf(c.Want[0]) {
					t.Fatalf("%s: the mistake %q returns a %T", task.ID, m.Hint, value)
				}
			}
			if v := c.Compare(results); !v.IsRight() {
				wrong[task.ID+" "+m.Hint]++
				if v.Hint == lang.For("assignment").Text(m.Hint) {
					hinted[task.ID+" "+m.Hint]++
				}
			}
		}
	})
	for mistake, n := range wrong {
		if 4*hinted[mistake] < n {
			t.Errorf("the hint of %s is given in %d of %d cases that are wrong with it", mistake, hinted[mistake], n)
		}
	}
}

// A page in one language does not describe its cases in another. The words of the lecture stay as they
// are.
func TestEachCaseIsDescribedInEachLanguage(t *testing.T) {
	defer lang.Set(lang.English)
	hangul := regexp.MustCompile(`\p{Hangul}`)
	english := map[string]string{}
	for _, tag := range []string{lang.English, lang.Korean} {
		if err := lang.Set(tag); err != nil {
			t.Fatal(err)
		}
		draws(1, func(task Task, of Check, c Case) {
			text, id := c.About.String(), of.ID+fmt.Sprintf("%#v", c.About)
			if text == "" || strings.Contains(text, "%!") {
				t.Errorf("%s, %s: a case is described as %q", tag, of.ID, text)
			}
			if tag == lang.English {
				english[id] = text
			} else if named := strings.HasSuffix(c.About.Key, "sentence") || strings.HasSuffix(c.About.Key, "matrix"); !named && (!hangul.MatchString(text) || text == english[id]) {
				t.Errorf("%s, %s: %q, in English %q", tag, of.ID, text, english[id])
			}
		})
	}
	if len(english) < 20 {
		t.Errorf("%d cases", len(english))
	}
}

// The mistakes are those of the report on the grader, written here once more: they must fail in
// every hidden case.
func TestMistakesThatPassedNoLongerDo(t *testing.T) {
	type matrix = [][]float64
	reported := map[string]any{
		"gradients": func(deltas, states matrix, h0 []float64, words []int, vocabulary int) (dW, dU matrix) { // max(words)+1 columns, = for +=
			for range h0 {
				dU = append(dU, make([]float64, slices.Max(words)+1))
			}
			return nil, dU
		},
		"truncated": func(W, V, states, errors matrix, k int) (all matrix) { // pieces from the end
			for to := len(states); to > 0; to -= k {
				from := max(0, to-k)
				piece := nets.Back(V, states[from:to], errors[from:to], func(_ int, later []float64) []float64 { return nets.Product(nets.Transposed(W), later) }, nets.Slope)
				all = append(piece, all...)
			}
			return all
		},
		"train": func(U, W, V matrix, h0 []float64, words, targets []int, rate float64, updates int) []float64 { // never updated
			_, _, loss := nets.Problem{Net: nets.Net{U: U, W: W, V: V}, H0: h0, Words: words, Targets: targets}.Run()
			return slices.Repeat([]float64{loss}, updates)
		},
	}
	draws(40, func(task Task, of Check, c Case) {
		mistake := reported[task.ID]
		if mistake == nil || !of.Hidden || slices.Contains(c.Blind, "hint.truncated.end") {
			return
		}
		if results, ok := (check.KnownMistake{Function: mistake}).Call(c.In); ok && slices.Contains(c.Right(results), true) {
			t.Errorf("%s, %s: the mistake gets %v", of.ID, c.About, c.Right(results))
		}
	})
}

// zeros returns a value of the same shape, with zeros.
func zeros(v reflect.Value) reflect.Value {
	if v.Kind() != reflect.Slice {
		return reflect.Zero(v.Type())
	}
	all := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
	for i := range v.Len() {
		all.Index(i).Set(zeros(v.Index(i)))
	}
	return all
}

// A function that returns zeros, or an argument, gets no points in any task.
func TestAFunctionThatDoesNothingEarnsNothing(t *testing.T) {
	for _, a := range All {
		for _, task := range a.Tasks {
			for name, choose := range map[string]func(c Case, want any) any{
				"zeros": func(c Case, want any) any { return zeros(reflect.ValueOf(want)).Interface() },
				"the first argument of the type": func(c Case, want any) any {
					for _, argument := range c.In {
						if reflect.TypeOf(argument) == reflect.TypeOf(want) {
							return argument
						}
					}
					return reflect.Zero(reflect.TypeOf(want)).Interface()
				},
				"the last argument of the type": func(c Case, want any) any {
					for _, argument := range slices.Backward(c.In) {
						if reflect.TypeOf(argument) == reflect.TypeOf(want) {
							return argument
						}
					}
					return reflect.Zero(reflect.TypeOf(want)).Interface()
				},
				"nothing":           func(c Case, want any) any { return reflect.Zero(reflect.TypeOf(want)).Interface() },
				"its own arguments": nil,
			} {
				var cases []Case
				var results [][]any
				for _, check := range task.Checks {
					cases = append(cases, check.Cases(rand.New(rand.NewPCG(1, 19)))...)
				}
				for _, c := range cases {
					var got []any
					for i, want := range c.Want {
						switch {
						case choose != nil:
							got = append(got, choose(c, want))
						case i < len(c.In) && reflect.TypeOf(c.In[i]) == reflect.TypeOf(want):
							got = append(got, c.In[i])
						default:
							got = append(got, zeros(reflect.ValueOf(want)).Interface())
						}
					}
					results = append(results, got)
				}
				for _, v := range check.Score(cases, results) {
					if v.Share > 0 {
						t.Errorf("%s, %s, %s: a function that returns %s earns %v", a.Name, task.ID, v.About, name, v.Share)
					}
				}
			}
		}
	}
}

// The functions of the reference are right, and an earlier task has one if a later one calls it.
func TestTheReferenceIsRight(t *testing.T) {
	tasks := map[string]Task{}
	for _, a := range All {
		for _, task := range a.Tasks {
			for _, id := range task.Calls {
				if earlier, ok := tasks[id]; !ok || reference.Functions[earlier.Signature.Name] == nil {
					t.Errorf("%s calls %s, which is no earlier task of %s with a function of the reference", task.ID, id, a.Name)
				}
			}
			tasks[task.ID] = task
		}
		clear(tasks)
	}
	draws(5, func(task Task, _ Check, c Case) {
		function := reference.Functions[task.Signature.Name]
		if function == nil {
			return
		}
		results, ok := (check.KnownMistake{Function: function}).Call(c.In)
		if !ok {
			t.Fatalf("the %s of the reference panics", task.Signature.Name)
		}
		if v := c.Compare(results); !v.IsRight() {
			t.Errorf("the %s of the reference: %s: %s", task.Signature.Name, v.About, v.Text)
		}
	})
}

// Each result has a share of the points, and all are 1 together.
func TestSharesAreOneTogether(t *testing.T) {
	draws(1, func(task Task, check Check, c Case) {
		sum := 0.0
		for _, r := range c.Results {
			sum += r.Share
		}
		one := len(c.Results) == 0 && len(c.Want) == 1
		if !one && (math.Abs(sum-1) > 1e-12 || len(c.Results) != len(c.Want)) || len(c.Want) != len(task.Signature.Out) {
			t.Errorf("%s: %d results have shares of %v together", check.ID, len(c.Results), sum)
		}
	})
}

// Each case is a1 solved, with a change, the fair points for each task, and a part of the
// first failure.
func TestPointsAreFair(t *testing.T) {
	for name, c := range map[string]struct {
		change map[string]string
		want   map[string]float64
		first  string
	}{
		"all right":                {nil, map[string]float64{"one-hot": 3, "product": 4, "step": 6, "forward": 7}, ""},
		"nothing":                  {map[string]string{"one-hot": "", "product": "", "step": "", "forward": ""}, map[string]float64{"one-hot": 0, "product": 0, "step": 0, "forward": 0}, "one-hot-example: not answered: no cell declares func oneHot"},
		"a helper that fails":      {map[string]string{"product": "func times(M [][]float64, x []float64) []float64 {\n\treturn M\n}"}, map[string]float64{"one-hot": 3, "product": 0, "step": 6, "forward": 7}, "product-example: does not compile: cell product, line 2: cannot use M"},
		"the memory is forgotten":  {map[string]string{"step": "import \"math\"\n\nfunc step(U, W [][]float64, x, h []float64) []float64 {\n\ta := times(U, x)\n\tfor i := range a {\n\t\ta[i] = math.Tanh(a[i])\n\t}\n\treturn a\n}"}, map[string]float64{"one-hot": 3, "product": 4, "step": 1, "forward": 7}, "step-example: wrong value: entry [0] is 0.0997, expected 0.3303 (relative error 0.7). That is tanh(Ux): did you add Wh?"},
		"the example by heart":     {map[string]string{"one-hot": "func oneHot(n, i int) []float64 { return []float64{0, 1, 0} }", "forward": ""}, map[string]float64{"one-hot": 1, "product": 4, "step": 6, "forward": 0}, "one-hot-hidden: wrong shape"},
		"a loop without an end":    {map[string]string{"one-hot": "func oneHot(n, i int) []float64 {\n\tfor n > 3 {\n\t}\n\tx := make([]float64, n)\n\tx[i] = 1\n\treturn x\n}", "forward": "", "step": ""}, map[string]float64{"one-hot": 1, "product": 4, "step": 0, "forward": 0}, "one-hot-hidden: no answer in time"},
		"a panic for large inputs": {map[string]string{"product": "func times(M [][]float64, x []float64) []float64 {\n\ty := make([]float64, min(2, len(M)))\n\tfor i := range M {\n\t\tfor j := range x {\n\t\t\ty[i] += M[i][j] * x[j]\n\t\t}\n\t}\n\treturn y\n}", "step": "", "forward": ""}, map[string]float64{"one-hot": 3, "product": 1, "step": 0, "forward": 0}, "panicked: cell product, line 5: panic: runtime error: index out of range [2] with length 2"},
		"NaN":                      {map[string]string{"product": "import \"math\"\nfunc times(M [][]float64, x []float64) []float64 {\n\ty := make([]float64, len(M))\n\tfor i := range y {\n\t\ty[i] = math.NaN()\n\t}\n\treturn y\n}", "step": "", "forward": ""}, map[string]float64{"one-hot": 3, "product": 0, "step": 0, "forward": 0}, "product-example: not a number: entry [0] is NaN"},
		"nil":                      {map[string]string{"product": "func times(M [][]float64, x []float64) []float64 { return nil }", "step": "", "forward": ""}, map[string]float64{"one-hot": 3, "product": 0, "step": 0, "forward": 0}, "product-example: wrong shape: it is nil, expected 2 entries"},
		"aliased rows":             {map[string]string{"forward": strings.Replace(solved["forward"], "h = step(U, W, oneHot(len(U[0]), word), h)", "next := step(U, W, oneHot(len(U[0]), word), h)\n\t\tif len(hs) > 0 {\n\t\t\tcopy(h, next)\n\t\t} else {\n\t\t\th = next\n\t\t}", 1)}, map[string]float64{"one-hot": 3, "product": 4, "step": 6, "forward": 1 + 4*0.5 + 1}, "forward-example: wrong value: all ŷ are right, h_2 is right, h_1 is not. h_1: entry [0] is 0.3303, expected 0.4621"},
		"an input is changed":      {map[string]string{"step": strings.Replace(solved["step"], "a, b := times(W, h), times(U, x)", "a, b := times(W, h), times(U, x)\n\th[0] = 0", 1), "forward": ""}, map[string]float64{"one-hot": 3, "product": 4, "step": 6, "forward": 0}, "forward-example: not answered"},
		"gonum":                    {map[string]string{"product": "import \"gonum.org/v1/gonum/mat\"\n\nfunc times(M [][]float64, x []float64) []float64 {\n\tvar y []float64\n\tfor _, row := range M {\n\t\ty = append(y, mat.Dot(mat.NewVecDense(len(row), row), mat.NewVecDense(len(x), x)))\n\t}\n\treturn y\n}"}, map[string]float64{"one-hot": 3, "product": 4, "step": 6, "forward": 7}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sources := map[string]string{}
			for id, source := range solved {
				sources[id] = source
			}
			for id, source := range c.change {
				sources[id] = source
			}
			points, first := byTask(results(t, sources, nil, "key"))
			for task, want := range c.want {
				if math.Abs(points[task]-want) > 1e-12 {
					t.Errorf("%s: %v points, want %v (%s)", task, points[task], want, first)
				}
			}
			if !strings.Contains(first, c.first) || c.first == "" && first != "" {
				t.Errorf("the first failure is %q, want %q", first, c.first)
			}
		})
	}
}

// An argument that was changed costs points where the task asks that it stays as it is, and only
// there.
func TestAChangedArgumentCountsWhereTheTaskForbidsIt(t *testing.T) {
	c := Case{Want: []any{1.0}}
	for name, task := range map[string]Task{"a1's step": A1.Tasks[2], "a2's score gradient": A2.Tasks[2], "a4's update": A4.Tasks[0], "a4's training loop": A4.Tasks[3]} {
		v := task.Judge(c, []any{1.0}, []int{1})
		if forbidden := strings.HasPrefix(name, "a4"); (v.Kind == "input was changed") != forbidden || !forbidden && !v.IsRight() {
			t.Errorf("%s: %+v", name, v)
		}
		if v := task.Judge(c, []any{2.0}, []int{1}); v.Kind != "wrong value" {
			t.Errorf("%s, and it is wrong: %+v", name, v)
		}
	}
}

func TestAnUnchangedCellIsNotAnswered(t *testing.T) {
	checks := results(t, solved, map[string]bool{"one-hot": true}, "key")
	points, first := byTask(checks)
	if points["one-hot"] != 0 || points["forward"] != 7 || !strings.Contains(first, "not answered: the cell one-hot is unchanged") {
		t.Errorf("%v, %s", points, first)
	}
}

// The nets of the hidden checks depend on the key alone.
func TestHiddenChecksAreDrawnFromTheKey(t *testing.T) {
	draw := func(key string) []string { return A1.Inputs([]byte(key)) }
	if a, b := draw("one"), draw("one"); !slices.Equal(a, b) {
		t.Error("the same key draws different nets")
	}
	if a, b := draw("one"), draw("two"); slices.Equal(a, b) {
		t.Error("two keys draw the same nets")
	}
}
