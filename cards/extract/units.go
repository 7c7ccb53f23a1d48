package extract

import "strings"

// currencies are signs and codes that stand before or after a sum.
var currencies = map[string]string{
	"$": "USD", "us$": "USD", "usd": "USD", "£": "GBP", "gbp": "GBP", "€": "EUR", "eur": "EUR", "¥": "JPY", "jpy": "JPY", "₹": "INR", "inr": "INR", "rs": "INR", "rs.": "INR",
	"₽": "RUB", "rub": "RUB", "₩": "KRW", "krw": "KRW", "rmb": "CNY", "cny": "CNY", "chf": "CHF", "a$": "AUD", "au$": "AUD", "aud": "AUD", "c$": "CAD", "ca$": "CAD", "cad": "CAD",
	"hk$": "HKD", "nz$": "NZD", "s$": "SGD", "nt$": "TWD", "r$": "BRL", "dm": "DEM", "sek": "SEK", "nok": "NOK", "dkk": "DKK",
}

// coins are names of currencies that follow a number. An empty code is a currency
// that ISO 4217 has no code for, or several; then the word itself is the unit.
var coins = map[string]string{
	"dollar": "USD", "dollars": "USD", "euro": "EUR", "euros": "EUR", "yen": "JPY", "rouble": "RUB", "roubles": "RUB", "ruble": "RUB", "rubles": "RUB", "rupee": "INR", "rupees": "INR",
	"yuan": "CNY", "renminbi": "CNY", "won": "KRW", "pound": "GBP", "pounds": "GBP", "sterling": "GBP", "cent": "cents", "cents": "cents", "pence": "pence", "shillings": "shillings",
	"francs": "", "franc": "", "marks": "", "florins": "", "guilders": "", "thalers": "", "ducats": "", "livres": "", "lira": "", "liras": "", "lire": "", "pesos": "", "pesetas": "", "reais": "BRL",
	"rand": "ZAR", "zloty": "PLN", "krona": "", "kronor": "", "kroner": "", "krone": "", "dinars": "", "dirhams": "", "riyals": "", "shekels": "ILS", "guineas": "", "drachmas": "", "talents": "", "denarii": "", "sesterces": "", "baht": "THB", "ringgit": "MYR",
	"bitcoin": "BTC", "bitcoins": "BTC",
}

// minters are the nations that "dollars", "pounds" or "francs" may be said of.
var minters = map[string]map[string]string{
	"dollars": {"us": "USD", "u.s.": "USD", "american": "USD", "australian": "AUD", "canadian": "CAD", "singapore": "SGD", "taiwan": "TWD"},
	"pounds":  {"british": "GBP", "egyptian": "EGP", "turkish": "TRY"},
	"francs":  {"swiss": "CHF", "french": "FRF", "belgian": "BEF"},
	"pesos":   {"mexican": "MXN", "argentine": "ARS", "chilean": "CLP", "philippine": "PHP", "colombian": "COP"},
	"kronor":  {"swedish": "SEK"},
	"kroner":  {"norwegian": "NOK", "danish": "DKK"},
	"marks":   {"german": "DEM"},
	"yen":     {"japanese": "JPY"},
	"rupees":  {"indian": "INR", "pakistani": "PKR"},
	"yuan":    {"chinese": "CNY"},
	"lira":    {"turkish": "TRY", "italian": "ITL"},
}

// measures bring the spellings of a unit to one form.
var measures = map[string]string{}

// letterUnits are units too short to be known by their form alone: they follow
// digits, and no name goes on after them.
var letterUnits = set(`m g t l k v w a n j h b c f in ha pa ft mi`)

