package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

func TestTheAssemblyIsTheGenerated(t *testing.T) {
	files, err := generate()
	if err != nil {
		t.Fatal(err)
	}
	for i, name := range names {
		got, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, files[i]) {
			t.Errorf("%s is not what the generator writes: call go run . in the folder generate", name)
		}
	}
}
