package article_test

import (
	"errors"
	"strings"
	"testing"

	"recto/cards/article"
)

// TestOtherLanguages: a few sentences are enough to tell them.
func TestOtherLanguages(t *testing.T) {
	t.Parallel()
	for code, text := range map[string]string{
		"de": "Die Mühle wurde im Jahr 1780 gebaut und ist 1811 abgebrannt. Danach wohnte dort niemand mehr, bis 1864 die Eisenbahn in das Tal kam und das Haus für 40 Kronen verkauft wurde.",
		"fr": "Le moulin a été construit en 1780 et il a brûlé en 1811. Après cela, personne n'a vécu dans la maison jusqu'à ce que le chemin de fer arrive dans la vallée en 1864.",
		"es": "El molino fue construido en 1780 y se quemó en 1811. Después nadie vivió en la casa hasta que el ferrocarril llegó al valle en 1864 y la ruina se vendió por 40 coronas.",
		"it": "Il mulino fu costruito nel 1780 e bruciò nel 1811. Dopo di che nessuno visse nella casa fino a quando la ferrovia arrivò nella valle nel 1864 e la rovina fu venduta.",
		"pt": "O moinho foi construído em 1780 e ardeu em 1811. Depois disso ninguém viveu na casa até que o comboio chegou ao vale em 1864 e a ruína foi vendida por 40 coroas.",
		"nl": "De molen werd in 1780 gebouwd en is in 1811 afgebrand. Daarna woonde er niemand meer in het huis, totdat in 1864 de spoorweg naar het dal kwam en de ruïne werd verkocht.",
		"sv": "Kvarnen byggdes år 1780 och brann ner 1811. Efter det bodde ingen i huset förrän järnvägen kom till dalen 1864 och ruinen såldes för 40 kronor av den som ägde det.",
		"da": "Møllen blev bygget i 1780 og brændte ned i 1811. Efter det var der ikke nogen, som boede i huset, før jernbanen kom til dalen i 1864, og ruinen blev solgt for 40 kroner.",
		"no": "Møllen ble bygget i 1780 og brant ned i 1811. Etter det var det ingen som bodde i huset før jernbanen kom til dalen i 1864, og ruinen ble solgt for 40 kroner av den som eide den nå.",
		"fi": "Mylly rakennettiin vuonna 1780, ja se paloi vuonna 1811. Sen jälkeen talossa ei asunut kukaan, ennen kuin rautatie tuli laaksoon vuonna 1864, ja raunio myytiin. Nyt se on museo, joka on auki myös talvella.",
		"pl": "Młyn został zbudowany w 1780 roku i spłonął w 1811 roku. Po tym nikt nie mieszkał w domu, który stał nad rzeką, aż do 1864 roku, kiedy do doliny przyszła kolej i ruina została sprzedana za 40 koron.",
		"cs": "Mlýn byl postaven v roce 1780 a vyhořel v roce 1811. Potom v domě nikdo nebydlel, až v roce 1864 do údolí přišla železnice a zřícenina, která se na něj dívala, byla prodána za 40 korun.",
		"hu": "A malom 1780-ban épült, és 1811-ben leégett. Ezután senki nem lakott a házban, amíg a vasút 1864-ben el nem ért a völgybe, és az a rom, amely megmaradt, el nem kelt egy kis pénzért.",
		"ro": "Moara a fost construită în 1780 și a ars în 1811. După aceea nu a mai locuit nimeni în casă, până când calea ferată a ajuns în vale în 1864 și ruina a fost vândută cu 40 de coroane.",
		"tr": "Değirmen 1780 yılında yapıldı ve 1811 yılında yandı. Ondan sonra demiryolu vadiye gelene kadar bu evde kimse yaşamadı ve 1864 yılında o yıkıntı çok az bir para için satıldı. Daha sonra bir müze olarak açıldı.",
		"id": "Kincir itu dibangun pada tahun 1780 dan terbakar pada tahun 1811. Setelah itu tidak ada orang yang tinggal di rumah itu, dan pada tahun 1864 kereta api datang ke lembah ini untuk pertama kali.",
		"vi": "Cối xay được xây dựng năm 1780 và bị cháy năm 1811. Sau đó không có người nào ở trong ngôi nhà cho đến khi đường sắt đến với thung lũng này vào năm 1864.",
		"la": "Molendinum anno aedificatum est et igne consumptum est. Postea nemo in domo habitavit, sed cum via ferrea ad vallem venit, ruina ab eo qui eam habebat vendita est et non est refecta.",
		"ru": "Мельница была построена в 1780 году и сгорела в 1811 году. После этого в доме никто не жил, пока в 1864 году в долину не пришла железная дорога.",
		"uk": "Млин був побудований у 1780 році і згорів у 1811 році. Після цього в будинку ніхто не жив, доки в долину не прийшла залізниця.",
		"bg": "Мелницата е построена през 1780 година и изгаря през 1811 година. След това никой не живее в къщата, докато железницата не идва в долината.",
		"el": "Ο μύλος χτίστηκε το 1780 και κάηκε το 1811. Μετά από αυτό κανείς δεν έζησε στο σπίτι.",
		"ja": "この水車小屋は1780年に建てられ、1811年に焼失しました。",
		"zh": "这座磨坊建于1780年，1811年被烧毁，后来没有人住在那里。",
		"ko": "이 방앗간은 1780년에 지어졌고 1811년에 불탔습니다.",
		"ar": "بنيت الطاحونة عام 1780 واحترقت عام 1811 ولم يسكنها أحد بعد ذلك.",
		"he": "הטחנה נבנתה בשנת 1780 ונשרפה בשנת 1811.",
		"hi": "यह चक्की सन 1780 में बनाई गई थी और 1811 में जल गई।",
		"th": "โรงสีถูกสร้างขึ้นในปี 1780 และถูกไฟไหม้ในปี 1811",
	} {
		_, err := article.Read("a.txt", []byte(text))
		var other article.ErrLanguage
		if !errors.As(err, &other) {
			t.Errorf("%s is not refused: %v", code, err)
			continue
		}
		if other.Code != code {
			t.Errorf("%s seems to be %s (%s)", code, other.Code, other.Name)
		}
		if s := err.Error(); !strings.Contains(s, other.Name) || !strings.Contains(s, "cards of your own") {
			t.Errorf("%s: %q names neither the language nor what works", code, s)
		}
	}
}

