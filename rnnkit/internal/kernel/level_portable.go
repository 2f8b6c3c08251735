//go:build rnnkit_portable

package kernel

const allowed = Portable
