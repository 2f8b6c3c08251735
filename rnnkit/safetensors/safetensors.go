package safetensors

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"

	"gonum.org/v1/gonum/mat"

	"rnn101/rnnkit"
	"rnn101/rnnkit/text"
)

const (
	format     = "rnnkit"
	version    = "1"
	maxHeader  = 16 << 20 // bytes
	maxNumbers = 1 << 27  // of a matrix: a gigabyte
)

// tensor is the header's entry for a parameter.
type tensor struct {
	Type    string    `json:"dtype"`
	Shape   []int     `json:"shape"`
	Offsets [2]uint64 `json:"data_offsets"`
}

// Save writes the net, and the vocabularies of its inputs and outputs if they are not
// nil, to a file as Write describes it. It replaces the file atomically: after an error
// the old file is unchanged. A file that is replaced keeps its permissions; a new one
// follows the umask.
func Save(path string, net *rnnkit.RNN, in, out *text.Vocabulary) error {
	var b bytes.Buffer
	if err := Write(&b, net, in, out); err != nil {
		return err
	}
	// Not os.CreateTemp, whose files nobody else can read: a net is saved as any file is,
	// under the umask. rnnkit needs nothing but gonum, so these lines are its own.
	f, err := os.OpenFile(fmt.Sprintf("%s.%x", path, rand.Uint64()), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return fmt.Errorf("safetensors: saving %s: %w", path, err)
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
		return fmt.Errorf("safetensors: saving %s: %w", path, err)
	}
	return nil
}

// Write writes the net in the safetensors format: the length of the header, in eight
// bytes, little-endian; the header, a JSON object; the numbers, little-endian float64,
// matrices row by row, in the order of the header's offsets. The header has an entry for
// each parameter of the net, named as in rnnkit.Parameter, with its type, shape and
// offsets, and under __metadata__ the format's name (rnnkit) and version, the cell, a
// CRC-32 (IEEE) of the numbers and, unless they are nil, the vocabularies of the inputs
// and outputs as JSON lists.
//
// It returns an error for a parameter that is NaN or infinite, for a vocabulary of
// another size than the net, and where the writer does.
func Write(w io.Writer, net *rnnkit.RNN, in, out *text.Vocabulary) error {
	inputs, _, outputs := net.Dims()
	if err := net.Check(); err != nil {
		return fmt.Errorf("safetensors: %w", err)
	}
	metadata := map[string]string{"format": format, "version": version, "cell": net.CellName()}
	for _, v := range []struct {
		key        string
		vocabulary *text.Vocabulary
		size       int
	}{{"inputs", in, inputs}, {"outputs", out, outputs}} {
		if v.vocabulary == nil {
			continue
		}
		if v.vocabulary.Len() != v.size {
			return fmt.Errorf("safetensors: the vocabulary of the %s has %d tokens, the net has %d", v.key, v.vocabulary.Len(), v.size)
		}
		list, err := json.Marshal(v.vocabulary.Tokens())
		if err != nil {
			return err
		}
		metadata[v.key] = string(list)
	}
	header := map[string]any{}
	var data []byte
	for _, p := range net.Parameters(nil) {
		if len(p.Data) == 0 {
			continue
		}
		begin := uint64(len(data))
		for _, v := range p.Data {
			data = binary.LittleEndian.AppendUint64(data, math.Float64bits(v))
		}
		header[p.Name] = tensor{"F64", shape(p), [2]uint64{begin, uint64(len(data))}}
	}
	metadata["crc32"] = strconv.FormatUint(uint64(crc32.ChecksumIEEE(data)), 16)
	header["__metadata__"] = metadata
	encoded, err := json.Marshal(header)
	if err != nil {
		return err
	}
	for len(encoded)%8 != 0 { // the format requires the numbers to be aligned
		encoded = append(encoded, ' ')
	}
	file := binary.LittleEndian.AppendUint64(nil, uint64(len(encoded)))
	file = append(append(file, encoded...), data...)
	_, err = w.Write(file)
	return err
}

// shape returns the shape of the parameter as the format has it.
func shape(p rnnkit.Parameter) []int {
	if p.Cols == 0 {
		return []int{p.Rows}
	}
	return []int{p.Rows, p.Cols}
}

