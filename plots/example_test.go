package plots_test

import (
	"fmt"
	"log"
	"math"
	"os"
	"path/filepath"

	"rnn101/data"
	"rnn101/plots"
)

// The numbers here are the lecture's, unless an example says otherwise: two pairs of
// words, "baseball bat" and "vampire bat", and a net with a hidden state of two
// entries.

// A chart is drawn from plain numbers and saved as a PNG or an SVG.
func Example() {
	figure, err := plots.Loss(plots.LossOptions{},
		plots.Curve{Name: "both pairs", Values: []float64{4.771043, 4.178943, 3.600121}})
	if err != nil {
		log.Fatal(err)
	}
	png, err := figure.PNG()
	if err != nil {
		log.Fatal(err)
	}
	dir, err := os.MkdirTemp("", "plots")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	if err := os.WriteFile(filepath.Join(dir, "loss.png"), png, 0o644); err != nil {
		log.Print(err)
	}
	width, height := figure.Size()
	fmt.Printf("%s (%v by %v CSS pixels)\n", figure.Title(), width, height)
	// Output: The loss falls from 4.77 to 3.60 in 2 steps (700 by 400 CSS pixels)
}

// The probabilities of the four outputs after each word of the first pair. To save
// the chart, write what figure.PNG() returns to a file.
func ExampleBars() {
	figure, err := plots.Bars(
		[]string{"야구 (baseball)", "흡혈 (blood-sucking)", "방망이 (bat, the club)", "박쥐 (bat, the animal)"},
		plots.Series{Name: "after baseball", Values: []float64{0.349044, 0.181492, 0.278430, 0.191034}},
		plots.Series{Name: "after baseball bat", Values: []float64{0.276379, 0.211412, 0.265041, 0.247168}},
	)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(figure.Title())
	fmt.Println(figure.Alt())
	// Output:
	// after baseball: 야구 is most likely, 0.3490
	// after baseball bat: 야구 is most likely, 0.2764
	// Bar chart of probabilities. after baseball: 야구 (baseball) 0.3490, 흡혈 (blood-sucking) 0.1815, 방망이 (bat, the club) 0.2784, 박쥐 (bat, the animal) 0.1910. after baseball bat: 야구 (baseball) 0.2764, 흡혈 (blood-sucking) 0.2114, 방망이 (bat, the club) 0.2650, 박쥐 (bat, the animal) 0.2472.
}

// The first five steps of gradient descent on both pairs, and the bound that no net
// without memory can go below. To save the chart, write what figure.PNG() returns to
// a file.
func ExampleLoss() {
	figure, err := plots.Loss(
		plots.LossOptions{LogY: true, Floor: 1.386294, FloorName: "2·ln 2"},
		plots.Curve{Name: "both pairs", Values: []float64{4.771043, 4.178943, 3.600121, 3.155270, 2.778683, 2.442818}},
	)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(figure.Title())
	fmt.Println(figure.Alt())
	// Output:
	// The loss falls from 4.77 to 2.44 in 5 steps
	// Line chart of the loss, on a logarithmic axis, against the steps of training. both pairs: the loss falls from 4.77 to 2.44 in 5 steps. On the way: 4.18 after 1. A dotted line marks 2·ln 2 at 1.39.
}

// The hidden states of the first pair after 0, 1, 10 and 1000 steps of training. They
// go to corners of the square. To save the chart, write what figure.PNG() returns to a
// file.
func ExampleHiddenPlane() {
	figure, err := plots.HiddenPlane(
		plots.StatePath{Name: "baseball", Points: [][2]float64{{0.4621, -0.2913}, {0.5989, -0.4503}, {0.8384, -0.8743}, {0.9361, -0.9793}}},
		plots.StatePath{Name: "baseball bat", Points: [][2]float64{{0.3303, 0.1906}, {0.4717, 0.1799}, {0.9493, 0.8003}, {0.9891, 0.9703}}},
	)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(figure.Alt())
	// Output: The plane of the two entries of the hidden state, from −1 to 1. A path for each state while the net learns. baseball goes from (0.46, −0.29) to (0.94, −0.98). baseball bat goes from (0.33, 0.19) to (0.99, 0.97).
}

