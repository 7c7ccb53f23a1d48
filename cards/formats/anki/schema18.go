package anki

import (
	"context"
	"database/sql/driver"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"

	"google.golang.org/protobuf/encoding/protowire"

	"recto/cards/formats"
)

// shape is how a field of a protobuf message is written in the JSON of schema 11.
type shape int

const (
	number shape = iota
	signed       // int64, as written by two's complement
	truth
	untruth // true where the message says false
	fraction
	fractions
	words
	percent // a fraction, as a whole number of hundredths
)

// slot is one field of a message: its number, its key in JSON, its shape, and what
// stands in JSON when the message leaves it out.
type slot struct {
	number  protowire.Number
	key     string
	shape   shape
	without string // "" leaves the key out
}

// other is the field in which Anki keeps what it has no field for, as JSON.
const other = 255

// decode makes an object of a message. Fields without a slot go to rest, if any.
func decode(message []byte, slots []slot, rest func(protowire.Number, []byte) error) (object, error) {
	o, lists := object{}, map[string][]float64{}
	byNumber := make(map[protowire.Number]slot, len(slots))
	for _, s := range slots {
		byNumber[s.number] = s
		if s.without != "" {
			o[s.key] = json.RawMessage(s.without)
		}
	}
	err := fields(message, func(n protowire.Number, value uint64, content []byte) error {
		s, ok := byNumber[n]
		switch {
		case n == other && rest == nil, n == other && !ok:
			mergeOther(o, content)
		case !ok && rest != nil:
			return rest(n, content)
		case !ok:
		case s.shape == fractions:
			lists[s.key] = appendFloats(lists[s.key], value, content)
			o.set(s.key, lists[s.key])
		default:
			o[s.key] = s.json(value, content)
		}
		return nil
	})
	return o, err
}

// mergeOther adds the keys of a JSON object that o does not have.
func mergeOther(o object, content []byte) {
	var more object
	if formats.DecodeJSON(content, formats.DefaultLimits.Depth, &more) != nil {
		return
	}
	for key, value := range more {
		if _, there := o[key]; !there {
			o[key] = value
		}
	}
}

func (s slot) json(value uint64, content []byte) json.RawMessage {
	switch s.shape {
	case signed:
		return rawJSON(int64(value))
	case truth:
		return rawJSON(value != 0)
	case untruth:
		return rawJSON(value == 0)
	case fraction:
		return float(uint32(value))
	case percent:
		return rawJSON(int(math.Round(100 * finite(uint32(value)))))
	case words:
		return rawJSON(text(content))
	}
	return rawJSON(value)
}

// float is a 32-bit float as the shortest decimal that stands for it.
func float(bits uint32) json.RawMessage {
	s := strconv.FormatFloat(finite(bits), 'f', -1, 32)
	if !strings.Contains(s, ".") {
		s += ".0"
	}
	return json.RawMessage(s)
}

func finite(bits uint32) float64 {
	f := float64(math.Float32frombits(bits))
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return 0
	}
	return f
}

// appendFloats adds a packed list, or one number of a list that is not packed.
func appendFloats(list []float64, value uint64, content []byte) []float64 {
	round := func(bits uint32) float64 {
		f, err := strconv.ParseFloat(strconv.FormatFloat(finite(bits), 'g', -1, 32), 64)
		if err != nil {
			return 0
		}
		return f
	}
	if content == nil {
		return append(list, round(uint32(value)))
	}
	for ; len(content) >= 4 && len(list) < 1000; content = content[4:] {
		list = append(list, round(binary.LittleEndian.Uint32(content)))
	}
	return list
}

var noteTypeSlots = []slot{
	{1, "type", number, "0"}, {2, "sortf", number, "0"}, {3, "css", words, `""`}, {4, "did", signed, "null"},
	{5, "latexPre", words, `""`}, {6, "latexPost", words, `""`}, {7, "latexsvg", truth, "false"},
	{9, "originalStockKind", number, ""}, {10, "originalId", signed, ""},
}

var fieldSlots = []slot{
	{1, "sticky", truth, "false"}, {2, "rtl", truth, "false"}, {3, "font", words, `"Arial"`}, {4, "size", number, "20"},
	{5, "description", words, `""`}, {6, "plainText", truth, "false"}, {7, "collapsed", truth, "false"},
	{8, "excludeFromSearch", truth, "false"}, {9, "id", signed, ""}, {10, "tag", number, ""}, {11, "preventDeletion", truth, "false"},
}

var templateSlots = []slot{
	{1, "qfmt", words, `""`}, {2, "afmt", words, `""`}, {3, "bqfmt", words, `""`}, {4, "bafmt", words, `""`},
	{5, "did", signed, "null"}, {6, "bfont", words, `""`}, {7, "bsize", number, "0"}, {8, "id", signed, ""},
}

