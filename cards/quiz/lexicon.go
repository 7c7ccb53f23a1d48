package quiz

import (
	_ "embed" // of american.txt
	"strings"
)

// titles stand before or after a name and belong to nobody's name.
var titles = words("mr mrs ms miss dr doctor prof professor sir dame lord lady president pm prime minister king queen emperor empress prince princess pope saint st general gen admiral captain capt colonel col major lieutenant sergeant senator governor gov mayor chancellor secretary ambassador minister rev reverend bishop archbishop cardinal judge justice chief late former hms uss rms jr sr phd md tsar czar sultan shah count countess duke duchess baron baroness comrade chairman chairwoman marshal elect vice madame monsieur herr frau")

// generic are head nouns that a name keeps its meaning without ("Kunashiri Island").
var generic = words("island islands islet islets river mountain mount mt lake city state province county republic sea ocean strait peninsula company corporation corp inc ltd plc co group university college treaty agreement pact war battle operation plan project summit forum conference party ministry department agency organisation organization association union act bill law museum bridge tower airport station system missile theory effect law's prize award empire kingdom dynasty")

// directions and such change which thing is meant, so they are never left out.
var telling = words("north south east west northern southern eastern western central upper lower greater lesser new old first second third fourth fifth sixth seventh eighth ninth tenth great little inner outer black white red blue green pre post non anti i ii iii iv v vi vii viii ix x xi xii junior senior elder younger")

// aliasGroups are names of the same thing. One line each: folded forms.
var aliasGroups = func() map[string][]string {
	out := map[string][]string{}
	for _, line := range []string{
		"united states|united states of america|us|usa|america", "united kingdom|united kingdom of great britain and northern ireland|uk|britain|great britain",
		"soviet union|ussr|union of soviet socialist republics", "united nations|un|united nations organization|united nations organisation|uno", "european union|eu",
		"russia|russian federation", "china|people's republic of china|prc", "taiwan|republic of china", "south korea|republic of korea|rok", "north korea|democratic people's republic of korea|dprk",
		"germany|federal republic of germany|brd|deutschland", "east germany|german democratic republic|gdr|ddr", "west germany|federal republic of germany|frg", "czech republic|czechia", "myanmar|burma",
		"ivory coast|cote d'ivoire", "netherlands|holland", "turkey|turkiye", "eswatini|swaziland", "east timor|timor leste", "cape verde|cabo verde", "vatican|vatican city|holy see",
		"democratic republic of the congo|democratic republic of congo|drc|dr congo|zaire|congo", "republic of the congo|republic of congo|congo brazzaville|congo", "dominica|commonwealth of dominica", "dominican republic|republica dominicana", "united arab emirates|uae", "iran|islamic republic of iran", "syria|syrian arab republic",
		"belarus|belorussia|byelorussia|white russia", "bosnia and herzegovina|bosnia|bih", "rhine|rhein", "unesco|united nations educational scientific and cultural organization|united nations educational scientific and cultural organisation",
		"unicef|united nations children's fund", "cern|european organization for nuclear research|european organisation for nuclear research", "opec|organization of the petroleum exporting countries|organisation of the petroleum exporting countries",
		"federal reserve|federal reserve system|fed|us federal reserve", "medecins sans frontieres|doctors without borders|msf", "joan of arc|jeanne d'arc", "ramesses ii|ramses ii|rameses ii|ramesses the great|ramses the great", "genghis khan|chinggis khan|jenghiz khan",
		"kyiv|kiev", "beijing|peking", "mumbai|bombay", "kolkata|calcutta", "chennai|madras", "ho chi minh city|saigon", "new york|new york city|nyc", "los angeles|la", "washington|washington dc|district of columbia",
		"saint petersburg|st petersburg|sankt petersburg", "gdansk|danzig", "guangzhou|canton", "nanjing|nanking", "world war i|world war 1|world war one|first world war|ww1|wwi|great war|1st world war",
		"world war ii|world war 2|world war two|second world war|ww2|wwii|2nd world war", "nato|north atlantic treaty organization|north atlantic treaty organisation|north atlantic alliance",
		"european economic community|eec", "world health organization|world health organisation|who", "international monetary fund|imf", "central intelligence agency|cia", "federal bureau of investigation|fbi",
		"national aeronautics and space administration|nasa", "north pole|geographic north pole", "everest|mount everest", "mao zedong|mao tse tung|chairman mao|mao", "chiang kai shek|jiang jieshi",
		"sun yat sen|sun zhongshan", "gandhi|mahatma gandhi|mohandas gandhi|mohandas karamchand gandhi", "zelensky|zelenskyy|zelenskiy|volodymyr zelensky|volodymyr zelenskyy", "john f kennedy|jfk|john fitzgerald kennedy",
		"john adams", "john quincy adams|john q adams|jqa", "george h w bush|george herbert walker bush", "george w bush|george walker bush", "franklin d roosevelt|fdr|franklin roosevelt|franklin delano roosevelt", "martin luther king|martin luther king jr|mlk|dr martin luther king", "lyndon b johnson|lbj|lyndon johnson|lyndon baines johnson",
	} {
		group := strings.Split(line, "|")
		for i := range group {
			group[i] = joined(bare(fold(group[i])))
		}
		for _, name := range group {
			out[name] = append(out[name], group...)
		}
	}
	return out
}()

