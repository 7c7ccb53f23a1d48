package anki

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"

	"recto/cards/formats"
)

// object is one of Anki's JSON objects. Programs have written its numbers as text
// and fractions, so that every value is read by what it should be.
type object map[string]json.RawMessage

// text is the string under key; "" for anything else.
func (o object) text(key string) string {
	var s string
	if json.Unmarshal(o[key], &s) != nil {
		return ""
	}
	return text(s)
}

// whole is the integer under key; 0 for anything else.
func (o object) whole(key string) int64 {
	var v any
	decoder := json.NewDecoder(bytes.NewReader(o[key]))
	decoder.UseNumber()
	if decoder.Decode(&v) != nil {
		return 0
	}
	switch v := v.(type) {
	case json.Number:
		return parseWhole(v.String())
	case string:
		return parseWhole(v)
	case bool:
		if v {
			return 1
		}
	}
	return 0
}

// flag is the truth under key; numbers other than 0 are true.
func (o object) flag(key string) bool { return o.whole(key) != 0 }

// list is the objects of the list under key.
func (o object) list(key string) []object {
	var list []object
	if json.Unmarshal(o[key], &list) != nil {
		return nil
	}
	return list
}

// object is the object under key, nil for anything else.
func (o object) object(key string) object {
	var inner object
	if json.Unmarshal(o[key], &inner) != nil {
		return nil
	}
	return inner
}

// prefix marks what is Anki's among the Extras.
const prefix = "anki."

// extras are the values of o that Recto has no word for. null says no more than
// leaving a key out.
func (o object) extras(known ...string) formats.Extras {
	rest := formats.Extras{}
	for key, value := range o {
		if value = compact(value); string(value) != "null" {
			rest[prefix+key] = value
		}
	}
	for _, key := range known {
		delete(rest, prefix+key)
	}
	if len(rest) == 0 {
		return nil
	}
	return rest
}

// compact is JSON without spaces, copied, so that the same value is the same bytes.
func compact(value json.RawMessage) json.RawMessage {
	var b bytes.Buffer
	if json.Compact(&b, value) != nil {
		return json.RawMessage("null")
	}
	return b.Bytes()
}

// objectOf gives Anki's values among extras back, over those of standard.
func objectOf(extras formats.Extras, standard string) object {
	o := object{}
	if err := json.Unmarshal([]byte(standard), &o); err != nil {
		panic("anki: a standard object is no JSON: " + standard)
	}
	for key, value := range extras {
		if name, ours := strings.CutPrefix(key, prefix); ours && json.Valid(value) {
			o[name] = value
		}
	}
	return o
}

// set puts v under key.
func (o object) set(key string, v any) { o[key] = rawJSON(v) }

// latest is the last moment that can be written as JSON and as a date.
const latest = 253402300799 // seconds: the end of the year 9999

// seconds is a moment from seconds since 1970; the zero time for 0 and for nonsense.
// Some programs write milliseconds.
func seconds(s int64) time.Time {
	if s > latest {
		s /= 1000
	}
	if s <= 0 || s > latest {
		return time.Time{}
	}
	return time.Unix(s, 0).UTC()
}

// millis is a moment from milliseconds since 1970; the zero time for 0 and for nonsense.
func millis(ms int64) time.Time {
	if ms <= 0 || ms/1000 > latest {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
