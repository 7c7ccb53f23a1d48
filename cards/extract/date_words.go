package extract

import "strings"

// wordSet is a set of words written with spaces between them.
func wordSet(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// numbered counts words from n on: the first is n.
func countFrom(n int, words string) map[string]int {
	m := map[string]int{}
	for i, w := range strings.Fields(words) {
		m[w] = n + i
	}
	return m
}

var (
	monthNames = countFrom(1, "january february march april may june july august september october november december")
	monthAbbrs = map[string]int{"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12}

	weekdayNames = countFrom(0, "sunday monday tuesday wednesday thursday friday saturday")
	dayAbbrs     = map[string]int{"sun": 0, "mon": 1, "tue": 2, "tues": 2, "wed": 3, "thu": 4, "thur": 4, "thurs": 4, "fri": 5, "sat": 6}

	seasonNames = map[string]int{"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}

	ordinalWords  = countFrom(1, "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth")
	cardinalWords = countFrom(1, "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty")
	decadeWords   = map[string]int{"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90}

	// dashes join the two ends of a range.
	dashes = wordSet("- – — ― ‒ −")

	// parts stand before a date and say which part of it is meant.
	parts = wordSet("early late mid middle beginning end start")

	// placing are the prepositions that put something in time.
	placing = wordSet("in since by until till during before after from between throughout circa around about through post pre mid early late")

	// namedMonths are months that are names of people and words as well.
	namedMonths = wordSet("march april may june august mar jan")

	// approximate stands before a number that is about right, of years too.
	approximate = wordSet("about around approximately roughly circa")

	// functionWords may stand behind a date without being said of it.
	functionWords = wordSet(`the a an and or but nor to in on at by with from for of as if when while where which who whose that than then
		this these those it its he she his her they their we our you i is was were are be been being had has have did does do
		will would could should may might can must after before until till since because although though during under over
		between among into through without within against about not no so both all some many most several each there here
		also only just once again later earlier onwards onward saw marked brought until unless upon via per him them
		alone inclusive respectively whereas whereby`)

	// labels stand before a number that is a name, never a year.
	labels = wordSet(`no no. nos number numbers room flight route highway page pages p p. pp pp. section sections article articles
		resolution rule rules regulation directive chapter chapters verse unit model type class boeing airbus suite iso rfc
		version windows office channel line lines lot block hut hill apartment apt building gate track platform bus train
		figure fig fig. table clause paragraph para paras lp cat catalogue op op. asteroid psalm isbn doi id ext
		extension box engine locomotive radeon geforce core ryzen playstation xbox pentium mhz sonnet opus code codes error
		ngc ic messier bahrain-plate kilometre kilometer mile milepost room floor area zip postcode serial`)

	// counted stand before a number of things.
	counted = wordSet(`approximately nearly some over than almost roughly least most exactly only all another these those other every additional further extra total totalling totaling numbering numbered averaging
		between-them least up up-to upwards upward around-the costing cost earning worth weighing measuring seating
		holding carrying lost killed killing captured capturing employed employing wounded`)

	// countable are things that come in hundreds and thousands, and units.
	countable = wordSet(`percent per-cent km kilometres kilometers kilometre kilometer mile miles metre metres meter meters feet foot ft ton tons
		tonnes people persons men women soldiers troops dollars euros pounds kg acres sq square years days hours weeks months
		minutes seconds votes seats students employees workers prisoners members million billion trillion hectares inches
		m mm cm rpm hz khz mhz degrees times points units copies volts watts kw mw homes houses jobs families children deaths
		casualties ships aircraft tanks vehicles pages words residents inhabitants households species cases protesters
		demonstrators delegates lb lbs cc psi yards barrels shares horses cavalry infantry guns rifles calories grams
		litres liters gallons bc-votes civilians refugees settlers slaves sailors fighters rebels lines entries items
		dead wounded bricks stones books volumes islands villages towns schools churches stores shops branches
		gmt utc hours hrs words characters francs marks rubles roubles yen rupees crowns lire pesos bombs shells mines`)

	// streets follow the number of a house.
	streets = wordSet("avenue ave street st road rd boulevard blvd lane drive broadway square plaza")

	// nounPlurals ending in "s" that are no things to be counted.
	noPlural = wordSet("was is has its this his as us thus always does sales perhaps across towards afterwards politics economics news plus minus versus besides unless hours' britain's france's games olympics elections series census crisis")
)

// ordinal reads "21st" or "twenty" "-" "first"; n is how many atoms it takes.
func (l *line) ordinal(i int) (value, n int) {
	w := l.word(i)
	if k := len(w) - 2; k > 0 && k <= 2 && w[0] >= '0' && w[0] <= '9' {
		switch w[k:] {
		case "st", "nd", "rd", "th":
			v, ok := number(w[:k])
			if ok && v > 0 {
				return v, 1
			}
		}
		return 0, 0
	}
	if v := ordinalWords[w]; v > 0 {
		return v, 1
	}
	if tens := map[string]int{"twenty": 20, "thirty": 30}[w]; tens > 0 {
		if v := ordinalWords[l.word(i+2)]; v > 0 && v < 10 && l.word(i+1) == "-" {
			return tens + v, 3
		}
		if v := ordinalWords[l.word(i+1)]; v > 0 && v < 10 {
			return tens + v, 2
		}
	}
	if w == "thirtieth" {
		return 30, 1
	}
	return 0, 0
}

// cardinal reads "7", "seven", "a", "an"; 0 for anything else.
func (l *line) cardinal(i int) int {
	a := l.atom(i)
	switch {
	case a.digits > 0 && a.digits <= 3:
		return a.num
	case a.word == "a" || a.word == "an":
		return 1
	}
	return cardinalWords[a.word]
}

// roman reads a numeral of a century, "xix".
func roman(w string) int {
	units := map[byte]int{'i': 1, 'v': 5, 'x': 10}
	total := 0
	for i := range len(w) {
		v := units[w[i]]
		if v == 0 || len(w) > 6 {
			return 0
		}
		if i+1 < len(w) && units[w[i+1]] > v {
			v = -v
		}
		total += v
	}
	return total
}

// month reads the name of a month with a capital, or its abbreviation.
func (l *line) month(i int) int {
	a := l.atom(i)
	if a.norm == "" || a.norm[0] < 'A' || a.norm[0] > 'Z' {
		return 0
	}
	if m := monthNames[a.word]; m > 0 {
		return m
	}
	return monthAbbrs[a.word]
}

// weekday reads the name of a day of the week; -1 when there is none.
func (l *line) weekday(i int) int {
	a := l.atom(i)
	if a.norm == "" || a.norm[0] < 'A' || a.norm[0] > 'Z' {
		return -1
	}
	if d, ok := weekdayNames[a.word]; ok {
		return d
	}
	if d, ok := dayAbbrs[a.word]; ok && (strings.HasSuffix(a.norm, ".") || l.word(i+1) == "," || l.month(i+1) > 0 || l.atom(i+1).digits > 0) {
		return d
	}
	return -1
}
