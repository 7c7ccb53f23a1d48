package entity

import (
	"encoding/binary"
	"maps"
	"slices"
	"strings"

	"recto/cards/english/linear"
	"recto/cards/english/pack"
)

// classOf puts a word into one of the closed classes that stand in or beside
// names; 0 is none. The lists are of common knowledge.
func classOf(form string) uint32 {
	return classes[strings.ToLower(strings.TrimSuffix(form, "."))]
}

var classes = func() map[string]uint32 {
	m := map[string]uint32{}
	for i, list := range []string{
		`january february march april june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec`,
		`monday tuesday wednesday thursday friday saturday sunday`,
		`mr mrs ms miss dr prof sir dame lord lady rev sgt capt col gen lt maj hon saint st`,
		`president minister king queen prince princess emperor empress pope bishop archbishop cardinal senator governor mayor chancellor general
		 admiral colonel captain professor judge justice secretary chairman chairwoman director ambassador congressman representative duke count baron tsar
		 sultan shah premier commissioner marshal sheikh chief dictator ceo`,
		`he she who whose him her his actor actress singer writer author poet composer painter artist scientist physicist chemist biologist
		 mathematician philosopher historian economist politician lawyer engineer architect inventor explorer journalist novelist director producer
		 musician athlete player coach student teacher father mother son daughter brother sister wife husband born married son-in-law born`,
		`river lake mountain mount mountains island islands sea ocean bay gulf cape valley desert peninsula coast beach creek canyon strait basin plateau
		 forest park city town village county province state republic kingdom empire district region prefecture territory continent street road avenue
		 bridge airport station port harbour castle palace square tower`,
		`in near at from to across throughout toward towards into outside within north south east west northern southern eastern western central upper lower`,
		`university college school institute academy museum library hospital church cathedral company corporation corp inc ltd plc llc gmbh co bank group
		 association society foundation organization organisation union league federation committee commission council agency department ministry bureau
		 office court parliament congress senate party army navy force forces police team club united fc press times post journal news network
		 broadcasting records studios airlines motors industries technologies systems trust fund alliance authority board service services`,
		`war battle siege revolution treaty conference summit olympics cup championship festival election crisis massacre riots uprising rebellion
		 campaign operation expedition tournament games award awards prize ceremony day hurricane earthquake genocide holocaust renaissance`,
		`film movie novel book album song series show magazine opera symphony play poem painting episode single musical sculpture story essay comic
		 game soundtrack trilogy titled entitled called`,
		`de la le du van von der den bin ibn al el di da dos del y e of the and for`,
		`jr sr ii iii iv`,
	} {
		for _, w := range strings.Fields(list) {
			if m[w] == 0 {
				m[w] = uint32(i + 1)
			}
		}
	}
	return m
}()

// Lists says by the hash of a word in which lists of names it stands.
type Lists map[uint32]uint32

// The lists, as bits.
const (
	FirstName   = 1 << iota
	LastName    // of English-speaking countries
	Country     // a country of one word
	CountryPart // a word of a longer name of a country
	City        // a capital or another city of one word
	CityPart    // a word of a longer name of a city
	Region      // a state, a province, an inhabitant's name for one
)

// Add puts a word into a list.
func (l Lists) Add(form string, list uint32) { l[linear.String(form)] |= list }

// of returns the lists that hold a word; those of names hold only capitals.
func (l Lists) of(form string) uint32 { return l[linear.String(form)] }

func (l Lists) append(b []byte) []byte {
	b = binary.AppendUvarint(b, uint64(len(l)))
	last := uint32(0)
	keys := slices.Sorted(maps.Keys(l))
	for _, k := range keys {
		b = binary.AppendUvarint(b, uint64(k-last))
		last = k
	}
	for _, k := range keys {
		b = append(b, byte(l[k]))
	}
	return b
}

func readLists(b []byte) (Lists, []byte, error) {
	n, b, err := pack.Uvarint(b)
	if err != nil || n > uint64(len(b)) {
		return nil, nil, pack.ErrDamaged
	}
	keys := make([]uint32, n)
	last := uint64(0)
	for i := range keys {
		var d uint64
		if d, b, err = pack.Uvarint(b); err != nil {
			return nil, nil, err
		}
		last += d
		keys[i] = uint32(last)
	}
	if uint64(len(b)) < n {
		return nil, nil, pack.ErrDamaged
	}
	l := make(Lists, n)
	for i, k := range keys {
		l[k] = uint32(b[i])
	}
	return l, b[n:], nil
}
