package kernel

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"strconv"
	"testing"
)

var functionsByName = map[string]func(dst, src []float64){"tanh": Tanh, "sigmoid": Sigmoid, "exp": Exp}

// The bounds are those that the documentation of Tanh, Sigmoid and Exp states.
func TestFunctionsAreAsAccurateAsTheySay(t *testing.T) {
	bounds := map[string][2]float64{"tanh": {2, 1.3}, "sigmoid": {2, 2}, "exp": {1.2, 1}} // Portable, AVX2 and AVX512
	data, err := os.ReadFile("testdata/functions.json")
	if err != nil {
		t.Fatal(err)
	}
	var table map[string][][3]string // x, and two numbers whose sum is the value
	if err := json.Unmarshal(data, &table); err != nil {
		t.Fatal(err)
	}
	atEachLevel(t, func(t *testing.T) {
		for name, f := range functionsByName {
			rows := table[name]
			if name == "exp" && level == Portable { // math.Exp in assembly is +Inf from 709.44 on
				rows = slices.DeleteFunc(slices.Clone(rows), func(row [3]string) bool { return number(t, row[0]) > 709.43 })
			}
			if len(rows) < 1000 {
				t.Fatalf("%s: there are %d values", name, len(rows))
			}
			x := make([]float64, len(rows))
			for i := range rows {
				x[i] = number(t, rows[i][0])
			}
			y := make([]float64, len(x))
			f(y, x)
			worst, at := 0.0, 0.0
			for i := range rows {
				high, low := number(t, rows[i][1]), number(t, rows[i][2])
				ulp := math.Nextafter(math.Abs(high), math.Inf(1)) - math.Abs(high)
				if e := math.Abs((y[i]-high)-low) / ulp; !(e <= worst) {
					worst, at = e, x[i]
				}
			}
			bound := bounds[name][0]
			if level > Portable {
				bound = bounds[name][1]
			}
			t.Logf("%s: at most %.2f units in the last place, at %v", name, worst, at)
			if !(worst <= bound) {
				t.Errorf("%s is wrong by %.2f units in the last place at %v, at most %v are documented", name, worst, at, bound)
			}
		}
	})
}

func number(t *testing.T, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestFunctionsOfNumbersAtTheEnds(t *testing.T) {
	inf, nan, zero := math.Inf(1), math.NaN(), math.Copysign(0, -1)
	tests := []struct {
		name    string
		x, want float64
	}{
		{"tanh", 0, 0}, {"tanh", zero, zero}, {"tanh", inf, 1}, {"tanh", -inf, -1}, {"tanh", nan, nan},
		{"tanh", 1e308, 1}, {"tanh", -1e308, -1}, {"tanh", 5e-324, 5e-324}, {"tanh", -5e-324, -5e-324}, {"tanh", 20, 1},
		{"sigmoid", 0, 0.5}, {"sigmoid", zero, 0.5}, {"sigmoid", inf, 1}, {"sigmoid", -inf, 0}, {"sigmoid", nan, nan},
		{"sigmoid", 1e308, 1}, {"sigmoid", -1e308, 0}, {"sigmoid", 40, 1}, {"sigmoid", -800, 0},
		{"exp", 0, 1}, {"exp", zero, 1}, {"exp", inf, inf}, {"exp", -inf, 0}, {"exp", nan, nan},
		{"exp", 710, inf}, {"exp", 1e308, inf}, {"exp", -746, 0}, {"exp", -1e308, 0},
		// e⁻⁷⁴⁵ = 4.994e-324 is rounded to the smallest number, 4.941e-324.
		{"exp", -745, 5e-324},
	}
	atEachLevel(t, func(t *testing.T) {
		for _, test := range tests {
			if level == Portable && test.x == -745 { // math.Exp in assembly for ARM is 0
				continue
			}
			for n := 1; n <= 17; n++ { // in each lane, with and without a rest
				for place := range n {
					x, y := make([]float64, n), make([]float64, n)
					x[place] = test.x
					functionsByName[test.name](y, x)
					if got := y[place]; math.Float64bits(got) != math.Float64bits(test.want) && !(math.IsNaN(got) && math.IsNaN(test.want)) {
						t.Fatalf("%s(%v) is %v, want %v (number %d of %d)", test.name, test.x, got, test.want, place+1, n)
					}
				}
			}
		}
	})
}

func TestAVX2AndAVX512HaveTheSameBits(t *testing.T) {
	if level < AVX512 {
		t.Skipf("the highest level here is %v", level)
	}
	defer func() { level = AVX512 }()
	var x []float64
	for v := -760.0; v < 760; v += 0.037 {
		x = append(x, v, v/100, math.Ldexp(v, -1060))
	}
	for name, f := range functionsByName {
		low, high := make([]float64, len(x)), make([]float64, len(x))
		level = AVX2
		f(low, x)
		level = AVX512
		f(high, x)
		for i := range x {
			if low[i] != high[i] {
				t.Errorf("%s(%v) is %v with AVX2 and %v with AVX-512", name, x[i], low[i], high[i])
				break
			}
		}
	}
}
