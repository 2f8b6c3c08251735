package safetensors_test

import (
	"bytes"
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"rnn101/rnnkit"
	"rnn101/rnnkit/internal/rnntest"
	"rnn101/rnnkit/safetensors"
	"rnn101/rnnkit/text"
)

// stored writes a net into memory.
func stored(t testing.TB, net *rnnkit.RNN, in, out *text.Vocabulary) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := safetensors.Write(&b, net, in, out); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func manyNets() []*rnnkit.RNN {
	var all []*rnnkit.RNN
	for _, o := range rnntest.Options(3) {
		all = append(all, o.Net)
	}
	learned := rnnkit.New(rnnkit.LSTM{}, 2, 3, 4).WithBiases()
	learned.Glorot(6)
	learned.H0 = []float64{1, 2, 3, 4, 5, 6}
	return append(all, learned)
}

func TestWhatIsSavedIsLoadedToTheBit(t *testing.T) {
	for _, net := range manyNets() {
		got, _, _, err := safetensors.Read(bytes.NewReader(stored(t, net, nil, nil)))
		if err != nil {
			t.Fatal(err)
		}
		if got.Cell != net.Cell || !mat.Equal(got.U, net.U) || !mat.Equal(got.W, net.W) || !mat.Equal(got.V, net.V) || !floats.Equal(got.H0, net.H0) {
			t.Errorf("a net with the cell %s comes back changed", net.Cell.Name())
		}
		for name, pair := range map[string][2]*mat.VecDense{"B": {got.B, net.B}, "C": {got.C, net.C}, "BW": {got.BW, net.BW}} {
			if (pair[0] == nil) != (pair[1] == nil) || pair[0] != nil && !mat.Equal(pair[0], pair[1]) {
				t.Errorf("%s of a net with the cell %s comes back changed", name, net.Cell.Name())
			}
		}
	}
}

func TestSaveReplacesTheFileAndKeepsTheWords(t *testing.T) {
	path := filepath.Join(t.TempDir(), "야구 방망이.safetensors")
	if err := safetensors.Save(path, rnntest.Lecture(), rnntest.Inputs, rnntest.Outputs); err != nil {
		t.Fatal(err)
	}
	trained := rnntest.Lecture()
	trained.Descend(rnnkit.NewGradient(trained), 1)
	trained.W.Set(0, 0, 0.75)
	if err := safetensors.Save(path, trained, rnntest.Inputs, rnntest.Outputs); err != nil {
		t.Fatal(err)
	}
	net, in, out, err := safetensors.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if net.W.At(0, 0) != 0.75 {
		t.Errorf("the file holds the first net")
	}
	if strings.Join(in.Tokens(), " ") != "baseball vampire bat" || strings.Join(out.Tokens(), " ") != "야구 흡혈 방망이 박쥐" {
		t.Errorf("the words are %v and %v", in.Tokens(), out.Tokens())
	}
	bad := rnntest.Lecture()
	bad.V.Set(0, 1, math.NaN())
	rnntest.WantError(t, "NaN", safetensors.Save(path, bad, nil, nil), "V", "row 1, column 2")
	rnntest.WantError(t, "a vocabulary of another size", safetensors.Save(path, rnntest.Lecture(), rnntest.Outputs, nil), "inputs", "4 tokens", "3")
	rnntest.WantError(t, "no folder", safetensors.Save(filepath.Join(path, "x"), rnntest.Lecture(), nil, nil), "saving")
	if again, _, _, err := safetensors.Load(path); err != nil || again.W.At(0, 0) != 0.75 {
		t.Errorf("after a save that failed the file is no longer what it was (%v)", err)
	}
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(left) != 1 {
		t.Errorf("beside the file stand %v (%v)", left, err)
	}
	_, _, _, err = safetensors.Load(path + " not there")
	rnntest.WantError(t, "no file", err, "not there")
}

// file makes a file of a header as text and numbers.
func file(header string, numbers ...float64) []byte {
	data := binary.LittleEndian.AppendUint64(nil, uint64(len(header)))
	data = append(data, header...)
	for _, v := range numbers {
		data = binary.LittleEndian.AppendUint64(data, math.Float64bits(v))
	}
	return data
}

