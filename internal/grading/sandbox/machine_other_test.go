//go:build !unix

package sandbox_test

var compilers map[string]func()
