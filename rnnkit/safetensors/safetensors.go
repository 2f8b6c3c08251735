package safetensors

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"io"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"unicode/utf8"

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
// What Read could not give back is an error: a parameter that is NaN or infinite, a cell of
// the caller's own, a vocabulary of another size than the net or with a token that is not
// UTF-8, which JSON cannot hold, and more than fits a file. So is an error of the writer.
func Write(w io.Writer, net *rnnkit.RNN, in, out *text.Vocabulary) error {
	inputs, _, outputs := net.Dims()
	if err := net.Check(); err != nil {
		return fmt.Errorf("safetensors: %w", err)
	}
	switch cell := net.CellOrPlain().(type) {
	case rnnkit.Plain, rnnkit.LSTM, rnnkit.GRU, *rnnkit.Plain, *rnnkit.LSTM, *rnnkit.GRU:
	default:
		return fmt.Errorf("safetensors: the net has a cell %q of type %T: only those of rnnkit can be read again", cell.Name(), cell)
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
		tokens := v.vocabulary.Tokens()
		for i, token := range tokens {
			if !utf8.ValidString(token) {
				return fmt.Errorf("safetensors: token %d of the vocabulary of the %s is %q, which is not UTF-8: the file could not hold it. Write such bytes as text, as with fmt.Sprintf(\"%%02x\", token)", i+1, v.key, token)
			}
		}
		list, err := json.Marshal(tokens)
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
		if len(p.Data) > maxNumbers {
			return fmt.Errorf("safetensors: %s has %d numbers: at most %d can be read again", p.Name, len(p.Data), maxNumbers)
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
	if len(encoded) > maxHeader {
		return fmt.Errorf("safetensors: the header with the vocabularies has %d bytes: at most %d can be read again", len(encoded), maxHeader)
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

// Load reads a net from a file as Read does, with its vocabularies, nil if it has none. The
// error says what is wrong with a file that is damaged or of another kind.
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

// Read reads what Write wrote, and what other programs made of it: the entries may be in any
// order, and their numbers float32; without the metadata of Write the cell is known by the
// shapes of U and W, and there are no vocabularies. A checksum that is there must be right:
// who has changed the numbers must leave it out.
//
// Read trusts no size in the file: it checks that they agree with each other, and with the
// number of bytes before it allocates.
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
	if data, ok := raw["__metadata__"]; ok {
		if err := json.Unmarshal(data, &metadata); err != nil {
			return nil, nil, nil, fmt.Errorf("safetensors: the metadata cannot be read: all its values must be strings: %w", err)
		}
		delete(raw, "__metadata__")
	}
	if metadata["format"] == format && metadata["version"] != version {
		return nil, nil, nil, fmt.Errorf("safetensors: the file has version %q, this program reads version %q", metadata["version"], version)
	}
	net, err = readParameters(r, metadata, raw)
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
func readParameters(r io.Reader, metadata map[string]string, raw map[string]json.RawMessage) (*rnnkit.RNN, error) {
	cell, inputs, hidden, outputs, err := readSizes(metadata["cell"], raw)
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
			return nil, fmt.Errorf("safetensors: the header has an entry %q, which is no parameter of the cell %s", name, cell.Name())
		}
		var t tensor
		if err := json.Unmarshal(raw[name], &t); err != nil {
			return nil, fmt.Errorf("safetensors: the entry of %s cannot be read: %w", name, err)
		}
		if sizes[t.Type] == 0 {
			return nil, fmt.Errorf("safetensors: %s has numbers of type %q: F64 and F32 can be read, in Python float64 and float32", name, t.Type)
		}
		if !slices.Equal(t.Shape, shape) {
			return nil, fmt.Errorf("safetensors: %s has the shape %v in the header, the other parameters need %v", name, t.Shape, shape)
		}
		tensors[name] = t
		total += count(shape) * sizes[t.Type]
	}
	data, err := io.ReadAll(io.LimitReader(r, int64(total+1)))
	if err != nil {
		return nil, fmt.Errorf("safetensors: reading the numbers: %w", err)
	}
	if len(data) != total {
		return nil, fmt.Errorf("safetensors: the parameters need %d bytes, the file has %d%s: it was cut off, or written on", total, len(data), orMore(len(data) > total))
	}
	sum, ok := metadata["crc32"]
	if got := strconv.FormatUint(uint64(crc32.ChecksumIEEE(data)), 16); ok && got != sum {
		return nil, fmt.Errorf("safetensors: the checksum of the numbers is %s, that in the metadata %q: they have changed since the checksum was made. If that was intended, leave crc32 out of the metadata", got, sum)
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
		size := sizes[tensors[p.Name].Type]
		end := begin + uint64(size*len(p.Data))
		if offsets := tensors[p.Name].Offsets; offsets != [2]uint64{begin, end} {
			return nil, fmt.Errorf("safetensors: %s has the offsets %v, want [%d %d]", p.Name, offsets, begin, end)
		}
		for i := range p.Data {
			if at := data[begin+uint64(size*i):]; size == 8 {
				p.Data[i] = math.Float64frombits(binary.LittleEndian.Uint64(at))
			} else {
				p.Data[i] = float64(math.Float32frombits(binary.LittleEndian.Uint32(at)))
			}
		}
		begin = end
	}
	if err := net.Check(); err != nil {
		return nil, fmt.Errorf("safetensors: %w", err)
	}
	return net, nil
}

// sizes are those of the numbers, in bytes, by their type in the header.
var sizes = map[string]int{"F64": 8, "F32": 4}

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
// checking that they agree and are not too large. Without a name the cell is the one with as
// many gates as W has blocks.
func readSizes(cellName string, raw map[string]json.RawMessage) (cell rnnkit.Cell, inputs, hidden, outputs int, err error) {
	var dims [3][2]int
	for i, name := range []string{"U", "W", "V"} {
		var t tensor
		if _, ok := raw[name]; !ok {
			return nil, 0, 0, 0, fmt.Errorf("safetensors: the header has no matrix %s: the names of the parameters must be U, W, V, B, C, BW and H0, it has %.300q", name, slices.Sorted(maps.Keys(raw)))
		}
		if err := json.Unmarshal(raw[name], &t); err != nil || len(t.Shape) != 2 {
			return nil, 0, 0, 0, fmt.Errorf("safetensors: the entry of %s is no matrix: %.300s", name, raw[name])
		}
		dims[i] = [2]int(t.Shape)
		if t.Shape[0] < 1 || t.Shape[1] < 1 || t.Shape[0] > maxNumbers/t.Shape[1] {
			return nil, 0, 0, 0, fmt.Errorf("safetensors: %s is %d×%d in the header: it must have 1 to %d numbers", name, t.Shape[0], t.Shape[1], maxNumbers)
		}
	}
	inputs, hidden, outputs = dims[0][1], dims[1][1], dims[2][0]
	for _, c := range []rnnkit.Cell{rnnkit.Plain{}, rnnkit.LSTM{}, rnnkit.GRU{}} {
		if c.Name() == cellName || cellName == "" && len(c.Gates())*hidden == dims[1][0] {
			cell = c
		}
	}
	if cell == nil && cellName != "" {
		return nil, 0, 0, 0, fmt.Errorf("safetensors: unknown cell %q: want rnn, lstm or gru", cellName)
	}
	if cell == nil {
		return nil, 0, 0, 0, fmt.Errorf("safetensors: W is %d×%d in the header: it must have 1, 3 or 4 square blocks, those of an rnn, a gru or an lstm", dims[1][0], dims[1][1])
	}
	if width := len(cell.Gates()) * hidden; dims[0][0] != width || dims[1][0] != width || dims[2][1] != hidden {
		return nil, 0, 0, 0, fmt.Errorf("safetensors: U is %d×%d, W %d×%d and V %d×%d in the header: these do not fit a cell %s",
			dims[0][0], dims[0][1], dims[1][0], dims[1][1], dims[2][0], dims[2][1], cell.Name())
	}
	return cell, inputs, hidden, outputs, nil
}

func readVocabulary(metadata map[string]string, key string, size int) (*text.Vocabulary, error) {
	list, ok := metadata[key]
	if !ok {
		return nil, nil
	}
	if !utf8.ValidString(list) {
		return nil, fmt.Errorf("safetensors: the vocabulary of the %s is not in UTF-8", key)
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