func TestDamagedFilesAreRefusedAndSayWhy(t *testing.T) {
	whole := stored(t, rnntest.Lecture(), rnntest.Inputs, rnntest.Outputs)
	const metadata = `"__metadata__": {"format": "rnnkit", "version": "1", "cell": "rnn", "crc32": "0"}`
	one := `{"dtype": "F64", "shape": [1, 1], "data_offsets": [0, 8]}`
	for name, c := range map[string]struct {
		data []byte
		says string
	}{
		"empty":                    {nil, "first eight bytes"},
		"five bytes":               {whole[:5], "first eight bytes"},
		"cut in the header":        {whole[:40], "ends within the header"},
		"cut in the numbers":       {whole[:len(whole)-3], "need 144 bytes, the file has 141"},
		"too long":                 {append(append([]byte{}, whole...), 0), "or more"},
		"a flipped bit":            {flipped(whole, len(whole)-20), "checksum"},
		"no JSON":                  {file(`{"U": `), "not JSON"},
		"other names":              {file(`{"__metadata__": {"format": "pt"}, "weight_ih_l0": ` + one + `}`), `no matrix U: the names of the parameters must be U, W, V, B, C, BW and H0, it has ["weight_ih_l0"]`},
		"metadata of numbers":      {file(`{"__metadata__": {"epochs": 3}, "U": ` + one + `}`), "all its values must be strings"},
		"a vector for a matrix":    {file(`{"U": {"dtype": "F64", "shape": [1], "data_offsets": [0, 8]}}`), "the entry of U is no matrix"},
		"two blocks":               {file(`{"U": {"dtype": "F64", "shape": [2, 1]}, "W": {"dtype": "F64", "shape": [2, 1]}, "V": ` + one + `}`), "1, 3 or 4 square blocks"},
		"a later version":          {file(`{"__metadata__": {"format": "rnnkit", "version": "2"}}`), `version "2"`},
		"an unknown cell":          {file(`{"__metadata__": {"format": "rnnkit", "version": "1", "cell": "cnn"}, "U": ` + one + `, "W": ` + one + `, "V": ` + one + `}`), `"cnn"`},
		"no matrices":              {file(`{` + metadata + `}`), "no matrix U"},
		"a huge matrix":            {file(`{` + metadata + `, "U": {"shape": [1000000000, 1000000000]}}`), "1000000000×1000000000"},
		"a negative size":          {file(`{` + metadata + `, "U": {"shape": [-1, 1]}}`), "-1×1"},
		"a gigabyte promised":      {file(`{`+metadata+`, "U": {"dtype": "F64", "shape": [10000, 10000], "data_offsets": [0, 8]}, "W": {"dtype": "F64", "shape": [10000, 10000]}, "V": {"dtype": "F64", "shape": [1, 10000]}}`, 1), "need 1600080000 bytes, the file has 8"},
		"shapes that disagree":     {file(`{` + metadata + `, "U": {"shape": [2, 1]}, "W": {"shape": [2, 3]}, "V": {"shape": [1, 2]}}`), "do not fit"},
		"another type":             {file(`{`+metadata+`, "U": {"dtype": "BF16", "shape": [1, 1]}, "W": `+one+`, "V": `+one+`}`, 1, 2, 3), `"BF16": F64 and F32 can be read`},
		"an extra entry":           {file(`{`+metadata+`, "U": `+one+`, "W": `+one+`, "V": `+one+`, "X": `+one+`}`, 1, 2, 3), `"X"`},
		"a bias of another cell":   {file(`{`+metadata+`, "U": `+one+`, "W": `+one+`, "V": `+one+`, "BW": {"dtype": "F64", "shape": [1], "data_offsets": [24, 32]}}`, 1, 2, 3, 4), `"BW", which is no parameter of the cell rnn`},
		"a bias of another length": {file(`{`+metadata+`, "U": `+one+`, "W": `+one+`, "V": `+one+`, "B": {"dtype": "F64", "shape": [5]}}`, 1, 2, 3), "B has the shape [5]"},
	} {
		_, _, _, err := safetensors.Read(bytes.NewReader(c.data))
		rnntest.WantError(t, name, err, c.says)
	}
	huge := binary.LittleEndian.AppendUint64(nil, math.MaxUint64)
	_, _, _, err := safetensors.Read(bytes.NewReader(huge))
	rnntest.WantError(t, "a header of exabytes", err, "18446744073709551615")
}

func flipped(data []byte, at int) []byte {
	d := append([]byte{}, data...)
	d[at] ^= 4
	return d
}

