package english

import "strings"

// irregularVerbs holds base, past tense and past participle of verbs that do not
// take -ed; a single form after the base serves as both. The first of two forms
// in use is the one the press writes.
const irregularVerbs = `
arise arose arisen|awake awoke awoken|bear bore borne|beat beat beaten|become became become|befall befell befallen
beget begot begotten|begin began begun|behold beheld|bend bent|beset beset|bet bet|bid bid|bind bound|bite bit bitten
bleed bled|blow blew blown|break broke broken|breed bred|bring brought|broadcast broadcast|build built|burst burst
buy bought|cast cast|catch caught|choose chose chosen|cling clung|come came come|cost cost|creep crept|cut cut
deal dealt|dig dug|do did done|draw drew drawn|drink drank drunk|drive drove driven|eat ate eaten|fall fell fallen
feed fed|feel felt|fight fought|find found|flee fled|fling flung|fly flew flown|forbid forbade forbidden
forecast forecast|foresee foresaw foreseen|foretell foretold|forget forgot forgotten|forgive forgave forgiven
forgo forwent forgone|forsake forsook forsaken|freeze froze frozen|get got|give gave given|go went gone|grind ground
grow grew grown|hang hung|have had|hear heard|hide hid hidden|hit hit|hold held|hurt hurt|keep kept|know knew known
lay laid|lead led|leave left|lend lent|let let|lie lay lain|light lit|lose lost|make made|mean meant|meet met
mislead misled|mistake mistook mistaken|misunderstand misunderstood|offset offset|outdo outdid outdone
outgrow outgrew outgrown|outrun outran outrun|overcome overcame overcome|override overrode overridden
overrun overran overrun|oversee oversaw overseen|overtake overtook overtaken|overthrow overthrew overthrown
partake partook partaken|pay paid|prove proved proven|put put|quit quit|read read|rebuild rebuilt|redo redid redone
remake remade|repay repaid|rerun reran rerun|reset reset|resell resold|retell retold|rethink rethought|rewrite rewrote rewritten
rid rid|ride rode ridden|ring rang rung|rise rose risen|run ran run|say said|see saw seen|seek sought|sell sold
send sent|set set|sew sewed sewn|shake shook shaken|shed shed|shine shone|shoot shot|show showed shown|shrink shrank shrunk
shut shut|sing sang sung|sink sank sunk|sit sat|slay slew slain|sleep slept|slide slid|sling slung|slit slit
sow sowed sown|speak spoke spoken|speed sped|spend spent|spin spun|spit spat|split split|spread spread
spring sprang sprung|stand stood|steal stole stolen|stick stuck|sting stung|stink stank stunk|strew strewed strewn
stride strode stridden|strike struck|string strung|strive strove striven|swear swore sworn|sweep swept|swell swelled swollen
swim swam swum|swing swung|take took taken|teach taught|tear tore torn|tell told|think thought|throw threw thrown
thrust thrust|tread trod trodden|undergo underwent undergone|understand understood|undertake undertook undertaken
undo undid undone|unwind unwound|uphold upheld|upset upset|wake woke woken|wear wore worn|weave wove woven|wed wed
weep wept|win won|wind wound|withdraw withdrew withdrawn|withhold withheld|withstand withstood|wring wrung|write wrote written
bestride bestrode bestridden|bespeak bespoke bespoken|cleave cleft|interweave interwove interwoven|kneel knelt
mow mowed mown|saw sawed sawn|shear sheared shorn|sneak sneaked|dwell dwelt|leap leapt|spoil spoiled|typecast typecast
undercut undercut|underlie underlay underlain|underwrite underwrote underwritten|outsell outsold
outbid outbid|outshine outshone|overhear overheard|overpay overpaid|oversell oversold|oversleep overslept|overthink overthought
mishear misheard|misread misread|misspend misspent|mislay mislaid|miscast miscast|recast recast|reread reread|resit resat
retake retook retaken|retread retrod retrodden|rewind rewound|regrow regrew regrown|unbind unbound
inlay inlaid|input input|output output|proofread proofread|sublet sublet|telecast telecast|waylay waylaid`