//nolint:misspell // texts have both spellings
func init() {
	for unit, forms := range map[string]string{
		"km": "km kms kilometre kilometres kilometer kilometers", "m": "m metre metres meter meters", "cm": "cm centimetre centimetres centimeter centimeters",
		"mm": "mm millimetre millimetres millimeter millimeters", "µm": "µm μm micron microns micrometre micrometres micrometer micrometers", "nm": "nm nanometre nanometres nanometer nanometers",
		"miles": "mile miles mi", "ft": "foot feet ft", "inches": "inch inches in", "yards": "yard yards yd", "fathoms": "fathom fathoms", "light-years": "lightyear lightyears light-year light-years",
		"km2": "km² km2 sqkm", "m2": "m² m2", "cm2": "cm²", "m3": "m³ m3", "km3": "km³", "ha": "ha hectare hectares", "acres": "acre acres", "AU": "au", "parsecs": "parsec parsecs pc", "kpc": "kpc", "Mpc": "mpc",
		"kg": "kg kgs kilogram kilograms kilogramme kilogrammes kilo kilos", "g": "g gram grams gramme grammes", "mg": "mg milligram milligrams", "µg": "µg μg mcg microgram micrograms", "t": "t tonne tonnes",
		"tons": "ton tons", "lb": "lb lbs", "oz": "oz ounce ounces", "stone": "stone", "carats": "carat carats",
		"l": "l litre litres liter liters", "ml": "ml millilitre millilitres milliliter milliliters", "gallons": "gallon gallons", "pints": "pint pints", "barrels": "barrel barrels", "bushels": "bushel bushels",
		"°C": "°c", "°F": "°f", "K": "k kelvin kelvins", "°": "° degree degrees",
		"W": "w watt watts", "kW": "kw kilowatt kilowatts", "MW": "mw megawatt megawatts", "GW": "gw gigawatt gigawatts", "TW": "tw terawatt terawatts", "kWh": "kwh", "MWh": "mwh", "GWh": "gwh", "TWh": "twh",
		"hp": "hp horsepower", "V": "v volt volts", "kV": "kv", "A": "a ampere amperes amp amps", "mA": "ma", "mAh": "mah", "J": "j joule joules", "kJ": "kj kilojoule kilojoules", "cal": "calorie calories", "kcal": "kcal kilocalorie kilocalories",
		"N": "n newton newtons", "Pa": "pa pascal pascals", "kPa": "kpa", "MPa": "megapascal megapascals", "hPa": "hpa", "bar": "bar bars", "psi": "psi", "Hz": "hz hertz", "kHz": "khz kilohertz", "MHz": "mhz megahertz", "GHz": "ghz gigahertz",
		"bits": "bit bits", "bytes": "byte bytes", "kB": "kb kilobyte kilobytes", "MB": "mb megabyte megabytes", "GB": "gb gigabyte gigabytes", "TB": "tb terabyte terabytes", "megapixels": "megapixel megapixels", "pixels": "pixel pixels",
		"mph": "mph", "km/h": "km/h kph kmh", "m/s": "m/s", "knots": "knot knots", "dB": "db decibel decibels", "eV": "ev", "keV": "kev", "MeV": "mev", "GeV": "gev", "mol": "mol mole moles", "ppm": "ppm", "megatons": "megaton megatons", "kilotons": "kiloton kilotons",
		"ms": "millisecond milliseconds ms", "µs": "microsecond microseconds µs", "ns": "nanosecond nanoseconds", "rpm": "rpm",
	} {
		for _, f := range strings.Fields(forms) {
			measures[f] = unit
		}
	}
}

// spans are units of time; the form is the plural.
var spans = map[string]string{
	"second": "seconds", "seconds": "seconds", "minute": "minutes", "minutes": "minutes", "min": "minutes", "hour": "hours", "hours": "hours", "hrs": "hours", "day": "days", "days": "days", "night": "nights", "nights": "nights",
	"week": "weeks", "weeks": "weeks", "fortnight": "fortnights", "weekend": "weekends", "month": "months", "months": "months", "year": "years", "years": "years", "yr": "years", "yrs": "years", "decade": "decades", "decades": "decades",
	"century": "centuries", "centuries": "centuries", "millennium": "millennia", "millennia": "millennia", "generations": "generations",
}

