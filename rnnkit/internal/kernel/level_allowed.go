//go:build !rnnkit_portable && !rnnkit_avx2

package kernel

const allowed = AVX512