// Load reads a net from a file that Save wrote, with its vocabularies, nil if it has
// none. The error says what is wrong with a file that is damaged or of another kind.
func Load(path string) (net *rnnkit.RNN, in, out *text.Vocabulary, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, nil, fmt.Errorf("safetensors: loading: %w", err)
	}
	defer f.Close()
	if net, in, out, err = Read(f); err != nil {
		return nil, nil, nil, fmt.Errorf("%w (in %s)", err, path)
	}
	return net, in, out, nil
}

// Read reads what Write wrote. It trusts no size in the file: it checks that they agree
// with each other, and with the number of bytes before it allocates.
func Read(r io.Reader) (net *rnnkit.RNN, in, out *text.Vocabulary, err error) {
	header, err := readHeader(r)
	if err != nil {
		return nil, nil, nil, err
	}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(header, &raw); err != nil {
		return nil, nil, nil, fmt.Errorf("safetensors: the header is not JSON: %w", err)
	}
	metadata := map[string]string{}
	if err := json.Unmarshal(raw["__metadata__"], &metadata); err != nil {
		return nil, nil, nil, errors.New("safetensors: the header has no metadata: the file was not written by this package")
	}
	delete(raw, "__metadata__")
	if metadata["format"] != format {
		return nil, nil, nil, fmt.Errorf("safetensors: the metadata has the format %q, want %q", metadata["format"], format)
	}
	if metadata["version"] != version {
		return nil, nil, nil, fmt.Errorf("safetensors: the file has version %q, this program reads version %q", metadata["version"], version)
	}
	net, err = readParameters(r, metadata["cell"], metadata["crc32"], raw)
	if err != nil {
		return nil, nil, nil, err
	}
	inputs, _, outputs := net.Dims()
	if in, err = readVocabulary(metadata, "inputs", inputs); err != nil {
		return nil, nil, nil, err
	}
	if out, err = readVocabulary(metadata, "outputs", outputs); err != nil {
		return nil, nil, nil, err
	}
	return net, in, out, nil
}

func readHeader(r io.Reader) ([]byte, error) {
	var size [8]byte
	if _, err := io.ReadFull(r, size[:]); err != nil {
		return nil, fmt.Errorf("safetensors: the file ends within the first eight bytes: %w", err)
	}
	length := binary.LittleEndian.Uint64(size[:])
	if length > maxHeader {
		return nil, fmt.Errorf("safetensors: the length of the header is given as %d bytes, the limit is %d: the file was not written by this package", length, maxHeader)
	}
	header, err := io.ReadAll(io.LimitReader(r, int64(length)))
	if err == nil && uint64(len(header)) < length {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return nil, fmt.Errorf("safetensors: the file ends within the header: %w", err)
	}
	return header, nil
}