// oneSpan is the singular of a unit of time.
func oneSpan(plural string) string {
	switch plural {
	case "centuries":
		return "century"
	case "millennia":
		return "millennium"
	}
	return strings.TrimSuffix(plural, "s")
}

// unit is what follows a number.
type unit struct {
	typ   string // money, percent, measure, duration, age; "" if there is none
	name  string // normal form
	end   int    // the token after it
	about bool   // "2 % of GDP": what follows "of" may be told
}

// unitAt reads the unit at token i, which follows the number a.
func (r *reader) unitAt(i int, a amount) unit {
	if hyphen(r.at(i)) && r.tight(i-1) && r.tight(i) {
		u := r.unitAt(i+1, a)
		if u.end == i+2 && u.typ != "percent" && !letterUnits[r.at(i+1)] || u.typ == "age" {
			return u
		}
		return unit{}
	}
	w := r.at(i)
	switch {
	case w == "%" || w == "percent" || w == "pct":
		return r.percent(unit{"percent", "%", i + 1, true})
	case w == "per" && r.at(i+1) == "cent":
		return r.percent(unit{"percent", "%", i + 2, true})
	case w == "percentage" && strings.HasPrefix(r.at(i+1), "point"):
		return unit{"percent", "percentage points", i + 2, false}
	}
	if u := r.coinAt(i, a); u.typ != "" {
		return u
	}
	if plural := spans[w]; plural != "" {
		return r.spanAt(i, plural)
	}
	return r.measureAt(i, a)
}

func (r *reader) percent(u unit) unit {
	if strings.HasPrefix(r.at(u.end), "point") {
		return unit{"percent", "percentage points", u.end + 1, false}
	}
	return u
}

// coinAt reads a currency after the number a.
func (r *reader) coinAt(i int, a amount) unit {
	w := r.at(i)
	if code := minters[r.at(i+1)][w]; code != "" {
		return unit{"money", code, i + 2, true}
	}
	if w == "pound" && r.at(i+1) == "sterling" || w == "pounds" && r.at(i+1) == "sterling" {
		return unit{"money", "GBP", i + 2, true}
	}
	if w == "us" && strings.HasPrefix(r.at(i+1), "dollar") {
		return unit{"money", "USD", i + 2, true}
	}
	if code := currencies[w]; code != "" && !r.tight(i) || code != "" && r.tight(i-1) {
		if r.Tokens[i].Norm == strings.ToUpper(w) && w != "dm" && !isDigit(r.at(i+1)) {
			return unit{"money", code, i + 1, true}
		}
	}
	code, coin := coins[w]
	if !coin {
		return unit{}
	}
	if w == "won" && !a.scaled && a.low < 1000 || (w == "marks" || w == "mark" || w == "talents") && a.low < 20 {
		return unit{}
	}
	if (w == "pounds" || w == "pound") && !r.aboutMoney(a) {
		return unit{"measure", "lb", i + 1, true}
	}
	if code == "" {
		code = w
	}
	return unit{"money", code, i + 1, true}
}

var moneyWords = set(`£ cost costs paid pay price prices priced worth salary wage wages tax fine fined debt sold bought earned spent prize fund loan profit budget revenue income grant donated raised`)

// aboutMoney reports whether "pounds" are a currency here, not a weight.
func (r *reader) aboutMoney(a amount) bool {
	if a.scaled && a.low >= 1e6 {
		return true
	}
	for _, w := range r.low {
		if moneyWords[w] {
			return true
		}
	}
	return false
}

