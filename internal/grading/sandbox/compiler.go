package sandbox

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
	"syscall"
	"time"
)

// compilerLimits are the limits of each process of the compiler. They are 0 on a system that
// has no such limits.
type compilerLimits struct {
	Memory    uint64 // bytes of address space
	File      uint64 // bytes of a file
	Processor uint64 // seconds of processor time, after which the system kills the process
}

// encode and decodeLimits pass limits on in the environment.
func (l compilerLimits) encode() string { return fmt.Sprint(l.Memory, " ", l.File, " ", l.Processor) }

func decodeLimits(text string) (l compilerLimits, err error) {
	_, err = fmt.Sscan(text, &l.Memory, &l.File, &l.Processor)
	return l, err
}

// exitNotStarted is the exit code if the limits of the compiler could not be set.
const exitNotStarted = 125

var (
	signalMessage = regexp.MustCompile(`(?m)signal: .*$`)
	// A message about a line of the program may quote the student.
	diagnosticLine = regexp.MustCompile(`(?m)^\S+\.go:\d+.*$`)
)

// failure returns the error for a compiler that failed: a *Rejected if it is surely the
// program's fault, and another error if it may be the machine's. onlyThisProgram tells
// whether all processor time went into this program, and none into the standard library.
func (l compilerLimits) failure(state *os.ProcessState, output string, onlyThisProgram bool) error {
	if state.ExitCode() == exitNotStarted {
		return errors.New(strings.TrimSpace(output))
	}
	own := diagnosticLine.ReplaceAllString(output, "")
	signal := signalMessage.FindString(state.String() + "\n" + own)
	// The signal for too much processor time is one that others send, too. And the system
	// counts the limit in another way than the time used: on a busy machine a tenth less.
	used, limit := state.UserTime()+state.SystemTime(), time.Duration(l.Processor)*time.Second*2/3
	switch {
	case signal != "" && limit > 0 && used > limit && onlyThisProgram:
		return &Rejected{fmt.Sprintf("the compiler needs more than %v of processor time", limit)}
	case signal != "":
		return fmt.Errorf("another process killed the compiler (%s)", signal)
	case strings.Contains(own, "out of memory") || strings.Contains(own, syscall.ENOMEM.Error()):
		if l.Memory > 0 && canMap(l.Memory-min(l.Memory, compilerReserve)) {
			return &Rejected{fmt.Sprintf("the compiler needs more than %d MB of memory", l.Memory>>20)}
		}
		return errors.New("the compiler ran out of memory: end other programs, or grade on a machine with more memory")
	case l.File > 0 && strings.Contains(own, syscall.EFBIG.Error()):
		return &Rejected{fmt.Sprintf("a compiled file is larger than %d MB", l.File>>20)}
	}
	for _, fault := range machineErrors {
		if strings.Contains(own, fault.Error()) {
			return fmt.Errorf("the compiler failed: %s", strings.TrimSpace(own))
		}
	}
	return &Rejected{output}
}