// noteTypes18 reads the tables of note types as the objects of schema 11.
func noteTypes18(ctx context.Context, db *database, l formats.Limits) (map[int64]object, error) {
	all := map[int64]object{}
	err := db.each(ctx, "notetypes", []string{"id", "name", "mtime_secs", "config"}, l.Rows, func(c []driver.Value) error {
		required := [][]any{}
		o, err := decode(blob(c[3]), noteTypeSlots, requirements(&required))
		if err != nil {
			return fmt.Errorf("note type %q: %w", short(text(c[1])), err)
		}
		o.set("req", required)
		o.set("id", whole(c[0]))
		o.set("name", text(c[1]))
		o.set("mod", whole(c[2]))
		all[whole(c[0])] = o
		return nil
	})
	if err != nil {
		return nil, err
	}
	for table, part := range map[string]struct {
		key   string
		slots []slot
	}{"fields": {"flds", fieldSlots}, "templates": {"tmpls", templateSlots}} {
		lists := map[int64][]object{}
		err := db.each(ctx, table, []string{"ntid", "ord", "name", "config"}, l.Rows, func(c []driver.Value) error {
			o, err := decode(blob(c[3]), part.slots, nil)
			if err != nil {
				return fmt.Errorf("%s %q: %w", table, short(text(c[2])), err)
			}
			o.set("ord", whole(c[1]))
			o.set("name", text(c[2]))
			lists[whole(c[0])] = append(lists[whole(c[0])], o)
			return nil
		})
		if err != nil {
			return nil, err
		}
		for id, list := range lists {
			if o := all[id]; o != nil {
				o.set(part.key, list)
			}
		}
	}
	return all, nil
}

// requirements reads which fields make which card: {1 template, 2 how many of
// them, 3 fields}.
func requirements(list *[][]any) func(protowire.Number, []byte) error {
	kinds := []string{"none", "any", "all"}
	return func(n protowire.Number, content []byte) error {
		if n != 8 {
			return nil
		}
		template, kind, used := uint64(0), uint64(0), []uint64{}
		err := fields(content, func(n protowire.Number, value uint64, packed []byte) error {
			switch n {
			case 1:
				template = value
			case 2:
				kind = min(value, 2)
			case 3:
				if packed == nil {
					used = append(used, value)
				}
				for len(packed) > 0 && len(used) < formats.DefaultLimits.Fields {
					v, size := protowire.ConsumeVarint(packed)
					if size < 0 {
						return formats.Damaged("a list in it cannot be read: %w", protowire.ParseError(size))
					}
					used, packed = append(used, v), packed[size:]
				}
			}
			return nil
		})
		*list = append(*list, []any{template, kinds[kind], used})
		return err
	}
}

var deckSlots = []slot{
	{1, "collapsed", truth, "false"}, {2, "browserCollapsed", truth, "false"},
	{3, "day", number, "0"}, {4, "new", signed, "0"}, {5, "rev", signed, "0"}, {6, "lrn", signed, "0"}, {7, "time", signed, "0"},
}

var normalSlots = []slot{
	{1, "conf", signed, "1"}, {2, "extendNew", number, "0"}, {3, "extendRev", number, "0"}, {4, "desc", words, `""`},
	{5, "md", truth, ""}, {6, "reviewLimit", number, "null"}, {7, "newLimit", number, "null"}, {10, "desiredRetention", percent, "null"},
}

var filteredSlots = []slot{
	{1, "resched", truth, "false"}, {3, "delays", fractions, "null"}, {4, "previewDelay", number, "0"},
	{5, "previewHardSecs", number, "0"}, {6, "previewGoodSecs", number, "0"}, {7, "previewAgainSecs", number, "0"},
}

// decks18 reads the table of decks as the objects of schema 11.
func decks18(ctx context.Context, db *database, l formats.Limits) (map[int64]object, error) {
	all := map[int64]object{}
	err := db.each(ctx, "decks", []string{"id", "name", "mtime_secs", "common", "kind"}, l.Rows, func(c []driver.Value) error {
		o, err := deck18(blob(c[3]), blob(c[4]))
		if err != nil {
			return fmt.Errorf("deck %q: %w", short(text(c[1])), err)
		}
		o.set("id", whole(c[0]))
		o.set("name", strings.ReplaceAll(text(c[1]), "\x1f", "::"))
		o.set("mod", whole(c[2]))
		all[whole(c[0])] = o
		return nil
	})
	return all, err
}

func deck18(common, kind []byte) (object, error) {
	o, err := decode(common, deckSlots, func(protowire.Number, []byte) error { return nil })
	if err != nil {
		return nil, err
	}
	for _, what := range []string{"new", "rev", "lrn", "time"} {
		o.set(what+"Today", []int64{o.whole("day"), o.whole(what)})
		delete(o, what)
	}
	delete(o, "day")
	o.set("dyn", 0)
	err = fields(kind, func(n protowire.Number, _ uint64, content []byte) error {
		var inner object
		var err error
		switch n {
		case 1:
			inner, err = decode(content, normalSlots, dayLimits(o))
		case 2:
			o.set("dyn", 1)
			o.set("desc", "")
			o.set("separate", true)
			inner, err = decode(content, filteredSlots, searches(o))
		}
		for key, value := range inner {
			o[key] = value
		}
		return err
	})
	return o, err
}

// dayLimits reads the limits of a single day: {1 limit, 2 day}.
func dayLimits(o object) func(protowire.Number, []byte) error {
	keys := map[protowire.Number]string{8: "reviewLimitToday", 9: "newLimitToday"}
	return func(n protowire.Number, content []byte) error {
		if keys[n] == "" {
			return nil
		}
		limit, err := decode(content, []slot{{1, "limit", number, "0"}, {2, "today", number, "0"}}, nil)
		o.set(keys[n], limit)
		return err
	}
}

// searches reads the searches of a filtered deck: {1 search, 2 limit, 3 order}.
func searches(o object) func(protowire.Number, []byte) error {
	terms := [][]any{}
	o.set("terms", terms)
	return func(n protowire.Number, content []byte) error {
		if n != 2 {
			return nil
		}
		term, err := decode(content, []slot{{1, "search", words, `""`}, {2, "limit", number, "0"}, {3, "order", number, "0"}}, nil)
		terms = append(terms, []any{term.text("search"), term.whole("limit"), term.whole("order")})
		o.set("terms", terms)
		return err
	}
}
