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

// compilerLimits are what the compiler and all that it starts may take, each. Where a
// system has no such limits they are 0.
type compilerLimits struct {
	Memory    uint64 // bytes of address space
	File      uint64 // bytes of a file
	Processor uint64 // seconds of processor time, after which the system kills
}

// encode and decodeLimits bring limits through the environment.
func (l compilerLimits) encode() string { return fmt.Sprint(l.Memory, " ", l.File, " ", l.Processor) }

func decodeLimits(text string) (l compilerLimits, err error) {
	_, err = fmt.Sscan(text, &l.Memory, &l.File, &l.Processor)
	return l, err
}

// notStarted is the exit code of a compiler whose limits could not be set.
const notStarted = 125

var (
	bySignal = regexp.MustCompile(`(?m)signal: .*$`)
	// A message about a line of the program, which may hold a student's words.
	aboutALine = regexp.MustCompile(`(?m)^\S+\.go:\d+.*$`)
)

// failure tells what it means that a compiler ended without a program: a *Rejected if the
// program is surely to blame, and another error if the machine may be. onlyThis is whether
// all the processor time of the compiler and what it started went into this program, and
// none into the standard library.
func (l compilerLimits) failure(state *os.ProcessState, said string, onlyThis bool) error {
	if state.ExitCode() == notStarted {
		return errors.New(strings.TrimSpace(said))
	}
	own := aboutALine.ReplaceAllString(said, "")
	signal := bySignal.FindString(state.String() + "\n" + own)
	// The system kills for processor time by the signal that others use, too, and counts
	// it in another way than what it tells of the time used: on a busy machine by a tenth.
	used, most := state.UserTime()+state.SystemTime(), time.Duration(l.Processor)*time.Second*2/3
	switch {
	case signal != "" && most > 0 && used > most && onlyThis:
		return &Rejected{fmt.Sprintf("the compiler takes more than %v of processor time", most)}
	case signal != "":
		return fmt.Errorf("the compiler was ended from outside (%s)", signal)
	case strings.Contains(own, "out of memory") || strings.Contains(own, syscall.ENOMEM.Error()):
		if l.Memory > 0 && canMap(l.Memory-min(l.Memory, compilerReserve)) {
			return &Rejected{fmt.Sprintf("the compiler takes more than %d MB of memory", l.Memory>>20)}
		}
		return errors.New("the compiler found no memory: end other programs, or grade on a machine that has more")
	case l.File > 0 && strings.Contains(own, syscall.EFBIG.Error()):
		return &Rejected{fmt.Sprintf("what is compiled is larger than %d MB", l.File>>20)}
	}
	for _, fault := range machineFaults {
		if strings.Contains(own, fault.Error()) {
			return fmt.Errorf("the compiler could not work: %s", strings.TrimSpace(own))
		}
	}
	return &Rejected{said}
}
