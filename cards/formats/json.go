package formats

import "encoding/json"

// DecodeJSON decodes data into v, whose lists and objects may be nested as deep as
// depth. The errors are ErrDamaged and ErrTooLarge.
func DecodeJSON(data []byte, depth int, v any) error {
	if deeper(data, depth) {
		return TooLarge("its JSON is nested deeper than %d levels", depth)
	}
	if err := json.Unmarshal(data, v); err != nil {
		return Damaged("its JSON cannot be read: %w", err)
	}
	return nil
}

// deeper reports whether brackets outside of strings nest deeper than depth.
func deeper(data []byte, depth int) bool {
	level, quoted := 0, false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			if level++; level > depth {
				return true
			}
		case c == '}' || c == ']':
			level--
		}
	}
	return false
}
