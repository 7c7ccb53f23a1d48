package extract

// headTypes are the types that the last word of a name gives it, the word in lower
// case: "Sea" of "East China Sea", "Ministry" of "Ministry of Foreign Affairs".
//
//nolint:misspell // texts have both spellings
var headTypes = func() map[string]string {
	m := map[string]string{}
	for typ, words := range map[string]string{
		place: `island islands isle isles islet islets peninsula strait straits sea seas ocean river rivers lake lakes mount mountain mountains bay gulf cape valley desert forest rainforest canal city town village county province state states republic kingdom federation empire territory territories
			region district street avenue road route square park stadium airport station bridge port harbor harbour coast basin plateau glacier falls canyon beach castle palace cathedral abbey temple mosque shrine tower hall kurils pacific atlantic hemisphere rift highlands lowlands alps delta hill hills building center
			centre garden gardens archipelago reef trench ridge crater volcano steppe prairie plain plains pass cave caves colony colonies prefecture oblast parish borough suburb quarter lighthouse dam observatory prison cemetery zoo arena theatre theater hotel mine heights tunnel railway line wall gate arch estuary fjord swamp wetlands savanna tundra creek springs point shore ranch mill ocean nebula galaxy kuril caliphate sultanate duchy principality emirate khanate`,
		organisation: `ministry university college school institute institution committee commission council party bank corporation corp corp. inc inc. company co. ltd ltd. llc plc gmbh agency department bureau office organization organisation association society league union army navy force forces parliament congress senate
			court assembly government administration authority board foundation group club church order academy museum library press times journal broadcasting network television records studios airlines airways motors industries service services guard legion regiment brigade division corps fleet squadron battalion
			conservatory orchestra band choir team federation alliance coalition consortium partnership trust fund exchange cabinet secretariat directorate police militia front brotherhood fraternity laboratory laboratories hospital clinic laboratory systems technologies electronics pharmaceuticals holdings enterprises bros. brothers presidency chancellery politburo synod diocese caucus tribunal registry post gazette herald tribune guardian telegraph dynasty parliament embassy`,
		event: `summit conference forum war wars battle revolution rebellion uprising revolt mutiny siege massacre campaign operation crisis expedition election elections referendum coup invasion occupation annexation talks negotiations meeting festival championship championships games cup bowl olympics tournament
			session movement reformation renaissance plague famine earthquake eruption flood fire explosion accident disaster trial landing flight riots protests raid armistice ceasefire partition genocide holocaust depression recession crash bombing offensive crusade crusades march strike affair scandal ceremony parade exhibition expo marathon derby open jubilee coronation enlightenment blitz blockade purge exodus pandemic epidemic hurricane tsunami`,
		work: `symphony sonata concerto opera requiem quartet suite overture novel poem film movie album song painting fresco sculpture series book bible chronicle chronicles epic saga trilogy mass`,
		thing: `treaty agreement accord accords act plan initiative declaration concept strategy program programme project convention protocol charter constitution bill law laws amendment doctrine report bluebook communique communiqué memorandum resolution pact principles guidelines rules code directive statute edict decree
			theory theorem principle effect equation algorithm syndrome disease virus vaccine prize award medal star cross system missile telescope satellite engine aircraft ship rocket mission spacecraft probe rover process method cycle reaction index test scale formula paradox hypothesis conjecture deal scheme policy package framework dialogue dialog paper papers manifesto magna carta papyrus scrolls stone dam language calendar era age period`,
	} {
		for w := range set(words) {
			if m[w] == "" || typ != thing {
				m[w] = typ
			}
		}
	}
	return m
}()

// needsOf are heads that say little without "of ...": "Sea of Japan".
var needsOf = set(`sea gulf bay strait straits republic kingdom bank university college ministry department house treaty battle siege church isle isles cape tower museum academy institute school council court order declaration statue temple province state states city county duke duchess king queen prince princess bishop archbishop earl count
	emperor board office bureau federation union congress peace war wars city faculty commonwealth duchy district port mount lake river valley hall palace castle cathedral library society association board organisation organization committee commission league act bill articles convention origin origins edict diet massacre fall rise book lord game tale history
	rights theory law laws chancellor minister secretary president prime director chairman head governor mayor ambassador speaker army daughters sons people people's dome tomb valley garden hanging colossus empire union national guard transfer ark arc joan battles council peace department order knights house`)

