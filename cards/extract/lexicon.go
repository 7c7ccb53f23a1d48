package extract

import "strings"

// set makes a set of the words of a text.
func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// The closed classes of English words, and verbs whose past cannot be told from
// their form.
var (
	articles     = set(`a an the`)
	determiners  = set(`this that these those my your his her its our their some any no every each all both many several few most more other another such which what`)
	prepositions = set(`of in on at by for from with without to into onto upon over under above below between among amongst through during before after since until till against about around near behind beyond beside besides despite within across along toward towards via per as than like unlike off out up down inside outside throughout amid following including excluding except concerning regarding versus`)
	conjunctions = set(`and or but nor so yet if when while where although though because since unless whereas whether that than`)
	pronouns     = set(`i you he she it we they me him us them who whom whose which what himself herself itself themselves there here`)
	auxiliaries  = set(`is are was were am be been being has have had having do does did will would can could may might must shall should`)
	relatives    = set(`which who whom whose whereby where when while although though whereas`)
	clauseStops  = set(`, ; : -- – — " “ ” ( ) [ ]`)
	closers      = set(`" '' ” ) ]`)
	pastForms    = set(`became began bought brought built came caught chose cost dealt did drew drove fell fought found gave got grew had held kept knew laid lay led left lent lost made meant met paid put ran rose said sang sank saw sent set shot spent spoke stood struck sold taught threw told took understood went won wore wrote flew bore broke hid rode fed hit cut let read says remains became includes contains means shows makes takes gives allows causes produces poses`)
	months       = set(`january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec`)
	daysOfWeek   = set(`monday tuesday wednesday thursday friday saturday sunday`)
)

// openers are words that begin a sentence with a capital letter and no name.
var openers = set(`however nevertheless further furthermore moreover thus therefore hence meanwhile originally initially finally later earlier today now then here once only even just still also not according given barring due instead rather roughly nearly almost approximately less few much either neither none one two three four five six seven eight nine ten eleven twelve twenty first second third last next why how please let additionally similarly consequently eventually recently currently generally typically usually often sometimes perhaps indeed overall historically traditionally western eastern northern southern central prior except whether based using having being afterwards subsequently ultimately notably especially formerly previously early late new old people is was are were has had can could will would may might must should do does did well yes no yet so another again always never ever at within beyond dear great good many more most some such several other others each every all both any`)

// function reports whether w, in lower case, is a word of a closed class.
func function(w string) bool {
	return articles[w] || determiners[w] || prepositions[w] || conjunctions[w] || pronouns[w] || auxiliaries[w]
}
