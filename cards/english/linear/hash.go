package linear

// The multipliers of the hashes: odd 64-bit numbers without a pattern.
const (
	mul0 = 0x9E3779B97F4A7C15
	mul1 = 0xC2B2AE3D27D4EB4F
	mul2 = 0x165667B19E3779F9
	mul3 = 0xD6E8FEB86659FD93
	mul4 = 0xA0761D6478BD642F
)

// Feature makes the key of a feature from the number of its template and up to
// four atoms, which are themselves hashes or small numbers; unused atoms are 0.
func Feature(template, a, b, c, d uint32) uint32 {
	h := uint64(template)*mul0 + uint64(a)*mul1 + uint64(b)*mul2 + uint64(c)*mul3 + uint64(d)*mul4
	h ^= h >> 29
	return uint32((h * mul1) >> 32)
}

// String is the hash of a string: FNV-1a, stirred once more.
func String(s string) uint32 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	h ^= h >> 29
	return uint32((h * mul0) >> 32)
}