// countries whose names lie near another's: a typed country that is not the
// expected one is wrong even where only a letter or two differ.
var countries = words("afghanistan albania algeria andorra angola argentina armenia australia austria azerbaijan bahamas bahrain bangladesh barbados belarus belgium belize benin bhutan bolivia bosnia botswana brazil brunei bulgaria burundi cambodia cameroon canada chad chile china colombia comoros congo croatia cuba cyprus denmark djibouti dominica ecuador egypt eritrea estonia ethiopia fiji finland france gabon gambia georgia germany ghana greece grenada guatemala guinea guyana haiti honduras hungary iceland india indonesia iran iraq ireland israel italy jamaica japan jordan kazakhstan kenya kiribati korea kosovo kuwait kyrgyzstan laos latvia lebanon lesotho liberia libya liechtenstein lithuania luxembourg madagascar malawi malaysia maldives mali malta mauritania mauritius mexico micronesia moldova monaco mongolia montenegro morocco mozambique myanmar namibia nauru nepal netherlands nicaragua niger nigeria norway oman pakistan palau palestine panama paraguay peru philippines poland portugal qatar romania russia rwanda samoa senegal serbia seychelles singapore slovakia slovenia somalia spain sudan suriname sweden switzerland syria taiwan tajikistan tanzania thailand togo tonga tunisia turkey turkmenistan tuvalu uganda ukraine uruguay uzbekistan vanuatu venezuela vietnam yemen zambia zimbabwe scotland wales england prussia bavaria saxony")

var nicknames = func() map[string]string {
	out := map[string]string{}
	for _, line := range []string{
		"william bill will billy", "robert bob rob bobby", "richard dick rick", "james jim jimmy", "john jack johnny", "edward ted ed eddie", "theodore teddy",
		"anthony tony", "thomas tom", "joseph joe", "michael mike", "charles charlie chuck", "elizabeth liz beth", "margaret maggie peggy", "katherine kate catherine",
		"alexander alex", "benjamin ben", "samuel sam", "daniel dan", "ronald ron", "donald don", "albert al", "dwight ike", "nicholas nick", "andrew andy", "matthew matt", "david dave", "stephen steve steven", "gregory greg", "kenneth ken", "abraham abe", "frederick friedrich fred",
		"fyodor feodor fedor", "osama usama", "pyotr petr", "nikolai nikolay", "yuri yury", "muhammad mohammed mohammad muhammed mohamed",
	} {
		names := strings.Fields(line)
		for _, n := range names {
			out[n] = names[0]
		}
	}
	return out
}()

//go:embed american.txt
var american string

// spellings are the American writings of words, by which the British ones are found.
var spellings = func() map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(american) {
		if w := strings.Fields(line); len(w) == 2 {
			out[w[0]] = w[1]
		}
	}
	return out
}()

// shortNations stand for longer names within a name ("UN Security Council").
var shortNations = map[string]string{"un": "united nations", "us": "united states", "usa": "united states", "uk": "united kingdom", "eu": "european union", "ussr": "soviet union"}

// amounts are numbers that no name is written with a figure for.
var amounts = words("score couple pair single dozen double triple quadruple once twice thrice")

// surnamesFirst are surnames of people whose given names come second.
var surnamesFirst = words("xi mao deng hu zhou zhang wang liu zhao jiang chiang wen ho ngo nguyen tran pham zhu li sun")

func words(list string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(list) {
		out[w] = true
	}
	return out
}
