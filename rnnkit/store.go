package rnnkit

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"sort"
	"strconv"

	"gonum.org/v1/gonum/mat"
)

const (
	storeFormat  = "rnnkit"
	storeVersion = "1"
	maxHeader    = 16 << 20 // bytes
	maxNumbers   = 1 << 27  // of all parameters together: a gigabyte
)

type storedTensor struct {
	Type    string    `json:"dtype"`
	Shape   []int     `json:"shape"`
	Offsets [2]uint64 `json:"data_offsets"`
}

// Save writes the net, and the vocabularies of its inputs and outputs if they are not
// nil, to a file as Write describes it. The file is replaced at once: after an error the
// old one stands. A file that is replaced keeps its permissions; a new one follows the
// umask.
func Save(path string, net *RNN, in, out *Vocabulary) error {
	var b bytes.Buffer
	if err := Write(&b, net, in, out); err != nil {
		return err
	}
	// Not os.CreateTemp, whose files nobody else can read: a net is saved as any file is,
	// under the umask. rnnkit needs nothing but gonum, so these lines are its own.
	f, err := os.OpenFile(fmt.Sprintf("%s.%x", path, rand.Uint64()), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return fmt.Errorf("rnnkit: saving %s: %w", path, err)
	}
	defer os.Remove(f.Name()) // fails once it is renamed, as it should
	if old, missing := os.Stat(path); missing == nil {
		err = f.Chmod(old.Mode().Perm())
	}
	if err == nil {
		_, err = f.Write(b.Bytes())
	}
	if err == nil {
		err = f.Sync()
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("rnnkit: saving %s: %w", path, err)
	}
	return nil
}

// Write writes the file of a net, in the safetensors format of Hugging Face: eight
// bytes with the length of the header, little-endian; the header, a JSON object; the
// numbers, little-endian float64, matrices row by row, in the order of the header's
// offsets. The header has an entry for each parameter that the net has, named U, W, V,
// B, C, BW and H0, with its type, shape and offsets, and under __metadata__ the
// format's name (rnnkit) and version, the cell, a CRC-32 (IEEE) of the numbers and, if
// they were given, the vocabularies of the inputs and outputs as JSON lists. Programs
// that know safetensors read the parameters.
//
// It returns an error for a parameter that is NaN or
// infinite, for a vocabulary of another size than the net, and those of the writer.
func Write(w io.Writer, net *RNN, in, out *Vocabulary) error {
	inputs, hidden, outputs := net.Dims()
	if err := net.Check(); err != nil {
		return err
	}
	metadata := map[string]string{"format": storeFormat, "version": storeVersion, "cell": net.cell().Name()}
	for _, v := range []struct {
		key   string
		words *Vocabulary
		size  int
	}{{"inputs", in, inputs}, {"outputs", out, outputs}} {
		if v.words == nil {
			continue
		}
		if v.words.Len() != v.size {
			return fmt.Errorf("rnnkit: the vocabulary of the %s has %d tokens, the net has %d", v.key, v.words.Len(), v.size)
		}
		list, err := json.Marshal(v.words.tokens)
		if err != nil {
			return err
		}
		metadata[v.key] = string(list)
	}
	header := map[string]any{}
	var data []byte
	shapes := shapesOf(net.cell(), inputs, hidden, outputs)
	for p, numbers := range net.flat() {
		if len(numbers) == 0 {
			continue
		}
		begin := uint64(len(data))
		for _, v := range numbers {
			data = binary.LittleEndian.AppendUint64(data, math.Float64bits(v))
		}
		header[parameterNames[p]] = storedTensor{"F64", shapes[p], [2]uint64{begin, uint64(len(data))}}
	}
	metadata["crc32"] = strconv.FormatUint(uint64(crc32.ChecksumIEEE(data)), 16)
	header["__metadata__"] = metadata
	text, err := json.Marshal(header)
	if err != nil {
		return err
	}
	for len(text)%8 != 0 { // the format wants the numbers aligned
		text = append(text, ' ')
	}
	file := binary.LittleEndian.AppendUint64(nil, uint64(len(text)))
	file = append(append(file, text...), data...)
	_, err = w.Write(file)
	return err
}

// shapesOf are the shapes of all parameters, absent ones included.
func shapesOf(cell Cell, inputs, hidden, outputs int) [parameters][]int {
	width := len(cell.Gates()) * hidden
	return [parameters][]int{{width, inputs}, {width, hidden}, {outputs, hidden}, {width}, {outputs}, {width}, {cell.States() * hidden}}
}

