package safetensors_test

import (
	"fmt"
	"os"
	"path/filepath"

	"rnn101/rnnkit"
	"rnn101/rnnkit/internal/rnntest"
	"rnn101/rnnkit/safetensors"
)

func ExampleSave() {
	folder, err := os.MkdirTemp("", "rnnkit")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "bat.safetensors")
	if err := safetensors.Save(path, rnntest.Lecture(), rnntest.Inputs, rnntest.Outputs); err != nil {
		fmt.Println(err)
		return
	}
	net, in, out, err := safetensors.Load(path)
	if err != nil {
		fmt.Println(err)
		return
	}
	seq := rnnkit.Sequence{Inputs: in.MustEncode("baseball", "bat"), Targets: out.MustEncode("야구", "방망이")}
	fmt.Printf("%.4f\n", rnnkit.MustForward(net, nil, seq).Loss)
	// Output: 2.3804
}
