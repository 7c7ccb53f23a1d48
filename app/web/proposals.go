package web

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"recto/cards"
	"recto/store"
	"recto/views"
)

// partBytes is how much text one page of the desk shows, and with it the proposals
// that are proved there.
const partBytes = 30 << 10

// articleOf is the article that the path names, if it is the user's.
func (s *server) articleOf(r *request) (store.Article, error) {
	id, err := r.param("article")
	if err != nil {
		return store.Article{}, err
	}
	return s.store.Article(r.ctx, r.user.ID, store.ArticleID(id))
}

func (s *server) article(r *request) (reply, error) {
	a, err := s.articleOf(r)
	if err != nil {
		return reply{}, err
	}
	p, err := s.deskPage(r, a, int(number(r.query, "part")), readChoice(r.query))
	if err != nil {
		return reply{}, err
	}
	p.Replaced = r.query.Get("known") == "1"
	if deck := number(r.query, "deck"); deck > 0 {
		for _, d := range p.Decks {
			if d.ID == deck {
				p.Added, p.AddedTo = int(min(number(r.query, "added"), 1<<20)), d
			}
		}
	}
	return show(p)
}

// deskPage is one part of an article beside the cards proposed from it.
func (s *server) deskPage(r *request, a store.Article, part int, choice deskChoice) (*views.Article, error) {
	parts := partsOf(a.Blocks, len(a.Text))
	part = min(max(part, 1), len(parts))
	here := parts[part-1]
	p := &views.Article{Head: headOf(a, "cards"), Part: part, Parts: len(parts), Version: versionOf(a)}
	known, err := s.masteries(r, a)
	if err != nil {
		return nil, err
	}
	sure := choice.sure(a.Proposals)
	choice.into(p, a, sure)
	p.Legend = legend(a, known)
	enough := map[string]bool{}
	var evidence []views.Evidence
	var shown []store.Proposal
	for i, proposal := range a.Proposals {
		if proposal.Source.Start < here.span.Start || proposal.Source.Start >= here.span.End {
			if proposal.Card == 0 && kept(proposal.Verdict) {
				p.Elsewhere++
			}
			continue
		}
		enough[proposal.ID] = sure[i]
		shown = append(shown, proposal)
		e := views.Evidence{Proposal: proposal.ID, Span: proposal.Source}
		if choice.marks && known[proposal.ID] != "" {
			e.Sort, e.Card = string(known[proposal.ID]), int64(proposal.Card)
		}
		evidence = append(evidence, e)
	}
	for _, proposal := range choice.inOrder(shown) {
		line := proposalLine(a.ID, proposal, a.Proposals, enough[proposal.ID])
		line.Sort = string(known[proposal.ID])
		if enough[proposal.ID] {
			p.Sure = append(p.Sure, line)
		} else {
			p.Unsure = append(p.Unsure, line)
		}
	}
	p.Blocks = views.Marked(a.Text, here.blocks, evidence)
	if err := s.deckChoices(r, a, p); err != nil {
		return nil, err
	}
	p.Title, p.Place, p.Wide, p.Script = a.Title, "add", true, "desk.js"
	return p, nil
}

// part is a stretch of an article that is shown on one page.
type part struct {
	span   cards.Span
	blocks []cards.Block
}

// partsOf cuts an article between blocks into parts of about partBytes. There is
// always one part, and together they cover the text.
func partsOf(blocks []cards.Block, size int) []part {
	parts := []part{{span: cards.Span{Start: 0, End: size}}}
	for _, b := range blocks {
		last := &parts[len(parts)-1]
		if b.Span.End-last.span.Start > partBytes && len(last.blocks) > 0 {
			last.span.End = b.Span.Start
			parts = append(parts, part{span: cards.Span{Start: b.Span.Start, End: size}})
			last = &parts[len(parts)-1]
		}
		last.blocks = append(last.blocks, b)
	}
	return parts
}

func headOf(a store.Article, view string) views.ArticleHead {
	h := views.ArticleHead{
		ID: int64(a.ID), Title: a.Title, Author: a.Author, Published: a.Published, View: view,
		Words: len(strings.Fields(a.Text)), Cards: len(a.Proposals), Facts: len(a.Entries),
	}
	h.Address, h.Host = webAddress(a.URL)
	for _, e := range a.Entries {
		if len(e.Proposals) == 0 {
			h.Left++
		}
	}
	return h
}

// kept reports whether a verdict says that the card is wanted.
func kept(verdict string) bool { return verdict == "keep" || verdict == "edit" }