// minorHeads are lower-case nouns that finish a name: "Quad summit", "Habomai islets".
var minorHeads = set(`summit treaty accords massacre scandal agreement pact peninsula river island islands islets archipelago valley basin desert strait earthquake theorem algorithm syndrome disease effect equation prize award dynasty cup sea bay`)

// forHeads take "for ..." into the name, onHeads "on ...".
var (
	forHeads = set(`guidelines center centre institute organization organisation agency fund society foundation convention programme program act campaign association council committee office plan partnership initiative action movement alliance framework union school party strategy coalition bank court house`)
	onHeads  = set(`principles act treaty convention conference committee panel agreement declaration commission guidelines summit protocol law council report forum pact resolution`)
)

// subjects are what ministries and laws are of, when an "and" joins two of them.
//
//nolint:misspell // texts have both spellings
var subjects = set(
	`trade industry technology culture tourism education science sciences sports sport labour labor welfare agriculture forestry fisheries food energy environment equipment security services development commerce art arts letters justice human health prevention rights infrastructure transport communications information finance economy engineering medicine literature technologies cooperation co-operation tariffs
	citizen citizens budget control drug firearms explosives space atmospheric oceanic sport media youth family mines petroleum natural regional urban housing immigration social consumer climate power exchange`)

// lastWords end a name after "A and B": "Financial Interest and Syndication Rules".
var lastWords = set(`rules act department committee commission agency council board institute association company railway treaty administration museum bank society fund programme program office agreement convention authority corporation conference`)

// titleWords stand before a person's name and say a role; honorifics say none, and
// styles belong to the name.
//
//nolint:misspell // texts have both spellings
var (
	titleWords = set(`president vice-president prime minister pm premier general admiral colonel captain major lieutenant sergeant marshal commander commodore senator governor mayor chancellor secretary ambassador chairman chairwoman director judge justice chief deputy vice foreign defence defense interior finance field attorney congressman congresswoman representative
		councillor coach ceo cto cfo president-elect private corporal brigadier inspector detective superintendent commissioner archbishop bishop cardinal rabbi imam reverend rev. rev professor prof. prof gen. gen adm. col. col capt. capt lt. lt maj. maj sgt. sgt sen. gov. rep. speaker comrade solicitor provost cosmonaut astronaut minister deputy acting former`)
	honorifics = set(`mr mr. mrs mrs. ms ms. miss dr dr. sir dame madame monsieur herr frau señor mx mx.`)
	styles     = set(`king queen emperor empress prince princess pope saint st. st tsar czar kaiser sultan lord lady duke duchess count countess baron baroness earl father mother brother sister sheikh ayatollah pharaoh caliph shah maharaja rajah`)
	roleNouns  = set(`president chancellor premier minister king queen emperor empress general admiral captain commander leader chairman chairwoman chair director head founder co-founder cofounder ceo owner senator governor mayor secretary ambassador spokesman spokeswoman spokesperson
		physicist chemist biologist mathematician astronomer scientist engineer inventor philosopher historian economist author writer novelist poet playwright journalist editor critic painter sculptor artist architect composer conductor musician singer guitarist drummer pianist violinist actor actress filmmaker producer
		physician doctor surgeon nurse psychologist psychiatrist psychoanalyst lawyer judge politician statesman diplomat activist businessman businesswoman entrepreneur industrialist banker explorer navigator aviator pilot astronaut cosmonaut priest bishop theologian missionary monk nun professor lecturer teacher botanist geologist anthropologist
		archaeologist sociologist linguist zoologist naturalist palaeontologist paleontologist neurologist geneticist programmer designer photographer choreographer dancer footballer cricketer boxer swimmer sprinter cyclist golfer striker goalkeeper quarterback pitcher coach manager player champion pharaoh tsar sultan pope cardinal archbishop dictator revolutionary general-secretary chief executive banker broker merchant captain officer soldier spy detective sheriff farmer blacksmith weaver printer publisher commentator analyst researcher adviser advisor aide wife husband son daughter brother sister father mother nephew niece cousin successor predecessor`)
)

