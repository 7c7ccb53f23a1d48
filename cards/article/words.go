package article

import "strings"

// latin are the languages in Latin letters that are told apart, each with the small
// words that make up a quarter or more of its running text. English comes first.
var latin = []struct {
	ErrLanguage
	words string
}{
	{ErrLanguage{"en", "English"}, "the of and to in is was that for on with as by at from it he his had has have an are were be been this which but not or their its they she her after when would could will into also who more than other about only first one two new between during over under all there such while where these those a i you we my your our do did no so if can out up what how"},
	{ErrLanguage{"de", "German"}, "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde sei ich wir ihr"},
	{ErrLanguage{"fr", "French"}, "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont la avec son aux d l qu n s c cette ou été être elle nous vous mais comme fait ont leur sans deux entre après je tu"},
	{ErrLanguage{"es", "Spanish"}, "de la que el en y a los del se las por un para con no una su al es lo como más o pero sus le ha me si sin sobre este ya entre cuando todo esta ser son dos también fue había era muy años hasta desde está yo"},
	{ErrLanguage{"it", "Italian"}, "di e il la che in un a per è del non una sono da con si le dei nel della al i lo più alla come ha gli ma anche dal se delle o suo dalla degli nella ed questo essere era stato l d dell all io ho"},
	{ErrLanguage{"pt", "Portuguese"}, "de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua ou ser quando muito há nos já está eu também só pelo pela até isso entre era depois sem mesmo aos"},
	{ErrLanguage{"nl", "Dutch"}, "de en van het een in is dat op te zijn met voor niet aan er om die als ook dan maar bij uit naar hij door over worden werd wordt heeft hebben nog kan deze tot meer of was ik je zich geen onder had tegen na"},
	{ErrLanguage{"sv", "Swedish"}, "och i att det som en på är av för med den till inte har de om ett han var men sig från vi så kan när år under också efter eller hade ut nu sin där mot ska jag du hon"},
	{ErrLanguage{"da", "Danish"}, "og i at det er en til af på for med den der de som ikke har et om var han men sig fra vi så kan når år også efter eller havde ud nu sin hvor mod skal jeg du hun blev"},
	{ErrLanguage{"no", "Norwegian"}, "og i å det er en til av på for med den de som ikke har et om var han men seg fra vi så kan når år også etter eller hadde ut nå sin hvor mot skal jeg du hun ble"},
	{ErrLanguage{"fi", "Finnish"}, "ja on ei se että oli hän joka mutta ovat kun myös sen niin kuin tai ole mukaan jo vain ollut ne hänen nyt vuonna tämä ovat sekä jos minä sinä me he"},
	{ErrLanguage{"pl", "Polish"}, "w i na z się do nie że o jest to od po za jak a przez dla są przy ale był tym co być może oraz jego ich które który która tylko czy było już go ze roku ja ty"},
	{ErrLanguage{"cs", "Czech"}, "a v se na je že s z do o i ve pro za k by ale jako od po jsou jeho byl který která které tak podle už jen nebo není bylo při roce aby až já ty my"},
	{ErrLanguage{"hu", "Hungarian"}, "a az és hogy nem is egy ez volt meg de csak mint már még azt el ki van ha vagy lehet után minden ezt pedig szerint amely ami én te mi"},
	{ErrLanguage{"ro", "Romanian"}, "de și în a la cu pe care nu o un din mai să al este pentru o ca fi au fost sau prin sunt dar după lui ce ale ar cel fără eu tu"},
	{ErrLanguage{"tr", "Turkish"}, "ve bir bu da de için ile olarak çok olan daha en gibi kadar ne o sonra var ancak ya her olduğu değil ama onun tarafından ben sen biz"},
	{ErrLanguage{"id", "Indonesian"}, "yang dan di dari untuk dengan pada ini itu dalam tidak adalah oleh akan ke juga sebagai telah atau karena ada bahwa kepada mereka dapat lebih saya kami"},
	{ErrLanguage{"vi", "Vietnamese"}, "và của là có trong được cho các một với những không người đã này để khi từ đến năm về cũng như tại ra vào nhiều sẽ tôi"},
	{ErrLanguage{"la", "Latin"}, "et in est non ad ut cum qui quae quod per ex sed ab aut si esse sunt de atque ac nec hoc quam enim autem eius erat"},
	{ErrLanguage{"ca", "Catalan"}, "de la i el que a en els del per un les amb una és no es al ha dels seu com més va o pel ser són aquest també entre"},
}

// smallWords gives the languages, by their place in latin, that have a small word.
var smallWords = func() map[string][]int {
	m := map[string][]int{}
	for i, l := range latin {
		seen := map[string]bool{}
		for w := range strings.FieldsSeq(l.words) {
			if !seen[w] {
				seen[w] = true
				m[w] = append(m[w], i)
			}
		}
	}
	return m
}()
