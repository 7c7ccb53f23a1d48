package web

import (
	"fmt"
	"hash/fnv"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"recto/cards"
	"recto/cards/quiz/ask"
	"recto/store"
	"recto/views"
)

// What is listed on the page that chooses a quiz.
const (
	openQuizzes    = 5
	recentQuizzes  = 5
	allQuizzes     = 200
	chosenArticles = 100
)

var quizNumbers = []string{"5", "10", "20", "all"}

// quizModes say what each mode is.
var quizModes = []views.QuizMode{
	{Value: string(ask.Choice), Label: "Multiple choice", Hint: "four answers, the wrong ones chosen to be near"},
	{Value: string(ask.Typed), Label: "Type the answer", Hint: "spelling and date formats forgiven"},
	{Value: string(ask.Cloze), Label: "Fill the gap", Hint: "the sentence it comes from, with a word left out"},
	{Value: string(ask.Match), Label: "Match", Hint: "four to six questions and their answers"},
	{Value: string(ask.Truth), Label: "True or not", Hint: "a statement, or a near miss of one"},
	{Value: string(ask.Order), Label: "Put in order", Hint: "four events, the earliest first"},
	{Value: string(ask.Mixed), Label: "Mixed", Hint: "some of each"},
}

func quizModeName(m string) string {
	for _, mode := range quizModes {
		if mode.Value == m {
			return mode.Label
		}
	}
	return m
}

func (s *server) chooseQuiz(r *request) (reply, error) {
	p := &views.QuizChoose{From: "all", Mode: string(ask.Choice), Number: "10"}
	if from := r.query.Get("from"); from != "" {
		p.From = s.quizSourceValue(r, from)
	}
	if deck := number(r.query, "deck"); deck > 0 {
		p.From = store.QuizSource{Kind: store.QuizDecks, Decks: []store.DeckID{store.DeckID(deck)}}.String()
		if day, err := readDay(r.query.Get("exam")); err == nil {
			p.From = store.QuizSource{Kind: store.QuizExam, Decks: []store.DeckID{store.DeckID(deck)}, Day: day}.String()
		}
	}
	if article := number(r.query, "article"); article > 0 {
		p.From = store.QuizSource{Kind: store.QuizArticle, Article: store.ArticleID(article)}.String()
	}
	if tag := clean(r.query.Get("tag")); tag != "" {
		p.From, p.Tag = "tag", tag
	}
	if mode := ask.Mode(r.query.Get("mode")); mode.Valid() {
		p.Mode = string(mode)
	}
	if err := s.fillQuizChoose(r, p); err != nil {
		return reply{}, err
	}
	return show(p)
}

// quizSourceValue is the source that a short word of an address means.
func (s *server) quizSourceValue(r *request, from string) string {
	switch from {
	case "today", "missed":
		return store.QuizSource{Kind: store.QuizSourceKind(from), Day: r.today()}.String()
	}
	return from
}

// readDay reads a day as dayIn does.
func readDay(s string) (cards.Day, error) {
	if day := dayIn(s); day != 0 {
		return day, nil
	}
	return 0, fmt.Errorf("%q is no day", s)
}

// fillQuizChoose fills in what can be chosen.
func (s *server) fillQuizChoose(r *request, p *views.QuizChoose) error {
	p.Key, p.Modes, p.Numbers, p.Today = newKey(), quizModes, quizNumbers, r.today()
	p.Title, p.Place = "Quiz", "quiz"
	if p.Notice.Text == "" {
		p.Notice = noticeOf(r)
	}
	decks, err := s.store.Decks(r.ctx, r.user.ID, r.today())
	if err != nil {
		return err
	}
	articles, err := s.store.Articles(r.ctx, r.user.ID)
	if err != nil {
		return err
	}
	if err := s.quizGroups(r, p, decks, articles); err != nil {
		return err
	}
	open, err := s.store.Quizzes(r.ctx, r.user.ID, false, openQuizzes)
	if err != nil {
		return err
	}
	ended, err := s.store.Quizzes(r.ctx, r.user.ID, true, recentQuizzes)
	if err != nil {
		return err
	}
	p.Open, p.Results = quizLines(open), quizLines(ended)
	return nil
}

