//go:build unix

package bench

import "syscall"

func makePipe(file string) error { return syscall.Mkfifo(file, 0o644) }
