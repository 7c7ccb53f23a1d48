package extract

import (
	"strings"
	"sync"

	"github.com/biter777/countries"
)

// The types that names have.
const (
	person       = "person"
	place        = "place"
	country      = "country"
	city         = "city"
	organisation = "organisation"
	event        = "event"
	work         = "work"
	thing        = "thing"
)

// gazetteer is the type of well-known names. The states and their capitals come
// from biter777/countries; what newspapers call them, the lands of the past, large
// cities and regions are listed here.
var gazetteer = sync.OnceValue(func() map[string]string {
	g := make(map[string]string, 1500)
	for _, c := range countries.All() {
		name, _, _ := strings.Cut(c.String(), " (")
		g[name] = country
		if capital := c.Capital().String(); len(capital) > 3 && capital != "None" && !commonCapitals[capital] {
			if g[capital] == "" {
				g[capital] = city
			}
		}
	}
	for typ, list := range moreNames {
		for _, n := range strings.Split(list, ",") {
			if n = strings.TrimSpace(n); n != "" {
				g[n] = typ
			}
		}
	}
	return g
})

// commonCapitals are capitals whose name is mostly something else.
var commonCapitals = map[string]bool{"Victoria": true, "Stanley": true, "Douglas": true, "Hamilton": true, "Wellington": false, "Male": true, "Jamestown": true, "George Town": true, "Georgetown Guyana": true, "Basse-Terre Guadeloupe": true, "Willemstad Curacao": true, "Kingston Norfolk Island": true, "Washington": true}