// spanAt reads a unit of time, and tells an age from a duration.
func (r *reader) spanAt(i int, plural string) unit {
	k := i + 1
	if r.at(k) == "'" || r.at(k) == "'s" {
		return unit{"duration", plural, i + 1, false}
	}
	switch {
	case hyphen(r.at(k)) && strings.HasPrefix(r.at(k+1), "old"), r.at(k) == "old", r.at(k) == "of" && r.at(k+1) == "age":
		return unit{"age", plural, i + 1, false}
	}
	return unit{"duration", plural, i + 1, false}
}

// measureAt reads a unit of measurement, with "square", "cubic" or "per".
func (r *reader) measureAt(i int, a amount) unit {
	w, power := r.at(i), ""
	switch {
	case w == "square" || w == "sq" || w == "sq.":
		power, i = "2", i+1
	case w == "cubic":
		power, i = "3", i+1
	case w == "nautical" && strings.HasPrefix(r.at(i+1), "mile"):
		return r.per(unit{"measure", "nautical miles", i + 2, true})
	case w == "metric" && strings.HasPrefix(r.at(i+1), "ton"):
		return unit{"measure", "t", i + 2, true}
	case w == "light" && (hyphen(r.at(i+1)) && strings.HasPrefix(r.at(i+2), "year") || strings.HasPrefix(r.at(i+1), "year")):
		if hyphen(r.at(i + 1)) {
			i++
		}
		return unit{"measure", "light-years", i + 2, false}
	}
	name := measures[r.at(i)]
	if name == "" || power == "" && !r.plausible(i, a) {
		return unit{}
	}
	u := unit{"measure", name, i + 1, true}
	switch {
	case power != "" && (name == "miles" || name == "inches" || name == "yards"):
		u.name = "square " + name
		if power == "3" {
			u.name = "cubic " + name
		}
	case power != "":
		u.name += power
	case name == "°" && (r.at(u.end) == "celsius" || r.at(u.end) == "centigrade" || r.at(u.end) == "c"):
		u.name, u.end = "°C", u.end+1
	case name == "°" && (r.at(u.end) == "fahrenheit" || r.at(u.end) == "f"):
		u.name, u.end = "°F", u.end+1
	case (name == "kW" || name == "MW" || name == "GW" || name == "W") && strings.HasPrefix(r.at(u.end), "hour"):
		u.name, u.end = name+"h", u.end+1
	}
	return r.per(u)
}

// plausible reports whether the word at i is a unit here: "5 m", but not "5 in all".
func (r *reader) plausible(i int, a amount) bool {
	w := r.at(i)
	switch w {
	case "in", "a", "an", "c", "f", "b":
		return r.tight(i-1) && !a.spelt && w == "in" && !r.word(i+1)
	case "stone", "foot", "pc", "mole", "moles", "mi", "kilos", "bit", "bits", "au", "bar", "bars":
		return !a.spelt && (w != "bars" && w != "moles") || w == "foot"
	}
	if !letterUnits[w] {
		return true
	}
	return !a.spelt && (!r.capital(i) || w == "k" || w == "v" || w == "w" || w == "n" || w == "j") && (r.tight(i-1) || !r.capital(i+1))
}

// perUnits are units that a rate is told by.
var perUnits = map[string]string{"hour": "h", "h": "h", "second": "s", "s": "s", "sec": "s", "minute": "min", "day": "day", "year": "year", "tonne": "t", "kilogram": "kg", "kg": "kg", "hectare": "ha"}

// per reads "per second" and "/s" after a unit.
func (r *reader) per(u unit) unit {
	k := u.end
	if r.at(k) != "per" && r.at(k) != "/" && r.at(k) != "an" && r.at(k) != "a" {
		return u
	}
	by := r.at(k + 1)
	short := perUnits[by]
	if by == "" || short == "" && measures[by] == "" || (r.at(k) == "a" || r.at(k) == "an") && by != "hour" && by != "second" {
		return u
	}
	if short == "" {
		short = measures[by]
	}
	u.end = k + 2
	u.name += "/" + short
	if u.name == "miles/h" {
		u.name = "mph"
	}
	return u
}