// Load reads the file of a net, and its vocabularies, nil if it holds none. The error
// says what is wrong with a file that is not whole or not one of these.
func Load(path string) (net *RNN, in, out *Vocabulary, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, nil, fmt.Errorf("rnnkit: loading: %w", err)
	}
	defer f.Close()
	if net, in, out, err = Read(f); err != nil {
		return nil, nil, nil, fmt.Errorf("%w (in %s)", err, path)
	}
	return net, in, out, nil
}

// Read reads what Write wrote. It trusts nothing: sizes are checked against each other
// and against what is there before memory is taken.
func Read(r io.Reader) (net *RNN, in, out *Vocabulary, err error) {
	text, err := readHeader(r)
	if err != nil {
		return nil, nil, nil, err
	}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(text, &raw); err != nil {
		return nil, nil, nil, fmt.Errorf("rnnkit: the header is not JSON: %w", err)
	}
	metadata := map[string]string{}
	if err := json.Unmarshal(raw["__metadata__"], &metadata); err != nil {
		return nil, nil, nil, errors.New("rnnkit: the header has no metadata: this is not the file of a net")
	}
	delete(raw, "__metadata__")
	if metadata["format"] != storeFormat {
		return nil, nil, nil, fmt.Errorf("rnnkit: the format is %q, want %q", metadata["format"], storeFormat)
	}
	if metadata["version"] != storeVersion {
		return nil, nil, nil, fmt.Errorf("rnnkit: the file has version %q, this program reads %q", metadata["version"], storeVersion)
	}
	net, err = readNumbers(r, metadata["cell"], metadata["crc32"], raw)
	if err != nil {
		return nil, nil, nil, err
	}
	inputs, _, outputs := net.Dims()
	if in, err = storedVocabulary(metadata, "inputs", inputs); err != nil {
		return nil, nil, nil, err
	}
	if out, err = storedVocabulary(metadata, "outputs", outputs); err != nil {
		return nil, nil, nil, err
	}
	return net, in, out, nil
}

func readHeader(r io.Reader) ([]byte, error) {
	var size [8]byte
	if _, err := io.ReadFull(r, size[:]); err != nil {
		return nil, fmt.Errorf("rnnkit: the file is cut off in its first eight bytes: %w", err)
	}
	length := binary.LittleEndian.Uint64(size[:])
	if length > maxHeader {
		return nil, fmt.Errorf("rnnkit: the header is said to have %d bytes, more than %d: this is not the file of a net", length, maxHeader)
	}
	text, err := io.ReadAll(io.LimitReader(r, int64(length)))
	if err == nil && uint64(len(text)) < length {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return nil, fmt.Errorf("rnnkit: the file is cut off in its header: %w", err)
	}
	return text, nil
}