// givenNames are first names that are common in English texts.
var givenNames = set(`james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony donald steven paul andrew joshua kenneth kevin brian george timothy ronald edward jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory alexander patrick raymond jack dennis jerry tyler aaron jose adam nathan henry douglas zachary
	peter kyle noah ethan jeremy walter keith roger terry sean gerald carl harold dylan arthur lawrence jesse bryan billy bruce gabriel joe logan alan juan albert willie elijah wayne randy vincent roy ralph bobby russell bradley philip phillip eugene mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty sandra margaret ashley kimberly emily donna michelle carol amanda
	melissa deborah stephanie rebecca sharon laura cynthia dorothy amy kathleen angela shirley emma brenda pamela nicole anna samantha katherine christine debra rachel carolyn janet catherine maria heather diane julie joyce kelly christina joan evelyn lauren judith olivia martha cheryl megan andrea ann anne alice doris jacqueline kathryn hannah julia gloria teresa kathy sara janice marie jean
	vladimir boris dmitry dmitri sergei sergey ivan mikhail nikita leonid leon nikola nikolai alexei aleksandr yuri igor oleg pyotr fyodor lev viktor valentina olga natalia svetlana tatiana martin johann johannes wolfgang friedrich karl hans otto adolf heinrich ludwig franz ernst wilhelm louis pierre jacques françois claude marcel antoine napoleon charlotte isaac galileo leonardo giovanni giuseppe benito francisco
	fernando carlos luis pedro pablo miguel hernán simón diego jorge javier alberto antonio mario luigi paolo marco enzo sophie camille henri émile gustave rené andré victor hugo shinzo fumio yoshihide junichiro taro hideki akira hiroshi kenji yukio haruki yoko mao deng zhou genghis kublai muhammad mohammed mohamed ahmed ali hassan hussein omar abdul abdullah ibrahim yusuf osama saddam mustafa mehmet recep mahatma mohandas
	jawaharlal indira narendra rajiv amartya nelson barack bill hillary jimmy dwight franklin theodore abraham woodrow winston tony gordon helmut konrad willy emmanuel nicolas valéry niels werner erwin enrico lise ada grace steve elon jeff jane walt ernest virginia oscar ted jim tom bob dan mike ben sam fred harry ray ron don ken chris matt nick tim greg doug rod luke edmund edwin alfred herbert frederick
	percy horace ralph rosalind florence agatha edith amelia harriet eleanor rosa frida marilyn audrey clara ella jules max felix oskar erich hermann rudolf stefan georg gottfried immanuel arthur sigmund anton antonín jan tomáš václav milan kofi desmond wangari chinua haile kwame jomo julius thabo ellen malala benazir aung ho pol lee chiang sun kim park ban lech tadeusz stanisław andrzej imre miklós nicolae josip slobodan
	alan blaise ernest linus marie pierre antoine dorothy barbara carl gregor thomas francis humphry michael robert james tim linus grace margaret katherine neil buzz sally yuri roald fridtjof knut erik olaf gustav astrid ingrid ludvig søren hannah simone jean-paul jean-jacques jean-luc jean-baptiste usain serena venus novak rafael roger lionel cristiano diego pelé tiger lewis sebastian ayrton kobe lebron magic babe jackie muhammad cassius mia megan simone nadia elena stella leo saint ursula angelina bernard bertrand ronald rosie percy edgar oliver mark ian neil graham nigel colin stuart malcolm duncan ewan hamish rory owen rhys dylan liam declan patrick bridget siobhan`)

// notNames are short forms in capitals that name nothing to be asked for.
var notNames = set(`i am pm ad bc bce ce tv ceo cto cfo phd gdp gnp dna rna ok id ma ba mba faq pdf usd eur gbp vs etc ph.d. a.m. p.m. b.c. a.d. x o`)
