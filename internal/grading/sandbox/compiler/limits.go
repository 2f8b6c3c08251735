// Package compiler runs the compiler with limits, and tells whether a failure is the program's fault or the
// machine's.
package compiler

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
	"syscall"
	"time"

	"rnn101/internal/grading/sandbox/child"
)

// Limits are those of each process of the compiler. They are 0 on a system that
// has no such limits.
type Limits struct {
	Memory    uint64 // bytes of address space
	Data      uint64 // bytes of memory that can be written; 0 for no limit but that of Memory
	File      uint64 // bytes of a file
	Processor uint64 // seconds of processor time, after which the system kills the process
}

// encode and decodeLimits pass limits on in the environment.
func (l Limits) encode() string {
	return fmt.Sprint(l.Memory, " ", l.Data, " ", l.File, " ", l.Processor)
}

func decodeLimits(text string) (l Limits, err error) {
	_, err = fmt.Sscan(text, &l.Memory, &l.Data, &l.File, &l.Processor)
	return l, err
}

// The limits of each process of the compiler within a budget. What an answer needs is far below.
const (
	maxProcessor      = 4 // seconds of processor time
	maxProcessorAgain = 2 // after a program that exceeded a limit: the others need some, too
	maxData           = 512 << 20
	maxFile           = 64 << 20
)

// Within returns the limits within what is left of a budget.
func (l Limits) Within(left time.Duration, heavy bool) Limits {
	if l == (Limits{}) { // this system has none
		return l
	}
	processor := uint64(maxProcessor)
	if heavy {
		processor = maxProcessorAgain
	}
	seconds := uint64(max(0, left)/time.Second) + 2 // the system rounds down
	return Limits{Memory: l.Memory, Data: maxData, File: min(l.File, maxFile), Processor: min(l.Processor, processor, seconds)}
}

// exitNotStarted is the exit code if the limits of the compiler could not be set.
const exitNotStarted = 125

var (
	signalMessage = regexp.MustCompile(`(?m)signal: .*$`)
	// A message about a line of the program may quote the student.
	diagnosticLine = regexp.MustCompile(`(?m)^\S+\.go:\d+.*$`)
)

// Fault is the error for a program that does not compile, or exceeds a limit.
type Fault struct{ Messages string }

func (f *Fault) Error() string { return f.Messages }

// Failure returns the error for a compiler that failed: a *Fault if it is surely the
// program's fault, and another error if it may be the machine's. onlyThisProgram tells
// whether all processor time went into this program, and none into the standard library. exceeded
// reports whether the fault is that the program exceeds a limit.
func (l Limits) Failure(state *os.ProcessState, output string, onlyThisProgram bool) (err error, exceeded bool) {
	if state.ExitCode() == exitNotStarted {
		return errors.New(strings.TrimSpace(output)), false
	}
	own := diagnosticLine.ReplaceAllString(output, "")
	signal := signalMessage.FindString(state.String() + "\n" + own)
	// The signal for too much processor time is one that others send, too. And the system
	// counts the limit in another way than the time used: on a busy machine a tenth less.
	used, limit := child.TimeOf(state), time.Duration(l.Processor)*time.Second*2/3
	switch {
	case signal != "" && limit > 0 && used > limit && onlyThisProgram:
		return &Fault{"the compiler needs more processor time than an answer may take"}, true
	case signal != "":
		return fmt.Errorf("another process killed the compiler (%s)", signal), false
	case strings.Contains(own, "out of memory") || strings.Contains(own, syscall.ENOMEM.Error()):
		memory, needed := l.Memory, l.Memory-min(l.Memory, compilerReserve)
		if l.Data > 0 {
			memory, needed = l.Data, l.Data
		}
		if memory > 0 && canMap(needed) {
			return &Fault{fmt.Sprintf("the compiler needs more than %d MB of memory", memory>>20)}, true
		}
		return errors.New("the compiler ran out of memory: end other programs, or grade on a machine with more memory"), false
	case l.File > 0 && strings.Contains(own, syscall.EFBIG.Error()):
		return &Fault{fmt.Sprintf("a compiled file is larger than %d MB", l.File>>20)}, true
	}
	for _, fault := range machineErrors {
		if strings.Contains(own, fault.Error()) {
			return fmt.Errorf("the compiler failed: %s", strings.TrimSpace(own)), false
		}
	}
	return &Fault{output}, false
}