// proposalLine is a proposal as the desk shows it. All are those of its article.
func proposalLine(article store.ArticleID, p store.Proposal, all []store.Proposal, sure bool) views.Proposal {
	line := views.Proposal{
		Article: int64(article), ID: p.ID, Context: p.Context, Front: p.Front, Back: p.Back, WasFront: p.Proposal.Front, WasBack: p.Proposal.Back,
		Ticked: kept(p.Verdict) || p.Verdict == "" && sure, Card: int64(p.Card),
	}
	line.Rewording = rewordingOf(p)
	if other := partner(p, all); other != nil {
		line.With, line.WithFront = other.ID, other.Front
	}
	if p.Verdict == "join" {
		line.Apart = p.Joined
		for _, o := range all {
			if o.ID == p.Joined {
				line.JoinedTo = o.Front
			}
		}
	}
	return line
}

// versionOf says which versions of its text stand beside an article.
func versionOf(a store.Article) views.Version {
	return views.Version{Previous: int64(a.Previous), Newer: int64(a.Newer), Open: a.Open(), Left: a.InUse}
}

// deckChoices fills in the decks that cards can be saved into: the article's own
// first, else one that has its title, else a new one.
func (s *server) deckChoices(r *request, a store.Article, p *views.Article) error {
	decks, err := s.store.Decks(r.ctx, r.user.ID, r.today())
	if err != nil {
		return err
	}
	name := deckName(a.Title)
	chosen := false
	for _, d := range decks {
		if !d.Mine {
			continue
		}
		c := views.DeckChoice{ID: int64(d.ID), Name: d.Name}
		if c.Chosen = a.Deck != 0 && d.ID == a.Deck || a.Deck == 0 && d.Name == name; c.Chosen {
			chosen = true
		}
		p.Decks = append(p.Decks, c)
	}
	if !chosen {
		p.NewDeck = name
	}
	return nil
}

// deckName is the name of the deck made for an article.
func deckName(title string) string {
	name := shorten(strings.Join(strings.Fields(strings.ReplaceAll(title, "::", ":")), " "), maxDeckName)
	if !visible(name) {
		return "Articles"
	}
	return name
}

// verdict stores what was decided about one proposal, as soon as it is.
func (s *server) verdict(r *request) (reply, error) {
	a, err := s.articleOf(r)
	if err != nil {
		return reply{}, err
	}
	v := store.Verdict{Proposal: r.params["proposal"], Verdict: r.form.Get("verdict"), Front: r.text("front"), Back: r.text("back")}
	if r.form.Get("wording") != "" { // who chooses whose words they are to be wants the card
		v.Verdict = "keep"
	}
	if !kept(v.Verdict) && v.Verdict != "drop" {
		return reply{}, statusRefusal(http.StatusBadRequest)
	}
	for _, p := range a.Proposals {
		if p.ID != v.Proposal {
			continue
		}
		if whose := r.form.Get("wording"); whose != "" {
			v.Front, v.Back = chosenWords(p, whose)
		}
		change := decide(p, kept(v.Verdict), v.Front, v.Back)
		if sentence := wrongWords(change); sentence != "" {
			return reply{}, refuse(http.StatusUnprocessableEntity, "Not stored", sentence)
		}
		if err := s.store.SetVerdicts(r.ctx, r.user.ID, a.ID, []store.Verdict{change}, r.now); err != nil {
			return reply{}, err
		}
		if r.form.Get("quiet") == "1" { // a script asks, which shows no other page
			return reply{status: http.StatusNoContent}, nil
		}
		return s.backToDesk(r, a, p.ID)
	}
	return reply{}, store.ErrNotFound
}

// decide is the verdict on a proposal: kept or dropped, in the words of the form,
// or as they stand where the form is silent.
func decide(p store.Proposal, keep bool, front, back string) store.Verdict {
	if front == "" && back == "" {
		front, back = p.Front, p.Back
	}
	v := store.Verdict{Proposal: p.ID, Verdict: "drop"}
	edited := front != p.Proposal.Front || back != p.Proposal.Back
	if edited {
		v.Front, v.Back = front, back
	}
	switch {
	case keep && edited:
		v.Verdict = "edit"
	case keep:
		v.Verdict = "keep"
	}
	return v
}

// wrongWords says what is wrong with the words of an edited proposal.
func wrongWords(v store.Verdict) string {
	switch {
	case v.Verdict != "edit":
		return ""
	case !visible(v.Front):
		return "A card needs a question."
	case !visible(v.Back):
		return "A card needs an answer."
	case len(v.Front) > maxField || len(v.Back) > maxField:
		return "This is too long for a card. Split it into several."
	}
	return ""
}