var moreNames = map[string]string{
	country:      `US, USA, U.S., U.S.A., United States of America, America, UK, U.K., Britain, Great Britain, England, Scotland, Wales, Northern Ireland, Russia, USSR, U.S.S.R., Soviet Union, Soviet Russia, South Korea, North Korea, Korea, Iran, Persia, Syria, Laos, Libya, Moldova, Tanzania, Taiwan, Brunei, Bolivia, Venezuela, Vatican, Vatican City, Holy See, Congo, DR Congo, Ivory Coast, Burma, Siam, Ceylon, Rhodesia, Zaire, Abyssinia, Czech Republic, Czechoslovakia, East Germany, West Germany, Prussia, Austria-Hungary, Byzantium, Ottoman Empire, Roman Empire, Byzantine Empire, Holy Roman Empire, British Empire, Russian Empire, Mongol Empire, Holland, Macedonia, North Macedonia, Bosnia, Herzegovina, East Timor, Eswatini, Swaziland, Cabo Verde, Palestine, Hong Kong, Macau, Micronesia, UAE, Emirates, South Vietnam, North Vietnam, Gran Colombia, Transvaal, Biafra, Tibet, Republic of Ireland, People's Republic of China, Russian Federation, Türkiye, Kosovo, Newfoundland, Castile, Aragon, Carthage, Babylonia, Assyria, Sumer, Gaul, Bohemia`,
	city:         `New York, New York City, Los Angeles, Chicago, Houston, Philadelphia, San Antonio, San Diego, Dallas, Austin, San Francisco, Seattle, Denver, Boston, Detroit, Memphis, Portland, Las Vegas, Baltimore, Milwaukee, Atlanta, Miami, Oakland, Minneapolis, Cleveland, New Orleans, Honolulu, Pittsburgh, Cincinnati, Orlando, Buffalo, St. Louis, Salt Lake City, Washington, D.C., Washington DC, Toronto, Montreal, Vancouver, Calgary, Edmonton, Winnipeg, Quebec City, Tijuana, Guadalajara, Monterrey, São Paulo, Sao Paulo, Rio de Janeiro, Salvador, Medellín, Cali, Guayaquil, Cusco, Valparaíso, Manchester, Birmingham, Liverpool, Leeds, Sheffield, Bristol, Newcastle, Nottingham, Leicester, Oxford, Cambridge, York, Bath, Brighton, Plymouth, Portsmouth, Southampton, Norwich, Canterbury, Edinburgh, Glasgow, Aberdeen, Dundee, Cardiff, Swansea, Belfast, Cork, Galway, Marseille, Lyon, Toulouse, Nice, Nantes, Strasbourg, Bordeaux, Lille, Reims, Rouen, Versailles, Cannes, Avignon, Munich, Hamburg, Cologne, Frankfurt, Stuttgart, Düsseldorf, Dresden, Leipzig, Bremen, Nuremberg, Hanover, Weimar, Heidelberg, Potsdam, Bonn, Mainz, Göttingen, Jena, Milan, Naples, Turin, Venice, Florence, Genoa, Bologna, Palermo, Pisa, Verona, Padua, Siena, Pompeii, Barcelona, Seville, Valencia, Granada, Toledo, Bilbao, Córdoba, Porto, Rotterdam, The Hague, Utrecht, Leiden, Delft, Antwerp, Ghent, Bruges, Zurich, Zürich, Geneva, Basel, Lausanne, Davos, Salzburg, Graz, Innsbruck, Linz, Kraków, Krakow, Gdańsk, Danzig, Wrocław, Brno, Gothenburg, Malmö, Uppsala, Bergen, Trondheim, Aarhus, Turku, Saint Petersburg, St. Petersburg, St Petersburg, Leningrad, Petrograd, Stalingrad, Volgograd, Vladivostok, Sochi, Kazan, Novosibirsk, Yalta, Sevastopol, Kiev, Kharkiv, Kharkov, Odessa, Odesa, Lviv, Mariupol, Donetsk, Chernobyl, Istanbul, Constantinople, Izmir, Troy, Ephesus, Sparta, Corinth, Thebes, Thessaloniki, Alexandria, Giza, Luxor, Memphis, Babylon, Nineveh, Ur, Uruk, Tel Aviv, Haifa, Bethlehem, Nazareth, Gaza City, Aleppo, Palmyra, Mosul, Basra, Mecca, Medina, Jeddah, Dubai, Isfahan, Shiraz, Tabriz, Samarkand, Bukhara, Almaty, Karachi, Lahore, Peshawar, Mumbai, Bombay, Delhi, Kolkata, Calcutta, Chennai, Madras, Bangalore, Bengaluru, Hyderabad, Pune, Varanasi, Agra, Jaipur, Amritsar, Bhopal, Chittagong, Rangoon, Yangon, Mandalay, Chiang Mai, Saigon, Ho Chi Minh City, Hue, Da Nang, Shanghai, Guangzhou, Canton, Shenzhen, Wuhan, Nanjing, Nanking, Chongqing, Tianjin, Xi'an, Chengdu, Harbin, Hangzhou, Lhasa, Peking, Osaka, Kyoto, Yokohama, Nagoya, Sapporo, Kobe, Fukuoka, Hiroshima, Nagasaki, Nara, Edo, Busan, Incheon, Sydney, Melbourne, Brisbane, Perth, Adelaide, Darwin, Hobart, Auckland, Christchurch, Casablanca, Fez, Marrakesh, Marrakech, Timbuktu, Lagos, Kano, Mombasa, Johannesburg, Cape Town, Durban, Dar es Salaam, Benghazi, Wittenberg, Worms, Augsburg, Trent, Nicaea, Antioch, Avignon, Hollywood, Silicon Valley, Kabul, Kandahar`,
	place:        `Europe, Asia, Africa, Antarctica, Oceania, Eurasia, North America, South America, Latin America, Central America, Central Asia, East Asia, South Asia, Southeast Asia, South-East Asia, Middle East, Near East, Far East, Russian Far East, Eastern Europe, Western Europe, Central Europe, Northern Europe, Southern Europe, North Africa, West Africa, East Africa, Southern Africa, Sub-Saharan Africa, Horn of Africa, Arctic, Antarctic, Pacific, Atlantic, Indo-Pacific, Mediterranean, Caribbean, Balkans, Caucasus, Siberia, Crimea, Manchuria, Mesopotamia, Anatolia, Asia Minor, Levant, Arabia, Maghreb, Sahara, Sahel, Scandinavia, Iberia, Normandy, Brittany, Provence, Burgundy, Alsace, Lorraine, Bavaria, Saxony, Silesia, Pomerania, Westphalia, Rhineland, Tyrol, Tuscany, Lombardy, Piedmont, Sicily, Sardinia, Corsica, Crete, Catalonia, Andalusia, Galicia, Transylvania, Wallachia, Thrace, Flanders, Wallonia, Donbas, Donbass, Chechnya, Dagestan, Kurdistan, Kashmir, Punjab, Bengal, Kerala, Gujarat, Tamil Nadu, Rajasthan, Xinjiang, Inner Mongolia, Guangdong, Sichuan, Yunnan, Hokkaido, Honshu, Kyushu, Shikoku, Okinawa, Sakhalin, Kamchatka, Java, Sumatra, Borneo, Sulawesi, Bali, New Guinea, Tasmania, Queensland, New South Wales, Polynesia, Melanesia, Amazon, Amazonia, Patagonia, Andes, Alps, Himalayas, Himalaya, Pyrenees, Carpathians, Urals, Rockies, Appalachians, Danube, Rhine, Thames, Seine, Volga, Nile, Niger River, Mississippi, Missouri, Ganges, Indus, Yangtze, Mekong, Tigris, Euphrates, Everest, Kilimanjaro, Vesuvius, Etna, Suez, Gibraltar, Bosphorus, Dardanelles, Gallipoli, Manhattan, Brooklyn, Queens, Bronx, Harlem, Broadway, Wall Street, Westminster, Kremlin, Alabama, Alaska, Arizona, Arkansas, California, Colorado, Connecticut, Delaware, Florida, Georgia, Hawaii, Idaho, Illinois, Indiana, Iowa, Kansas, Kentucky, Louisiana, Maine, Maryland, Massachusetts, Michigan, Minnesota, Montana, Nebraska, Nevada, New Hampshire, New Jersey, New Mexico, North Carolina, North Dakota, Ohio, Oklahoma, Oregon, Pennsylvania, Rhode Island, South Carolina, South Dakota, Tennessee, Texas, Utah, Vermont, Virginia, West Virginia, Wisconsin, Wyoming, New England, Midwest, Ontario, Quebec, British Columbia, Alberta, Manitoba, Saskatchewan, Nova Scotia, Yukon, Nunavut, Cornwall, Devon, Kent, Sussex, Essex, Yorkshire, Lancashire, Wessex, Mercia, Northumbria, Ulster, Gaza, Gaza Strip, West Bank, Golan Heights, Sinai, Judea, Galilee, Mars, Venus, Jupiter, Saturn, Uranus, Neptune, Pluto, Mercury, Moon, Earth, Sun, Milky Way, Andromeda`,
	organisation: `NATO, EU, UN, U.N., UNESCO, UNICEF, OPEC, ASEAN, WTO, WHO, IMF, NASA, ESA, BBC, ABC, CBS, NBC, CNN, CIA, FBI, KGB, NSA, MI5, MI6, IRA, ANC, PLO, OECD, OSCE, BRICS, G7, G8, G20, G77, Quad, AUKUS, IAEA, IPCC, CERN, FIFA, UEFA, NFL, NBA, MLB, NHL, IOC, NCAA, IBM, MIT, UCLA, NYU, Google, Microsoft, Apple, Amazon.com, Facebook, Twitter, Intel, Samsung, Sony, Toyota, Honda, Nissan, Volkswagen, BMW, Boeing, Airbus, Siemens, Shell, BP, Gazprom, Rosneft, Huawei, Tesla, SpaceX, Netflix, Disney, Pfizer, Nokia, Nintendo, Ford, Parliament, Congress, Senate, Duma, Bundestag, Reichstag, Knesset, Pentagon, Gestapo, Wehrmacht, Luftwaffe, Red Army, Reuters, Al Jazeera, Pravda, Tass, Hamas, Hezbollah, Taliban, al-Qaeda, Kuomintang, Comintern, Politburo, House of Commons, House of Lords, House of Representatives, White House, European Union, United Nations, League of Nations, Soviet Army, Royal Navy, Royal Society, Red Cross, World Bank, Federal Reserve, Supreme Court, Security Council, General Assembly`,
}