// readNumbers reads the parameters of a net, whose shapes the header tells. It takes
// memory as the numbers arrive, not as the header promises them.
func readNumbers(r io.Reader, cellName, sum string, raw map[string]json.RawMessage) (*RNN, error) {
	cell, sizes, err := storedSizes(cellName, raw)
	if err != nil {
		return nil, err
	}
	shapes := shapesOf(cell, sizes[0], sizes[1], sizes[2])
	var order []int // the parameters that are there, as their numbers stand in the file
	tensors, total := map[int]storedTensor{}, 0
	for p, name := range parameterNames {
		text, ok := raw[name]
		if !ok {
			continue
		}
		delete(raw, name)
		var t storedTensor
		if err := json.Unmarshal(text, &t); err != nil {
			return nil, fmt.Errorf("rnnkit: the entry of %s cannot be read: %w", name, err)
		}
		if t.Type != "F64" {
			return nil, fmt.Errorf("rnnkit: %s has numbers of type %q, F64 is needed", name, t.Type)
		}
		if !slices.Equal(t.Shape, shapes[p]) {
			return nil, fmt.Errorf("rnnkit: %s is said to have the shape %v, the others want %v", name, t.Shape, shapes[p])
		}
		tensors[p], order = t, append(order, p)
		total += count(shapes[p])
	}
	for name := range raw {
		return nil, fmt.Errorf("rnnkit: the header has an entry %q, which no net has", name)
	}
	data, err := io.ReadAll(io.LimitReader(r, int64(8*total+1)))
	if err != nil {
		return nil, fmt.Errorf("rnnkit: reading the numbers: %w", err)
	}
	if len(data) != 8*total {
		return nil, fmt.Errorf("rnnkit: %d bytes of numbers are needed, there are %d%s: the file is damaged", 8*total, len(data), orMore(len(data) > 8*total))
	}
	if got := strconv.FormatUint(uint64(crc32.ChecksumIEEE(data)), 16); got != sum {
		return nil, fmt.Errorf("rnnkit: the numbers are damaged: their checksum is %s, the header says %q", got, sum)
	}

	net := New(cell, sizes[0], sizes[1], sizes[2])
	for p, bias := range map[int]**mat.VecDense{3: &net.B, 4: &net.C, 5: &net.BW} {
		if _, ok := tensors[p]; ok {
			*bias = mat.NewVecDense(shapes[p][0], nil)
		}
	}
	if _, ok := tensors[6]; ok {
		net.H0 = make([]float64, shapes[6][0])
	}
	if net.BW != nil && !cell.splits() {
		return nil, fmt.Errorf("rnnkit: the file has a BW, which the cell %s does not have", cellName)
	}
	sort.Slice(order, func(i, j int) bool { return tensors[order[i]].Offsets[0] < tensors[order[j]].Offsets[0] })
	all, at := net.flat(), uint64(0)
	for _, p := range order {
		end := at + 8*uint64(len(all[p]))
		if tensors[p].Offsets != [2]uint64{at, end} {
			return nil, fmt.Errorf("rnnkit: the numbers of %s are said to stand at %v, they must stand at [%d %d]", parameterNames[p], tensors[p].Offsets, at, end)
		}
		for i := range all[p] {
			all[p][i] = math.Float64frombits(binary.LittleEndian.Uint64(data[at+8*uint64(i):]))
		}
		at = end
	}
	return net, net.Check()
}

func orMore(more bool) string {
	if more {
		return " or more"
	}
	return ""
}

func count(shape []int) int {
	n := 1
	for _, size := range shape {
		n *= size
	}
	return n
}

// storedSizes takes the cell and the sizes X, H and Y from the header, after a check
// that they fit each other and are not too large.
func storedSizes(cellName string, raw map[string]json.RawMessage) (cell Cell, sizes [3]int, err error) {
	for _, c := range []Cell{Plain{}, LSTM{}, GRU{}} {
		if c.Name() == cellName {
			cell = c
		}
	}
	if cell == nil {
		return nil, sizes, fmt.Errorf("rnnkit: the cell is %q: rnn, lstm and gru are known", cellName)
	}
	var dims [3][2]int
	for i, name := range parameterNames[:3] {
		var t storedTensor
		if err := json.Unmarshal(raw[name], &t); err != nil || len(t.Shape) != 2 {
			return nil, sizes, fmt.Errorf("rnnkit: the header has no matrix %s", name)
		}
		dims[i] = [2]int(t.Shape)
		if t.Shape[0] < 1 || t.Shape[1] < 1 || t.Shape[0] > maxNumbers/t.Shape[1] {
			return nil, sizes, fmt.Errorf("rnnkit: %s is said to be %d×%d: from 1 to %d numbers are possible", name, t.Shape[0], t.Shape[1], maxNumbers)
		}
	}
	inputs, hidden, outputs := dims[0][1], dims[1][1], dims[2][0]
	if width := len(cell.Gates()) * hidden; dims[0][0] != width || dims[1][0] != width || dims[2][1] != hidden {
		return nil, sizes, fmt.Errorf("rnnkit: U is %d×%d, W %d×%d and V %d×%d: these do not fit a cell %s",
			dims[0][0], dims[0][1], dims[1][0], dims[1][1], dims[2][0], dims[2][1], cellName)
	}
	return cell, [3]int{inputs, hidden, outputs}, nil
}

func storedVocabulary(metadata map[string]string, key string, size int) (*Vocabulary, error) {
	text, ok := metadata[key]
	if !ok {
		return nil, nil
	}
	var tokens []string
	if err := json.Unmarshal([]byte(text), &tokens); err != nil {
		return nil, fmt.Errorf("rnnkit: the vocabulary of the %s cannot be read: %w", key, err)
	}
	if len(tokens) != size {
		return nil, fmt.Errorf("rnnkit: the vocabulary of the %s has %d tokens, the net has %d", key, len(tokens), size)
	}
	return NewVocabulary(tokens...)
}