// quizGroups are the sources: all, the day's, decks, articles, and an exam if the
// address names one.
func (s *server) quizGroups(r *request, p *views.QuizChoose, decks []store.Deck, articles []store.ArticleRow) error {
	add := func(list []views.QuizSource, source store.QuizSource, label string) []views.QuizSource {
		return append(list, views.QuizSource{Value: source.String(), Label: label})
	}
	all := add(nil, store.QuizSource{Kind: store.QuizAll}, "All decks")
	var others []views.QuizSource
	for _, o := range []struct {
		source store.QuizSource
		label  string
	}{
		{store.QuizSource{Kind: store.QuizToday, Day: r.today()}, "Answered today"},
		{store.QuizSource{Kind: store.QuizMissed, Day: r.today()}, "Missed today"},
		{store.QuizSource{Kind: store.QuizLeeches}, "Forgotten again and again"},
	} {
		n, err := s.store.QuizCards(r.ctx, r.user.ID, o.source)
		if err != nil {
			return err
		}
		if n > 0 || p.From == o.source.String() {
			others = add(others, o.source, fmt.Sprintf("%s (%s)", o.label, views.Number(n)))
		}
	}
	others, err := s.examSources(r, p, others)
	if err != nil {
		return err
	}
	listed := slices.ContainsFunc(others, func(o views.QuizSource) bool { return o.Value == p.From })
	if source, ok := store.ParseQuizSource(p.From); ok && !listed && (source.Kind == store.QuizExam || source.Kind == store.QuizLast || source.Kind == store.QuizAgain) {
		name, err := s.quizName(r, source)
		if err != nil {
			return err
		}
		others = add(others, source, name)
	}
	var inDecks, inArticles []views.QuizSource
	cardsThere := 0
	for _, d := range decks {
		cardsThere += d.Cards
		n := d.Cards
		for _, below := range decks {
			if d.OwnerName == below.OwnerName && strings.HasPrefix(strings.ToLower(below.Name), strings.ToLower(d.Name)+"::") {
				n += below.Cards
			}
		}
		if n > 0 {
			inDecks = add(inDecks, store.QuizSource{Kind: store.QuizDecks, Decks: []store.DeckID{d.ID}}, fmt.Sprintf("%s (%s)", d.Name, views.Number(n)))
			p.Decks = append(p.Decks, views.QuizDeck{ID: int64(d.ID), Name: d.Name, Checked: slices.Contains(r.form["deck"], strconv.FormatInt(int64(d.ID), 10))})
		}
	}
	for _, a := range articles[:min(len(articles), chosenArticles)] {
		if a.Kept > 0 {
			inArticles = add(inArticles, store.QuizSource{Kind: store.QuizArticle, Article: a.ID}, fmt.Sprintf("%s (%s)", a.Title, views.Number(a.Kept)))
		}
	}
	others = append(others, views.QuizSource{Value: "several", Label: "Several decks, ticked below"}, views.QuizSource{Value: "tag", Label: "A tag, written below"})
	p.Empty = cardsThere == 0
	for _, g := range []views.QuizGroup{{Sources: all}, {Label: "Decks", Sources: inDecks}, {Label: "Articles", Sources: inArticles}, {Label: "Others", Sources: others}} {
		if len(g.Sources) > 0 {
			p.Sources = append(p.Sources, g)
		}
	}
	return nil
}

// examSources adds the exams that are ahead: what is asked until the day, and, when
// it is near, what is not.
func (s *server) examSources(r *request, p *views.QuizChoose, list []views.QuizSource) ([]views.QuizSource, error) {
	exams, err := s.store.Exams(r.ctx, r.user.ID, r.today())
	if err != nil {
		return nil, err
	}
	for _, e := range exams {
		for _, kind := range []store.QuizSourceKind{store.QuizExam, store.QuizLast} {
			source := store.QuizSource{Kind: kind, Decks: []store.DeckID{e.Deck}, Day: e.Day}
			near := kind == store.QuizExam || e.Planned.Days <= lastLookDays
			if !e.Ahead(r.today()) || !near && p.From != source.String() {
				continue
			}
			n, err := s.store.QuizCards(r.ctx, r.user.ID, source)
			if err != nil {
				return nil, err
			}
			name, err := s.quizName(r, source)
			if err != nil {
				return nil, err
			}
			list = append(list, views.QuizSource{Value: source.String(), Label: fmt.Sprintf("%s (%s)", name, views.Number(n))})
		}
	}
	return list, nil
}

// quizSourceOf reads what the form chose, or says what is wrong with it.
func (s *server) quizSourceOf(r *request) (source store.QuizSource, sentence, field string) {
	from := r.line("from")
	switch from {
	case "several":
		for _, id := range r.form["deck"] {
			if n, err := strconv.ParseInt(id, 10, 64); err == nil && n > 0 {
				source.Decks = append(source.Decks, store.DeckID(n))
			}
		}
		source.Kind = store.QuizDecks
		if len(source.Decks) == 0 {
			return source, "Tick the decks that you want to be asked about.", "from"
		}
		return source, "", ""
	case "tag":
		source = store.QuizSource{Kind: store.QuizTag, Tag: r.line("tag")}
		if source.Tag == "" {
			return source, "Write the tag whose cards you want to be asked.", "tag"
		}
		return source, "", ""
	}
	source, ok := store.ParseQuizSource(s.quizSourceValue(r, from))
	if !ok {
		return source, "Choose what you want to be asked about.", "from"
	}
	return source, "", ""
}