// TestUnknownLanguage: prose of many words with not one small word of English is not
// English, whatever else it is.
func TestUnknownLanguage(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("kinu cha unga kilijengwa mwaka huo kando ya mto mkubwa karibu na mji wa zamani, kisha kikaungua tena baada ya miaka mingi. ", 6)
	_, err := article.Read("a.txt", []byte(text))
	var other article.ErrLanguage
	if !errors.As(err, &other) || other.Code != "und" || !strings.Contains(err.Error(), "does not seem to be in English") {
		t.Errorf("Swahili: %v, want a refusal without a guess", err)
	}
}

// TestAccepted: English in every dress, and what is too short to tell.
func TestAccepted(t *testing.T) {
	t.Parallel()
	german := "Die Mühle wurde im Jahr 1780 gebaut und ist 1811 abgebrannt. "
	for _, c := range []struct{ because, text, language string }{
		{"English prose", body, "en"},
		{"one word", "Marn", ""},
		{"a name and a date", "Charles Dickens, 1812", ""},
		{"a short line in German", "Die Mühle von Marn, 1780", ""},
		{"a Japanese name", "日本", ""},
		{"a table of names", "Marn\t1780\t40\nBrouvel\t1811\t12\nVessel\t1864\t9\n", ""},
		{"English that quotes German", body + " The deed says: “" + german + "” " + body, "en"},
		{"English about Russian words", body + " The Russian word мельница means mill.", "en"},
		{"headlines without small words", "Storm Hits Coast\n\nMayor Resigns\n\nFerry Sinks, Crew Saved\n\nBread Prices Double", ""},
		{"an old text", "And it came to pass in those days, that there went out a decree from the king, that all the mills should be taxed.", "en"},
	} {
		a, err := article.Read("a.txt", []byte(c.text))
		if err != nil {
			t.Errorf("%s is refused: %v", c.because, err)
			continue
		}
		if a.Language != c.language {
			t.Errorf("%s: Language = %q, want %q", c.because, a.Language, c.language)
		}
	}
	a, err := article.Read("a.html", []byte(`<html lang="en-GB"><body><p>`+body+`</p></body></html>`))
	if err != nil || a.Language != "en-GB" {
		t.Errorf("Language = %q, %v, want what the page says: en-GB", a.Language, err)
	}
	a, err = article.Read("a.html", []byte(`<html lang="fr"><body><p>`+body+`</p></body></html>`))
	if err != nil || a.Language != "en" {
		t.Errorf("Language = %q, %v, want what the words say: en", a.Language, err)
	}
}

// TestLanguageOfTheBody: what stands below the article does not decide.
func TestLanguageOfTheBody(t *testing.T) {
	t.Parallel()
	text := body + "\n\nReferences\n\n" + strings.Repeat("Die Geschichte der Mühlen und der Teiche in dem Tal\n", 40)
	if _, err := article.Read("a.txt", []byte(text)); err != nil {
		t.Errorf("an English article with German references is refused: %v", err)
	}
}