func init() {
	for w := range demonyms {
		if strings.HasSuffix(w, "an") || strings.HasSuffix(w, "i") || strings.HasSuffix(w, "ic") {
			demonyms[w+"s"] = true
		}
	}
}

// demonyms are adjectives and nouns of nations, peoples and faiths. They are no
// names of their own, and "the Soviet side" names nobody.
var demonyms = set(`allied russian japanese chinese american british english french german italian spanish portuguese dutch belgian swiss austrian polish czech slovak hungarian romanian bulgarian greek turkish ukrainian soviet european asian african indian pakistani bangladeshi iranian iraqi israeli egyptian arab arabic korean vietnamese thai indonesian malaysian australian canadian mexican brazilian cuban kenyan nigerian ethiopian somali irish scottish welsh norwegian swedish danish finnish icelandic estonian latvian lithuanian roman persian ottoman mongol mongolian norman saxon anglo viking celtic gothic western eastern christian catholic protestant jewish muslim islamic buddhist hindu sikh latin saudi syrian lebanese jordanian yemeni byzantine serbian croatian bosnian albanian taiwanese filipino philippine prussian bavarian californian texan argentine argentinian chilean peruvian colombian venezuelan bolivian georgian armenian azerbaijani kazakh uzbek afghan nepalese tibetan burmese cambodian laotian singaporean algerian moroccan tunisian libyan sudanese ghanaian ugandan tanzanian zambian zimbabwean belarusian moldovan slovenian macedonian maltese cypriot hellenistic babylonian assyrian phoenician carthaginian sumerian aztec inca incan maya mayan victorian elizabethan orthodox nazi communist republican democratic democrat germanic slavic scandinavian nordic baltic balkan mediterranean athenian spartan venetian florentine parisian trans-siberian indigenous russians americans germans italians spaniards greeks turks poles ukrainians soviets europeans asians africans indians romans persians ottomans mongols normans vikings arabs jews muslims christians catholics protestants britons scots kurds kurdish serbs croats republicans democrats nazis israelis palestinians palestinian iraqis iranians egyptians mexicans brazilians canadians australians koreans londoner londoners hispanic puritan puritans huguenots aboriginal francophone anglophone`)
