//go:build rnnkit_avx2 && !rnnkit_portable

package kernel

const allowed = AVX2