// quizName is a source in words. It gives store.ErrNotFound for what the user cannot see.
func (s *server) quizName(r *request, source store.QuizSource) (string, error) {
	var names []string
	for _, id := range source.Decks {
		d, err := s.store.Deck(r.ctx, r.user.ID, id, r.today())
		if err != nil {
			return "", err
		}
		names = append(names, d.Name)
	}
	switch source.Kind {
	case store.QuizDecks:
		if len(names) > 3 {
			return fmt.Sprintf("%s and %s", names[0], views.Count(len(names)-1, "other deck")), nil
		}
		return strings.Join(names, ", "), nil
	case store.QuizExam:
		return fmt.Sprintf("%s, for %s", names[0], source.Day.Date().Format("2 January 2006")), nil
	case store.QuizLast:
		return fmt.Sprintf("%s, a last look before %s", names[0], source.Day.Date().Format("2 January 2006")), nil
	case store.QuizArticle:
		a, err := s.store.Article(r.ctx, r.user.ID, source.Article)
		return a.Title, err
	case store.QuizTag:
		return "Tag " + source.Tag, nil
	case store.QuizToday:
		return "Answered on " + source.Day.Date().Format("2 January 2006"), nil
	case store.QuizMissed:
		return "Missed on " + source.Day.Date().Format("2 January 2006"), nil
	case store.QuizLeeches:
		return "Forgotten again and again", nil
	case store.QuizAgain:
		q, err := s.store.Quiz(r.ctx, r.user.ID, source.Quiz)
		return strings.TrimSuffix(q.Name, againMark) + againMark, err
	}
	return "All decks", nil
}

// againMark is put behind the name of a quiz about what another one missed.
const againMark = ", what was missed"

func (s *server) startQuiz(r *request) (reply, error) {
	p := &views.QuizChoose{From: r.line("from"), Tag: r.line("tag"), Mode: r.form.Get("mode"), Number: r.form.Get("n"),
		Bring: r.form.Get("bring") == "1", Counts: r.form.Get("counts") == "1"}
	mode, key := ask.Mode(p.Mode), r.form.Get("key")
	if !mode.Valid() || !slices.Contains(quizNumbers, p.Number) || !validKey(key) {
		return reply{}, statusRefusal(http.StatusBadRequest)
	}
	source, sentence, field := s.quizSourceOf(r)
	again := func(sentence, field string) (reply, error) {
		p.Error, p.Field = sentence, field
		if err := s.fillQuizChoose(r, p); err != nil {
			return reply{}, err
		}
		return showAs(http.StatusUnprocessableEntity, p)
	}
	if sentence != "" {
		return again(sentence, field)
	}
	name, err := s.quizName(r, source)
	if err != nil {
		return reply{}, err
	}
	n, _ := strconv.Atoi(p.Number) // "all" is none, which means as many as there are
	seed := seedOf(key)
	items, more, err := s.store.QuizItems(r.ctx, r.user.ID, source, seed)
	if err != nil {
		return reply{}, err
	}
	questions := ask.Make(items, more, ask.Wish{Mode: mode, N: n, Seed: seed})
	if len(questions) == 0 {
		return again(noQuestions(mode, len(items)), "from")
	}
	id, err := s.store.StartQuiz(r.ctx, r.user.ID, store.NewQuiz{Key: key, Source: source, Name: name, Mode: mode, Bring: p.Bring, Counts: p.Counts, Questions: questions}, r.now)
	if err != nil {
		return reply{}, err
	}
	return goTo(fmt.Sprintf("/quiz/%d", id))
}

// seedOf draws a quiz by the key of its form: the same form makes the same quiz.
func seedOf(key string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(key))
	return h.Sum64()
}

// noQuestions says why there is none.
func noQuestions(mode ask.Mode, items int) string {
	if items == 0 {
		return "There are no cards here to ask."
	}
	has := fmt.Sprintf("%s here, but none", views.Count(items, "card"))
	if items == 1 {
		has = "There is one card here, but it"
	} else {
		has = "There are " + has
	}
	switch mode {
	case ask.Choice:
		return has + " has three good wrong answers beside it. Type the answers instead."
	case ask.Truth:
		return has + " has a near miss to be told from it. Type the answers instead."
	case ask.Match:
		return "Matching takes four cards whose answers are of one sort, such as four dates. There are not enough here."
	case ask.Order:
		return "Putting in order takes four events whose dates do not overlap. There are not enough here."
	case ask.Cloze:
		return has + " has a sentence with a gap that can be typed. Type the answers instead."
	}
	return has + " has an answer short enough to be typed."
}

func (s *server) quizResults(r *request) (reply, error) {
	list, err := s.store.Quizzes(r.ctx, r.user.ID, true, allQuizzes)
	if err != nil {
		return reply{}, err
	}
	p := &views.QuizResults{Quizzes: quizLines(list), Today: r.today()}
	p.Title, p.Place = "Earlier quizzes", "quiz"
	return show(p)
}

func quizLines(list []store.Quiz) []views.QuizLine {
	lines := make([]views.QuizLine, len(list))
	for i, q := range list {
		lines[i] = views.QuizLine{ID: int64(q.ID), Name: q.Name, Mode: quizModeName(string(q.Mode)), Questions: q.Questions, Answered: q.Answered, Correct: q.Correct, Day: q.Day}
	}
	return lines
}