// readParameters reads the parameters, whose shapes are in the header. It allocates as
// the numbers arrive, not by what the header says.
func readParameters(r io.Reader, cellName, sum string, raw map[string]json.RawMessage) (*rnnkit.RNN, error) {
	cell, inputs, hidden, outputs, err := readSizes(cellName, raw)
	if err != nil {
		return nil, err
	}
	width := len(cell.Gates()) * hidden
	shapes := map[string][]int{
		"U": {width, inputs}, "W": {width, hidden}, "V": {outputs, hidden},
		"B": {width}, "C": {outputs}, "H0": {cell.States() * hidden},
	}
	if rnnkit.New(cell, 1, 1, 1).WithBiases().BW != nil { // a question of the cell, not of the sizes
		shapes["BW"] = []int{width}
	}
	tensors, total := map[string]tensor{}, 0
	for _, name := range slices.Sorted(maps.Keys(raw)) {
		shape, ok := shapes[name]
		if !ok {
			return nil, fmt.Errorf("safetensors: the header has an entry %q, which is no parameter of the cell %s", name, cellName)
		}
		var t tensor
		if err := json.Unmarshal(raw[name], &t); err != nil {
			return nil, fmt.Errorf("safetensors: the entry of %s cannot be read: %w", name, err)
		}
		if t.Type != "F64" {
			return nil, fmt.Errorf("safetensors: %s has numbers of type %q, F64 is needed", name, t.Type)
		}
		if !slices.Equal(t.Shape, shape) {
			return nil, fmt.Errorf("safetensors: %s has the shape %v in the header, the other parameters need %v", name, t.Shape, shape)
		}
		tensors[name] = t
		total += count(shape)
	}
	data, err := io.ReadAll(io.LimitReader(r, int64(8*total+1)))
	if err != nil {
		return nil, fmt.Errorf("safetensors: reading the numbers: %w", err)
	}
	if len(data) != 8*total {
		return nil, fmt.Errorf("safetensors: the parameters need %d bytes, the file has %d%s: it is damaged", 8*total, len(data), orMore(len(data) > 8*total))
	}
	if got := strconv.FormatUint(uint64(crc32.ChecksumIEEE(data)), 16); got != sum {
		return nil, fmt.Errorf("safetensors: the checksum of the numbers is %s, that in the header %q: the file is damaged", got, sum)
	}

	net := rnnkit.New(cell, inputs, hidden, outputs)
	for name, bias := range map[string]**mat.VecDense{"B": &net.B, "C": &net.C, "BW": &net.BW} {
		if _, ok := tensors[name]; ok {
			*bias = mat.NewVecDense(shapes[name][0], nil)
		}
	}
	if _, ok := tensors["H0"]; ok {
		net.H0 = make([]float64, shapes["H0"][0])
	}
	params := net.Parameters(nil)
	slices.SortFunc(params[:], func(p, q rnnkit.Parameter) int {
		return cmp.Compare(tensors[p.Name].Offsets[0], tensors[q.Name].Offsets[0])
	})
	begin := uint64(0)
	for _, p := range params {
		if len(p.Data) == 0 {
			continue
		}
		end := begin + 8*uint64(len(p.Data))
		if offsets := tensors[p.Name].Offsets; offsets != [2]uint64{begin, end} {
			return nil, fmt.Errorf("safetensors: %s has the offsets %v, want [%d %d]", p.Name, offsets, begin, end)
		}
		for i := range p.Data {
			p.Data[i] = math.Float64frombits(binary.LittleEndian.Uint64(data[begin+8*uint64(i):]))
		}
		begin = end
	}
	if err := net.Check(); err != nil {
		return nil, fmt.Errorf("safetensors: %w", err)
	}
	return net, nil
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

// readSizes returns the cell and the sizes X, H and Y that the header gives, after
// checking that they agree and are not too large.
func readSizes(cellName string, raw map[string]json.RawMessage) (cell rnnkit.Cell, inputs, hidden, outputs int, err error) {
	for _, c := range []rnnkit.Cell{rnnkit.Plain{}, rnnkit.LSTM{}, rnnkit.GRU{}} {
		if c.Name() == cellName {
			cell = c
		}
	}
	if cell == nil {
		return nil, 0, 0, 0, fmt.Errorf("safetensors: unknown cell %q: want rnn, lstm or gru", cellName)
	}
	var dims [3][2]int
	for i, name := range []string{"U", "W", "V"} {
		var t tensor
		if err := json.Unmarshal(raw[name], &t); err != nil || len(t.Shape) != 2 {
			return nil, 0, 0, 0, fmt.Errorf("safetensors: the header has no matrix %s", name)
		}
		dims[i] = [2]int(t.Shape)
		if t.Shape[0] < 1 || t.Shape[1] < 1 || t.Shape[0] > maxNumbers/t.Shape[1] {
			return nil, 0, 0, 0, fmt.Errorf("safetensors: %s is %d×%d in the header: it must have 1 to %d numbers", name, t.Shape[0], t.Shape[1], maxNumbers)
		}
	}
	inputs, hidden, outputs = dims[0][1], dims[1][1], dims[2][0]
	if width := len(cell.Gates()) * hidden; dims[0][0] != width || dims[1][0] != width || dims[2][1] != hidden {
		return nil, 0, 0, 0, fmt.Errorf("safetensors: U is %d×%d, W %d×%d and V %d×%d in the header: these do not fit a cell %s",
			dims[0][0], dims[0][1], dims[1][0], dims[1][1], dims[2][0], dims[2][1], cellName)
	}
	return cell, inputs, hidden, outputs, nil
}

func readVocabulary(metadata map[string]string, key string, size int) (*text.Vocabulary, error) {
	list, ok := metadata[key]
	if !ok {
		return nil, nil
	}
	var tokens []string
	if err := json.Unmarshal([]byte(list), &tokens); err != nil {
		return nil, fmt.Errorf("safetensors: the vocabulary of the %s cannot be read: %w", key, err)
	}
	if len(tokens) != size {
		return nil, fmt.Errorf("safetensors: the vocabulary of the %s has %d tokens, the net has %d", key, len(tokens), size)
	}
	vocabulary, err := text.NewVocabulary(tokens...)
	if err != nil {
		return nil, fmt.Errorf("safetensors: the %s: %w", key, err)
	}
	return vocabulary, nil
}