// irregularNouns holds singular and plural.
const irregularNouns = `
man men|woman women|child children|person people|foot feet|tooth teeth|goose geese|mouse mice|louse lice|ox oxen|die dice
life lives|wife wives|knife knives|leaf leaves|half halves|self selves|shelf shelves|wolf wolves|thief thieves|loaf loaves
calf calves|elf elves|sheaf sheaves|hoof hooves|scarf scarves|wharf wharves|analysis analyses|basis bases|crisis crises
thesis theses|hypothesis hypotheses|synthesis syntheses|axis axes|oasis oases|diagnosis diagnoses|emphasis emphases
parenthesis parentheses|ellipsis ellipses|neurosis neuroses|psychosis psychoses|metamorphosis metamorphoses
phenomenon phenomena|criterion criteria|automaton automata|datum data|medium media|bacterium bacteria|stratum strata
memorandum memorandums|referendum referendums|addendum addenda|erratum errata|curriculum curricula|spectrum spectra|quantum quanta
nucleus nuclei|radius radii|stimulus stimuli|fungus fungi|alumnus alumni|cactus cacti|focus focuses|locus loci|syllabus syllabuses
index indices|matrix matrices|vertex vertices|appendix appendices|codex codices|vortex vortices|larva larvae|alga algae
vertebra vertebrae|antenna antennae|nebula nebulae|formula formulas|genus genera|opus opera|corpus corpora|passerby passers-by
hero heroes|potato potatoes|tomato tomatoes|echo echoes|veto vetoes|torpedo torpedoes|embargo embargoes|volcano volcanoes
mosquito mosquitoes|cargo cargoes|domino dominoes|motto mottoes|tornado tornadoes|buffalo buffalo
bus buses|gas gases|lens lenses|atlas atlases|campus campuses|virus viruses|status statuses|census censuses|bonus bonuses
canvas canvases|iris irises|plus pluses|surplus surpluses|consensus consensuses|prospectus prospectuses|chorus choruses
circus circuses|genius geniuses|octopus octopuses|platypus platypuses|walrus walruses|minus minuses
attorney-general attorneys-general|mother-in-law mothers-in-law|quiz quizzes|chef chefs|roof roofs|belief beliefs|chief chiefs
proof proofs|reef reefs|brief briefs|cliff cliffs|sheriff sheriffs|staff staffs|gulf gulfs|movie movies|cookie cookies
lie lies|tie ties|pie pies|zombie zombies|calorie calories|genie genies|prairie prairies|rookie rookies|species species
series series|means means|headquarters headquarters|barracks barracks|crossroads crossroads|aircraft aircraft|spacecraft spacecraft
hovercraft hovercraft|watercraft watercraft|sheep sheep|deer deer|fish fish|salmon salmon|trout trout|moose moose|swine swine
offspring offspring|cod cod|squid squid|bison bison|shrimp shrimp|percent percent|corps corps|chassis chassis|apparatus apparatus
news news|politics politics|physics physics|mathematics mathematics|economics economics|ethics ethics|linguistics linguistics
axe axes|base bases|cache caches|ache aches|toothache toothaches|headache headaches|niche niches|avalanche avalanches
quiche quiches|creche creches|psyche psyches|toe toes|shoe shoes|canoe canoes|hoe hoes|foe foes|oboe oboes|horseshoe horseshoes`

// stressed are verbs of several syllables that double their last consonant: the
// stress is on the end ("refer, referred", not "offer, offered"), or the British
// rule for -el is the only one in use.
var stressed = set(`abet abhor acquit admit allot annul appal beget begin befit commit compel concur confer control corral
	debar defer demur deter disbar dispel distil embed emit enrol enthral equip excel expel extol forget fulfil impel incur infer
	inter intermit  occur omit outfit patrol permit propel prefer rebel rebut recur refer refit regret remit
	repel reset submit transfer transmit transship unplug unzip upset worship kidnap handicap program input output
	format overlap underpin debug zigzag hobnob`)

type verb struct{ past, participle string }

var (
	verbs       = map[string]verb{}
	verbForms   = map[string]string{} // past tense or participle -> base
	plurals     = map[string]string{}
	singulars   = map[string]string{}
	auxiliaries = map[string]string{
		"am": "be", "are": "be", "is": "be", "was": "be", "were": "be", "been": "be", "being": "be",
		"has": "have", "does": "do", "goes": "go", "'m": "be", "'re": "be", "'ve": "have",
	}
)

func init() {
	for line := range strings.FieldsFuncSeq(irregularVerbs, func(r rune) bool { return r == '|' || r == '\n' }) {
		f := strings.Fields(line)
		v := verb{f[1], f[len(f)-1]}
		verbs[f[0]] = v
		for _, form := range f[1:] {
			if _, ok := verbForms[form]; !ok && form != f[0] {
				verbForms[form] = f[0]
			}
		}
	}
	for line := range strings.FieldsFuncSeq(irregularNouns, func(r rune) bool { return r == '|' || r == '\n' }) {
		one, many, _ := strings.Cut(line, " ")
		plurals[one] = many
		if _, ok := singulars[many]; !ok {
			singulars[many] = one
		}
	}
	// forms shared by two verbs or by a verb and another base go to the likelier
	verbForms["found"], verbForms["lay"], verbForms["saw"], verbForms["fell"] = "find", "lie", "see", "fall"
	verbForms["felt"], verbForms["bore"], verbForms["ground"], verbForms["wound"] = "feel", "bear", "grind", "wind"
}
