//go:build openblas

package main

import (
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/netlib/blas/netlib"
)

// Use OpenBLAS for gonum's products. This needs cgo and the library:
//
//	CGO_LDFLAGS=-lopenblas go run -tags openblas .
func init() { blas64.Use(netlib.Implementation{}) }