// What the last loss of the four words "baseball bat vampire bat" contributes to
// ∂L/∂W, by the distance in time. To save the chart, write what figure.PNG() returns to
// a file.
func ExampleGradientNorms() {
	figure, err := plots.GradientNorms(
		plots.Distance{Name: "∂L₄/∂W", Norms: []float64{0.247549, 0.039289, 0.030916}})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(figure.Title())
	fmt.Println(figure.Alt())
	// Output:
	// 2 steps back the norm has fallen from 0.25 to 0.0309
	// Line chart of the norm of a gradient, on a logarithmic axis, against the steps back in time. ∂L₄/∂W: from 0.25 at distance 0 to 0.0309 at distance 2.
}

// The matrix U, with a frame around the column that a one-hot vector for "bat" picks.
// To save the chart, write what figure.PNG() returns to a file.
func ExampleGrid() {
	U, _, _ := data.LectureWeights()
	figure, err := plots.Grid(U, plots.GridOptions{
		Title:     "U",
		Columns:   data.InputWords(),
		Numbers:   true,
		Highlight: [][2]int{{0, 2}, {1, 2}},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(figure.Alt())
	// Output: U: a grid of coloured squares in 2 rows. Columns: baseball, vampire, bat. row 1: 0.5000, −0.4000, 0.1000. row 2: −0.3000, 0.6000, 0.2000. Framed squares, by row and column: (1, 3), (2, 3).
}

// The entry W₁₂ of the gradient of "vampire bat" after "baseball bat": from L₁, from
// L₂ through the older copy of W, and from L₂ directly. To save the chart, write what
// figure.PNG() returns to a file.
func ExamplePathsMap() {
	figure, err := plots.PathsMap([][]float64{
		nil, // there is no step 0
		{0, 0.076209},
		{0, -0.002661, 0.118759},
	}, "W₁₂")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(figure.Title())
	fmt.Println(figure.Alt())
	// Output:
	// Entry W₁₂ of each cell; the sum is 0.1923
	// Table of paths for the entry W₁₂: a row for each loss, a column for each copy of W; nothing above the diagonal. L₁: W⁽¹⁾ 0.0762. L₂: W⁽¹⁾ −0.0027, W⁽²⁾ 0.1188. The sum of all is 0.1923.
}

// The net on the first pair, with its hidden states. To save the chart, write what
// figure.PNG() returns to a file.
func ExampleUnrolled() {
	figure, err := plots.Unrolled([]float64{0, 0}, []plots.UnrolledStep{
		{Input: "baseball", H: []float64{0.462117, -0.291313}, Target: "야구"},
		{Input: "bat", H: []float64{0.330250, 0.190618}, Target: "방망이"},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(figure.Title())
	fmt.Println(figure.Alt())
	// Output:
	// One net, drawn once for each of 2 steps
	// The recurrent net unrolled over 2 steps. At each step an arrow U leads from the input up to the hidden state, an arrow W from the hidden state before it, and an arrow V up to the output. U, W and V are the same at each step. h₀ = (0, 0). Step 1 reads baseball, its target is 야구. h₁ = (0.4621, −0.2913). Step 2 reads bat, its target is 방망이. h₂ = (0.3302, 0.1906).
}

// How the loss of the second step reaches both copies of W. To save the chart, write
// what figure.PNG() returns to a file.
func ExampleRoutes() {
	figure, err := plots.Routes(2, 2, 0)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(figure.Title())
	fmt.Println(figure.Alt())
	// Output:
	// From the loss L₂ back to every copy of W
	// The net unrolled over 2 steps, with the paths on which the loss L₂ reaches the copies of W. Path direct: by ŷ₂, h₂ to W⁽²⁾. Path indirect, back through h₁: by ŷ₂, h₂, h₁ to W⁽¹⁾.
}

// Four steps with the gradient cut after every two. To save the chart, write what
// figure.PNG() returns to a file.
func ExampleTruncated() {
	figure, err := plots.Truncated(4, 2)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(figure.Title())
	fmt.Println(figure.Alt())
	// Output:
	// The gradient is cut after every 2 steps; the values are not
	// The net unrolled over 4 steps. Grey arrows lead forward from each state to the next, dashed ones carry the gradient back. Between h₂ and h₃ the value goes on, the gradient stops.
}

// How much of ∂L/∂W is lost on the four words "baseball bat vampire bat" when each
// loss goes back only so many steps. With three steps nothing is: the fourth would
// multiply h₀, which is zero. To save the chart, write what figure.PNG() returns to a
// file.
func ExampleTruncationError() {
	figure, err := plots.TruncationError(
		plots.Line{Name: "four words", X: []float64{1, 2, 3, 4}, Y: []float64{0.371537, 0.104056, 0, 0}})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(figure.Title())
	fmt.Println(figure.Alt())
	// Output:
	// four words: an error under a tenth from 3 steps on
	// Line chart of the relative error of a truncated gradient against the steps that it goes back. four words: 0.37 at 1, 0.10 at 2, 0 at 3, 0 at 4.
}

// How far back a plain RNN and an LSTM remember one of four symbols, as measured in
// notebook 11. To save the chart, write what figure.PNG() returns to a file.
func ExampleSuccess() {
	gap := []float64{5, 10, 20, 40, 80}
	figure, err := plots.Success(0.25,
		plots.Line{Name: "plain RNN", X: gap, Y: []float64{1, 1, 0.92, 0.41, 0.38}},
		plots.Line{Name: "LSTM", X: gap, Y: []float64{1, 1, 1, 1, 1}})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(figure.Title())
	fmt.Println(figure.Alt())
	// Output:
	// plain RNN remembers over 10 steps
	// LSTM remembers over all 80 steps
	// Line chart of the share of right answers against the steps between question and answer. plain RNN: 1.00 at 5, 1.00 at 10, 0.92 at 20, 0.41 at 40, 0.38 at 80. LSTM: 1.00 at 5, 1.00 at 10, 1.00 at 20, 1.00 at 40, 1.00 at 80. A dotted line marks guessing at 0.25.
}

// A character language model beside counts of pairs and triples of characters, as
// measured in notebook 12. To save the chart, write what figure.PNG() returns to a
// file.
func ExamplePerplexity() {
	figure, err := plots.Perplexity(
		[]plots.Level{{Name: "bigram", Value: 11.6}, {Name: "trigram", Value: 7.14}},
		plots.Line{Name: "GRU", X: []float64{0, 80000, 320000, 960000}, Y: []float64{91.7, 10.1, 6.63, 5.60}})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(figure.Title())
	fmt.Println(figure.Alt())
	// Output:
	// GRU ends at a perplexity of 5.60
	// Line chart of the perplexity on text not trained on, on a logarithmic axis, against the characters read in training. GRU: 91.7 at 0, 10.1 at 80000, 6.63 at 320000, 5.60 at 960000. A dotted line marks bigram at 11.6. A dotted line marks trigram at 7.14.
}

// Sunspots a year, and the forecast that any net must beat: the value of the year
// before. To save the chart, write what figure.PNG() returns to a file.
func ExampleForecast() {
	figure, err := plots.Forecast(
		plots.ForecastOptions{Title: "Sunspots, one year ahead", Y: "spots", Begin: 2006},
		plots.Line{Name: "observed", X: []float64{2004, 2005, 2006, 2007, 2008}, Y: []float64{40.4, 29.8, 15.2, 7.5, 2.9}},
		plots.Line{Name: "persistence", X: []float64{2006, 2007, 2008}, Y: []float64{29.8, 15.2, 7.5}})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(figure.Alt())
	// Output: Sunspots, one year ahead: line chart of a series and of forecasts. A dotted line at 2006 marks where the forecast begins. observed: 40.4 at 2004, 29.8 at 2005, 15.2 at 2006, 7.50 at 2007, 2.90 at 2008. persistence: 29.8 at 2006, 15.2 at 2007, 7.50 at 2008.
}

// The eigenvalues of W, 0.45 ± √−0.0575, and those of 2W. To save the chart, write
// what figure.PNG() returns to a file.
func ExampleSpectrum() {
	figure, err := plots.Spectrum(
		plots.Eigenvalues{Name: "W", Values: []complex128{0.45 + 0.239792i, 0.45 - 0.239792i}},
		plots.Eigenvalues{Name: "2W", Values: []complex128{0.9 + 0.479583i, 0.9 - 0.479583i}})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(figure.Title())
	fmt.Println(figure.Alt())
	// Output:
	// W: 0 of 2 eigenvalues lie outside of the circle
	// 2W: 2 of 2 eigenvalues lie outside of the circle
	// Eigenvalues on the complex plane, with the circle of radius 1. W: 2 eigenvalues, the largest of size 0.51, 0 of them outside of the circle. 2W: 2 eigenvalues, the largest of size 1.02, 2 of them outside of the circle.
}

// The norms of the parts of ∂L/∂W on the four words "baseball bat vampire bat": from
// the loss of each step through the copy of W of each step up to it. To save the chart,
// write what figure.PNG() returns to a file.
func ExampleHeatMap() {
	figure, err := plots.HeatMap([][]float64{
		{0},
		{0, 0.111054},
		{0, 0.088509, 0.152504},
		{0, 0.030916, 0.039289, 0.247549},
	}, plots.HeatOptions{Title: "Parts of the gradient", X: "copy of W", Y: "loss", Floor: 0.01})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(figure.Alt())
	// Output: Parts of the gradient: a heat map on a logarithmic scale from 0.0100 to 0.25. Rows: loss. Columns: copy of W. In the last row: 0 at 0, 0.0309 at 1, 0.25 at 3.
}

// The beginning of the Ode to Joy, with the last four notes as those of a net. To save
// the chart, write what figure.PNG() returns to a file.
func ExamplePianoRoll() {
	var tones []plots.Tone
	for i, pitch := range []int{64, 64, 65, 67, 67, 65, 64, 62, 60, 60, 62, 64} {
		tones = append(tones, plots.Tone{Start: float64(i), Length: 1, Pitch: pitch})
	}
	figure, err := plots.PianoRoll("Ode to Joy", tones, 8)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(figure.Alt())
	// Output: Ode to Joy: a piano roll of 12 tones, time to the right, pitch upwards. Given, in blue: E4 E4 F4 G4 G4 F4 E4 D4. Written by the net, in orange: C4 C4 D4 E4.
}

// The loss of a net at each character: −ln of the probability that it gave to it, here
// 1/8, 1/2, 1, 1, 1/4, 1/2 and 1/2. To save the chart, write what figure.PNG() returns
// to a file.
func ExampleLetters() {
	figure, err := plots.Letters("the bat", []float64{2.0794, 0.6931, 0, 0, 1.3863, 0.6931, 0.6931},
		plots.LettersOptions{Title: "Where the net is surprised", What: "loss in nats"})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(figure.Alt())
	// Output: Where the net is surprised. Each character of the text “the bat” is coloured by its number (loss in nats): 0.79 on average, highest 2.08 at 't', character 1.
}

func ExamplePitchName() {
	fmt.Println(plots.PitchName(60), plots.PitchName(69))
	// Output: C4 A4
}

// A character that the font lacks is an error: it would be missing in the image.
func ExampleUnwritableError() {
	_, err := plots.Bars([]string{"野球"}, plots.Series{Name: "after baseball", Values: []float64{1}})
	fmt.Println(err)
	// Output: plots: the font has no character '野' (U+91CE), in the text "after baseball: 野球 is most likely, 1.0000": write that text with Latin or Greek letters or with everyday Hangul (KS X 1001)
}

// The loss of a right word by its probability, with the net's points after the first
// word. To save the chart, write what figure.PNG() returns to a file.
func ExampleCurves() {
	curve := plots.Line{Name: "−log p"}
	for i := range 20 {
		p := float64(i+1) / 20
		curve.X, curve.Y = append(curve.X, p), append(curve.Y, -math.Log(p))
	}
	figure, err := plots.Curves(plots.CurvesOptions{
		Title: "A net that is sure of the right word loses little", X: "probability", Y: "loss",
		Points: []plots.Point{{Name: "야구", X: 0.349044, Y: 1.052557}, {Name: "박쥐", X: 0.191034, Y: 1.655304}},
	}, curve)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(figure.Alt())
	// Output:
	// A net that is sure of the right word loses little: line chart, probability to the right, loss upwards. −log p: 3.00 at 0.0500, 1.39 at 0.25, 0.69 at 0.50, 0.29 at 0.75, 0 at 1. The point 야구 is at (0.35, 1.05). The point 박쥐 is at (0.19, 1.66).
}

// How far the output is from the target after the first word. To save the chart, write
// what figure.PNG() returns to a file.
func ExampleSignedBars() {
	figure, err := plots.SignedBars("Only the target is to grow", "ŷ − y", data.OutputWords(),
		plots.Series{Name: "after baseball", Values: []float64{-0.650956, 0.181492, 0.278430, 0.191034}})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(figure.Alt())
	// Output:
	// Only the target is to grow: bar chart of ŷ − y, up from zero where positive, down where negative. after baseball: 야구 −0.6510, 흡혈 0.1815, 방망이 0.2784, 박쥐 0.1910.
}

// The second step of the first pair on the plane of the state. To save the chart, write
// what figure.PNG() returns to a file.
func ExampleStateSteps() {
	figure, err := plots.StateSteps("The second step turns, shifts and squashes the state", plots.StateWalk{
		Name:   "baseball bat",
		Points: []plots.Point{{Name: "h₁", X: 0.462117, Y: -0.291313}, {Name: "W h₁", X: 0.043, Y: -0.107}, {Name: "a₂", X: 0.343, Y: 0.193}},
		Arrows: []string{"W", "+ U x₂"},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(figure.Alt())
	// Output:
	// The second step turns, shifts and squashes the state: the plane of the two entries of the hidden state, with arrows. baseball bat: from h₁ at (0.46, −0.29), then by W to W h₁ at (0.04, −0.11), then by + U x₂ to a₂ at (0.34, 0.19).
}

// A chart that moves: a line grows by a point a frame, on the same axes. To save it,
// write what animation.GIF() returns to a file.
func ExampleAnimate() {
	var frames []*plots.Figure
	for n := 2; n <= 4; n++ {
		frame, err := plots.Curves(plots.CurvesOptions{Title: "The loss falls", X: "step", Y: "loss",
			Include: []plots.Point{{X: 3}}},
			plots.Line{Name: "loss", X: []float64{0, 1, 2, 3}[:n], Y: []float64{4.77, 4.18, 3.60, 3.16}[:n]})
		if err != nil {
			log.Fatal(err)
		}
		frames = append(frames, frame)
	}
	animation, err := plots.Animate(frames, 2)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(animation.Alt())
	// Output:
	// The loss falls: line chart, step to the right, loss upwards. loss: 4.77 at 0, 4.18 at 1, 3.60 at 2, 3.16 at 3. An animation of 3 pictures, which plays once, leads to this last one.
}
