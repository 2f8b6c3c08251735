// Package safetensors stores nets in files of the safetensors format of Hugging Face,
// with their cell and vocabularies in the metadata. Other programs for the format can
// read the parameters, and this package reads the files that they write with the same names.
//
// The package knows rnnkit, rnnkit/text and gonum.
package safetensors