// What Read could not give back, Write refuses, and says what and where.
func TestWhatCannotBeReadAgainIsNotWritten(t *testing.T) {
	var bytes256 []string
	for i := range 256 {
		bytes256 = append(bytes256, string([]byte{byte(i)}))
	}
	huge := text.MustVocabulary("a", "b", strings.Repeat("x", 16<<20))
	view := rnnkit.NewRNN(3, 2, 3).WithBiases()
	view.B = mat.NewDense(2, 2, nil).ColView(0).(*mat.VecDense)
	own := rnnkit.NewRNN(3, 2, 3)
	own.Cell = struct{ rnnkit.Plain }{}
	for name, c := range map[string]struct {
		net  *rnnkit.RNN
		in   *text.Vocabulary
		says string
	}{
		"tokens that are bytes": {rnnkit.NewRNN(256, 2, 3), text.MustVocabulary(bytes256...), `token 129 of the vocabulary of the inputs is "\x80", which is not UTF-8`},
		"a huge token":          {rnnkit.NewRNN(3, 2, 3), huge, "at most 16777216"},
		"a cell of one's own":   {own, nil, "only those of rnnkit"},
	} {
		var b bytes.Buffer
		if err := safetensors.Write(&b, c.net, c.in, nil); err == nil || !strings.Contains(err.Error(), c.says) || b.Len() > 0 {
			t.Errorf("%s: %v, and %d bytes were written; want %q", name, err, b.Len(), c.says)
		}
	}
	rnntest.WantPanic(t, "a bias that is a view", func() { _ = safetensors.Write(&bytes.Buffer{}, view, nil, nil) }, "rnnkit: B", "view")
}

// What the safetensors library for Python makes of a file: entries in another order, float32
// for float64, metadata lost or extended.
func TestFilesChangedInPythonAreRead(t *testing.T) {
	const u, w, v = `{"dtype":"F64","shape":[3,1],"data_offsets":[8,32]}`, `{"dtype":"F32","shape":[3,1],"data_offsets":[40,52]}`, `{"dtype":"F64","shape":[1,1],"data_offsets":[0,8]}`
	numbers := func() []byte {
		var b []byte
		for _, v := range []float64{7, 1, 2, 3, 9} { // V, U, H0
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
		}
		for _, v := range []float32{4, 5, 0.1} { // W
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
		}
		return b
	}()
	for _, metadata := range []string{`"__metadata__":{"format":"pt"},`, `"__metadata__":{"note":"mine","format":"rnnkit","version":"1","cell":"gru"},`, ``} {
		header := `{` + metadata + `"W":` + w + `,"V":` + v + `,"U":` + u + `,"H0":{"dtype":"F64","shape":[1],"data_offsets":[32,40]}}`
		net, in, _, err := safetensors.Read(bytes.NewReader(append(file(header), numbers...)))
		if err != nil {
			t.Errorf("with the metadata %s: %v", metadata, err)
			continue
		}
		if net.CellName() != "gru" || in != nil || net.V.At(0, 0) != 7 || net.U.At(2, 0) != 3 || net.W.At(1, 0) != 5 || net.W.At(2, 0) != float64(float32(0.1)) || net.H0[0] != 9 {
			t.Errorf("with the metadata %s the net is %+v", metadata, net)
		}
	}
	whole := stored(t, rnntest.Lecture(), nil, nil)
	_, _, _, err := safetensors.Read(bytes.NewReader(flipped(whole, len(whole)-20)))
	rnntest.WantError(t, "a changed number", err, "changed since the checksum", "leave crc32 out")
}

// Every single flipped bit and every cut of a small file is noticed.
func TestEveryFlippedBitIsNoticed(t *testing.T) {
	whole := stored(t, rnnkit.NewRNN(1, 1, 1), nil, nil)
	reference, _, _, err := safetensors.Read(bytes.NewReader(whole))
	if err != nil {
		t.Fatal(err)
	}
	for i := range whole {
		if _, _, _, err := safetensors.Read(bytes.NewReader(whole[:i])); err == nil {
			t.Errorf("cut off after %d of %d bytes the file is taken", i, len(whole))
		}
		for bit := range 8 {
			d := append([]byte{}, whole...)
			d[i] ^= 1 << bit
			net, _, _, err := safetensors.Read(bytes.NewReader(d))
			// White space in the header may change without harm; then all is as it was.
			if err == nil && (!mat.Equal(net.U, reference.U) || !mat.Equal(net.W, reference.W) || !mat.Equal(net.V, reference.V)) {
				t.Errorf("bit %d of byte %d is flipped, and a changed net is taken", bit, i)
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, net := range manyNets()[:20] {
		f.Add(stored(f, net, nil, nil))
	}
	f.Add(stored(f, rnntest.Lecture(), rnntest.Inputs, rnntest.Outputs))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		net, in, out, err := safetensors.Read(bytes.NewReader(data))
		if err != nil {
			if !strings.HasPrefix(err.Error(), "safetensors: ") {
				t.Errorf("the error does not name the package: %v", err)
			}
			return
		}
		// What is taken is a whole net, and comes back from a file of its own.
		if err := net.Check(); err != nil {
			t.Error(err)
		}
		again, _, _, err := safetensors.Read(bytes.NewReader(stored(t, net, in, out)))
		if err != nil {
			t.Fatal(err)
		}
		if !mat.Equal(again.U, net.U) || !mat.Equal(again.W, net.W) || !mat.Equal(again.V, net.V) {
			t.Error("a net changes on its way into a file and back")
		}
	})
}
