package engine

import (
	"os"
	"testing"

	"rnn101/internal/live/program"
)

func TestTry(t *testing.T) {
	for _, src := range []string{"%%\nfmt.Println(math.Sqrt(2))", "func f() { panic(\"x\") }\n%%\nf()", "%%\nx := 1", "%%\nvar a []int\n_ = a[3]", "%%\ngo func() { panic(\"in go\") }()\ntime.Sleep(1e9)", "func init_x() { fmt.Println(\"init\") }\nvar a = 3\n%%\nfmt.Println(a)\nshow.Matrix(\"a\", [][]float64{{1,2}})", "%%\nshow.Product(\"a\", []float64{1}, \"b\", [][]float64{{1,2}}, \"c\", []float64{1})", "import \"net/http\"\n%%\nhttp.Get(\"\")", "func main() {\n\tfmt.Println(1)\n}", "%%\nfor i := range 3 {\n fmt.Println(i", "!ls\n%%\n"} {
		t.Logf("%q: %+v", src, Run([]program.Cell{{ID: "a", Source: src}}, os.Stdout))
	}
}
