package quiz

import (
	"slices"
	"strings"
)

// opposed are beginnings of words that tell opposites or neighbours apart, so that one in
// place of another is no slip (hypertension, hypotension).
var opposed = [][]string{
	{"hyper", "hypo"}, {"endo", "exo", "ecto", "ento"}, {"inter", "intra", "intro"}, {"ab", "ad"}, {"macro", "micro"}, {"anti", "ante"}, {"pre", "pro"}, {"supra", "super", "sub"},
	{"homo", "hetero"}, {"mono", "di", "tri", "tetra", "penta", "hexa", "hepta", "octa", "nona", "deca", "poly"}, {"milli", "micro", "mega"}, {"para", "peri"}, {"ortho", "meta", "para"}, {"epi", "endo"}, {"meso", "meta"},
}

// learned are endings behind which a word of science has only its stem to be known by.
var learned = []string{"ological", "ologist", "ology", "ographer", "ography", "onomy", "ometry", "ectomy", "ostomy", "otomy", "phobia", "philia", "ocracy", "oscope", "itis"}

// lookalikes are words a slip apart that mean different things. One line each.
var lookalikes = func() map[string][]string {
	out := map[string][]string{}
	for _, line := range []string{
		"meiosis mitosis miosis", "ileum ilium", "perineal peroneal peritoneal", "perineum peritoneum", "mucus mucous", "prophase prophage", "synapse synapsis", "chromatin chromatid", "insulin inulin", "creatine creatinine", "histidine histamine",
		"silicon silicone", "boron baron", "fluorine fluorene", "curium cerium", "phosphorus phosphorous", "mantle mantel", "lava larva", "neutron neuron", "axion axon", "boson bosun", "tendon tenon",
		"capital capitol", "principle principal", "complement compliment", "discreet discrete", "stationary stationery", "imminent immanent eminent", "persecute prosecute", "persecution prosecution", "perspective prospective", "ingenious ingenuous",
		"moral morale", "human humane", "marital martial", "naval navel", "personal personnel", "statue statute stature", "venal venial", "descent decent dissent",
		"convection conduction convention conviction", "refraction reflection diffraction", "revolution resolution evolution", "constitution constipation", "extraction extradition", "perihelion parhelion", "trajan trojan", "monet manet", "brahms brahe", "reagan regan",
	} {
		group := strings.Fields(line)
		for _, w := range group {
			out[w] = append(out[w], group...)
		}
	}
	return out
}()

// otherWord reports whether two words that are a slip apart are known to be two words.
func otherWord(a, b string) bool {
	if x, y := singular(a), singular(b); (x != a || y != b) && otherWord(x, y) {
		return true
	}
	return a != b && (slices.Contains(lookalikes[a], b) || otherEnding(a, b) || otherBeginning(a, b) || otherStem(a, b))
}

// otherBeginning reports whether two words differ by one of the opposed beginnings.
func otherBeginning(a, b string) bool {
	return slices.ContainsFunc(opposed, func(group []string) bool {
		x, y := beginning(group, a), beginning(group, b)
		return x != "" && y != "" && x != y && len(a)-len(x) > 3 && distance(a[len(x):], b[len(y):]) < 2
	})
}

// beginning is the longest of a group that a word begins with, or "".
func beginning(group []string, w string) (longest string) {
	for _, p := range group {
		if len(p) > len(longest) && strings.HasPrefix(w, p) {
			longest = p
		}
	}
	return longest
}

// otherStem reports whether two words of science have one ending and two stems
// (etymology, entomology). Two letters that changed places are a slip all the same.
func otherStem(a, b string) bool {
	i := slices.IndexFunc(learned, func(end string) bool { return strings.HasSuffix(a, end) && strings.HasSuffix(b, end) })
	if i < 0 {
		return false
	}
	x, y := strings.TrimSuffix(a, learned[i]), strings.TrimSuffix(b, learned[i])
	exchanged := distance(x, y) == 1 && sorted(x) == sorted(y)
	return x != y && sound(x) != sound(y) && !near(x, y) && !exchanged
}

// alike brings consonants that are taken for one another to one.
var alike = strings.NewReplacer("n", "m", "t", "d", "p", "b", "z", "s", "k", "g", "c", "g", "f", "v", "h", "", "a", "", "e", "", "i", "", "o", "", "u", "", "0", "")

// glides are vowels that are written with a consonant.
var glides = strings.NewReplacer("aw", "au", "ow", "ou")

// otherConsonants reports whether two words have other consonants: one in place of another
// (convection, convention), or one more and another vowel as well (inflation, inflection).
// One that is only left out is a slip, and so is a syllable that is.
func otherConsonants(a, b string) bool {
	if a, b = singular(glides.Replace(a)), singular(glides.Replace(b)); len(a) < len(b) {
		a, b = b, a
	}
	for i := 0; len(a) > 11 && len(a) == len(b)+2 && i+2 <= len(a); i++ {
		if a[:i]+a[i+2:] == b {
			return false
		}
	}
	x, y := alike.Replace(sound(a)), alike.Replace(sound(b))
	if len(x) == len(y) {
		return x != y && sorted(x) != sorted(y)
	}
	return distance(a, b) > 1 && distance(sound(a), sound(b)) > 1
}

func sorted(s string) string {
	r := []rune(s)
	slices.Sort(r)
	return string(r)
}
