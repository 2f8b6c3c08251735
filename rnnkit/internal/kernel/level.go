package kernel

// Level is a set of instructions that the kernels are written for.
type Level int

const (
	// Portable is Go's math and gonum's BLAS, whose products use SSE2 on amd64 and are
	// plain Go elsewhere.
	Portable Level = iota
	// AVX2 is AVX2 with FMA and BMI2, which Intel's processors have from 2013 on.
	AVX2
	// AVX512 is AVX-512F besides.
	AVX512
)

// Names are the names of the levels.
var Names = [...]string{Portable: "portable", AVX2: "AVX2", AVX512: "AVX-512"}

// String returns the name of the level.
func (l Level) String() string { return Names[l] }

// level is the highest level that the processor has and the build allows: the tags
// rnnkit_portable and rnnkit_avx2 are for tests of the lower ones. AVX2 and AVX512 give
// the same bits; Portable rounds after each product.
var level = min(available(), allowed)

// Current returns the level that is used.
func Current() Level { return level }
