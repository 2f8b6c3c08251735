// Package safetensors stores nets in files of the safetensors format of Hugging Face,
// with their cell and vocabularies in the metadata. Other programs for the format can
// read the parameters; this package reads only files that it wrote.
//
// The package knows rnnkit, rnnkit/text and gonum.
package safetensors
