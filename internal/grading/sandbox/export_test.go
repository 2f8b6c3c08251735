package sandbox

import (
	"context"
	"path/filepath"

	"rnn101/internal/grading/sandbox/compiler"
)

// Start starts the worker of a program, and returns its process ID.
func (p *Program) Start(ctx context.Context) (pid int, err error) {
	if p.worker, err = p.startProgram(ctx); err != nil {
		return 0, err
	}
	return p.worker.cmd.Process.Pid, nil
}

// Limit sets limits of the compiler: memory in bytes, processor time in seconds.
func (b *Builder) Limit(memory, processor uint64) {
	b.limits = compiler.Default
	b.limits.Memory, b.limits.Processor = memory, processor
}

// Retry is retry for a test.
func Retry(ctx context.Context, try func(again bool) (int, error)) (int, error) {
	return retry(ctx, false, try)
}

// Folder returns the folder of the program.
func (p *Program) Folder() string { return filepath.Dir(p.wasm) }

// Exhaust uses up a budget.
func Exhaust(b *Budget) { b.Spend(b.Limit()) }

// Interpreted reports whether all calls so far were interpreted.
func (p *Program) Interpreted() bool { return p.worker == nil && p.wasm == "" }