// saveCards makes cards of the ticked proposals. Saving again adds what is new.
func (s *server) saveCards(r *request) (reply, error) {
	a, err := s.articleOf(r)
	if err != nil {
		return reply{}, err
	}
	if a.Open() {
		return goTo(notYetUsed(a))
	}
	part, choice := number(r.form, "part"), readChoice(r.form)
	verdicts, sentence := readVerdicts(r, &a, choice.sure(a.Proposals))
	if sentence != "" {
		p, err := s.deskPage(r, a, int(part), choice)
		if err != nil {
			return reply{}, err
		}
		p.Error = sentence
		return showAs(http.StatusUnprocessableEntity, p)
	}
	if len(verdicts) > 0 {
		if err := s.store.SetVerdicts(r.ctx, r.user.ID, a.ID, verdicts, r.now); err != nil {
			return reply{}, err
		}
	}
	deck, err := s.deckFor(r, a)
	if err != nil {
		return reply{}, err
	}
	added, err := s.store.SaveCards(r.ctx, r.user.ID, a.ID, deck, r.today(), r.now)
	if err != nil {
		return reply{}, err
	}
	return goTo(fmt.Sprintf("/articles/%d?part=%d&added=%d&deck=%d%s", a.ID, max(part, 1), added, deck, choice.query()))
}

// readVerdicts reads the decisions of the form about the proposals it showed, puts
// them into a as well, and says what is wrong with the words of one. Sure are those
// that the form showed ticked.
func readVerdicts(r *request, a *store.Article, sure []bool) (verdicts []store.Verdict, wrong string) {
	shown, ticked := map[string]bool{}, map[string]bool{}
	for _, id := range r.form["shown"] {
		shown[id] = true
	}
	for _, id := range r.form["keep"] {
		ticked[id] = true
	}
	for i := range a.Proposals {
		p := &a.Proposals[i]
		if !shown[p.ID] || p.Card != 0 || p.Verdict == "join" {
			continue
		}
		front, back := r.text("front-"+p.ID), r.text("back-"+p.ID)
		v := decide(*p, ticked[p.ID], front, back)
		untouched := front == "" && back == "" || front == p.Front && back == p.Back
		if v.Verdict == "drop" && p.Verdict == "" && !sure[i] && untouched {
			continue // it was never ticked: nothing has been decided
		}
		if sentence := wrongWords(v); sentence != "" {
			wrong = sentence
		}
		p.Verdict, p.Front, p.Back = v.Verdict, v.Front, v.Back
		if v.Front == "" && v.Back == "" {
			p.Front, p.Back = p.Proposal.Front, p.Proposal.Back
		}
		verdicts = append(verdicts, v)
	}
	return verdicts, wrong
}

// deckFor is the deck that the form chose, made if need be.
func (s *server) deckFor(r *request, a store.Article) (store.DeckID, error) {
	if id := number(r.form, "deck"); id > 0 {
		d, err := s.store.Deck(r.ctx, r.user.ID, store.DeckID(id), r.today())
		if err == nil && !d.Mine {
			err = store.ErrNotYours
		}
		return d.ID, err
	}
	name := deckName(a.Title)
	id, err := s.store.CreateDeck(r.ctx, r.user.ID, name, r.now)
	if !errors.Is(err, store.ErrNameTaken) {
		return id, err
	}
	decks, err := s.store.Decks(r.ctx, r.user.ID, r.today())
	for _, d := range decks {
		if d.Mine && strings.EqualFold(d.Name, name) {
			return d.ID, nil
		}
	}
	return 0, errors.Join(store.ErrNameTaken, err)
}

// facts is the ledger of an article.
func (s *server) facts(r *request) (reply, error) {
	a, err := s.articleOf(r)
	if err != nil {
		return reply{}, err
	}
	p := &views.ArticleFacts{Head: headOf(a, "facts"), Left: r.query.Get("left") == "1"}
	parts := partsOf(a.Blocks, len(a.Text))
	links := make(map[string]views.FactCard, len(a.Proposals))
	for _, proposal := range a.Proposals {
		n := 1
		for n < len(parts) && proposal.Source.Start >= parts[n-1].span.End {
			n++
		}
		links[proposal.ID] = views.FactCard{Front: proposal.Front, Href: fmt.Sprintf("/articles/%d?part=%d#p-%s", a.ID, n, proposal.ID)}
	}
	for _, e := range a.Entries {
		if p.Left && len(e.Proposals) > 0 {
			continue
		}
		p.Facts = append(p.Facts, factLine(a.Text, e, links))
	}
	p.Title, p.Place = "Facts of "+a.Title, "add"
	return show(p)
}

func factLine(text string, e cards.Entry, links map[string]views.FactCard) views.FactLine {
	f := e.Fact
	line := views.FactLine{Kind: f.Kind, Text: f.Text, Derived: f.Derived, Reason: e.Reason}
	if f.Value != f.Text {
		line.Value = f.Value
	}
	whole := cards.Span{Start: 0, End: len(text)}
	if whole.Contains(f.Sentence) && f.Sentence.Contains(f.Span) {
		line.Before, line.Marked, line.After = text[f.Sentence.Start:f.Span.Start], f.Span.Of(text), text[f.Span.End:f.Sentence.End]
	}
	for _, id := range e.Proposals {
		if c, ok := links[id]; ok {
			line.Cards = append(line.Cards, c)
		}
	}
	return line
}
