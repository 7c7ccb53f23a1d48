package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"recto/cards"
	"recto/cards/quiz"
)

// Dated is something with a date: a fact of an article, or a card whose answer is a date.
type Dated struct {
	Value      string     // EDTF
	Card       CardID     // that asks for it, 0 for none
	Remembered bool       // the card is young or mature
	Article    ArticleID  // of the user's, 0 for none
	Source     cards.Span // the date in the article's text, or in Said where there is no article
	Sentence   cards.Span // in the article's text
	Proposal   string     // whose evidence the article marks, "" for none
	Front      string     // the question of the card, "" for none
	Said       string     // the sentence; of a fact only once Tell has read it
	Title      string     // of the article, or of the deck where there is none
	Part       int        // of the article's text, in which the sentence stands; see Tell
	proposals  []string
}

// datedFact is what a ledger says of a date.
type datedFact struct {
	Fact struct {
		Kind     cards.FactKind `json:"kind"`
		Value    string         `json:"value"`
		Span     cards.Span     `json:"span"`
		Sentence cards.Span     `json:"sentence"`
	} `json:"fact"`
	Proposals []string `json:"cards"`
	Reason    string   `json:"reason"`
}

// happened reports whether the date says when something was. Without a card, it may be
// part of a name, or of a reference to what was written then.
func (f *datedFact) happened() bool {
	return f.Fact.Kind == cards.DateFact && f.Fact.Value != "" &&
		(len(f.Proposals) > 0 || !strings.Contains(f.Reason, "part of a name") && !strings.Contains(f.Reason, "reference") && !strings.Contains(f.Reason, "too far off"))
}

// proof is where a card comes from: the article and the proposal.
type proof struct {
	article  ArticleID
	proposal string
}

// Timeline lists everything dated of a user that a scope holds, in no order: the dates of
// articles, with the cards that ask for them, and the cards whose answers are dates. What
// the entries say is left for Tell, which a page needs for few of them.
func (s *Store) Timeline(ctx context.Context, user UserID, sc Scope) ([]Dated, error) {
	tx, err := s.readers.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, wrap("timeline", err)
	}
	defer tx.Rollback()
	g := summer{ctx: ctx, tx: tx, user: user, scope: sc}
	own, made, err := g.datedCards()
	if err != nil {
		return nil, wrap("timeline", err)
	}
	list, err := g.datedFacts(made)
	if err != nil {
		return nil, wrap("timeline", err)
	}
	own = append(own, slices.Collect(maps.Values(made))...) // their facts are none of dates, or were found differently since
	slices.SortFunc(own, func(a, b Dated) int { return cmp.Compare(a.Card, b.Card) })
	for _, d := range own {
		if d.Value != "" {
			list = append(list, d)
		}
	}
	return list, nil
}

// datedCards reads the cards that the user studies and that may have a date: those made of
// proposals, and others whose answers are dates.
func (g summer) datedCards() (own []Dated, made map[proof]Dated, err error) {
	made = map[proof]Dated{}
	err = g.each(`SELECT s.card_id, c.front, c.back, coalesce(a.id, 0), n.proposal_id, n.sentence, n.sentence_start, n.sentence_end, n.source_start, n.source_end,
		d.name, s.repetitions, s.interval, s.seen, s.drill, s.suspended
		FROM schedules s JOIN enrolments e ON e.user_id = s.user_id AND e.deck_id = s.deck_id AND e.state = 'active' JOIN decks d ON d.id = s.deck_id
		JOIN cards c ON c.id = s.card_id JOIN notes n ON n.id = c.note_id LEFT JOIN articles a ON a.id = n.article_id AND a.user_id = ?1
		WHERE s.user_id = ?1 AND (n.proposal_id <> '' OR c.back GLOB '*[0-9]*' AND length(c.back) <= 80)`+g.scope.cards("s.card_id"), func(rows *sql.Rows) error {
		var d Dated
		var back string
		var v cards.Schedule
		err := rows.Scan(&d.Card, &d.Front, &back, &d.Article, &d.Proposal, &d.Said, &d.Sentence.Start, &d.Sentence.End, &d.Source.Start, &d.Source.End,
			&d.Title, &v.Repetitions, &v.Interval, &v.Seen, &v.Drill, &v.Suspended)
		if err != nil {
			return err
		}
		standing := v.Standing()
		d.Remembered = standing == cards.StandingYoung || standing == cards.StandingMature
		if r := quiz.Recognise(d.Front, back); r.Kind == cards.DateFact {
			d.Value = r.Value
		}
		if d.Article != 0 && d.Proposal != "" {
			made[proof{d.Article, d.Proposal}] = d
			return nil
		}
		if d.Said != "" { // the article is gone, or another's: the sentence alone is here
			d.Source.Start -= d.Sentence.Start
			d.Source.End -= d.Sentence.Start
		}
		d.Article, d.Proposal = 0, ""
		own = append(own, d)
		return nil
	})
	return own, made, err
}

// datedFacts reads the dates in the user's articles. Cards that ask for them are taken out
// of made. Within a deck, only dates that have a card there count.
func (g summer) datedFacts(made map[proof]Dated) (list []Dated, err error) {
	type mention struct {
		article  ArticleID
		sentence cards.Span
		value    string
	}
	seen := map[mention]int{}
	err = g.each(`SELECT a.id, a.title, f.entry FROM articles a JOIN facts f ON f.article_id = a.id
		WHERE a.user_id = ?1 AND ?2 = ?2 AND (?3 = 0 OR a.id = ?3) AND instr(f.entry, '"kind":"date"') > 0 ORDER BY a.id, f.position`, func(rows *sql.Rows) error {
		d := Dated{}
		var text []byte
		if err := rows.Scan(&d.Article, &d.Title, &text); err != nil {
			return err
		}
		var f datedFact
		if err := json.Unmarshal(text, &f); err != nil {
			return fmt.Errorf("read a fact of article %d: %w", d.Article, err)
		}
		if !f.happened() {
			return nil
		}
		d.Value, d.Source, d.Sentence, d.proposals = f.Fact.Value, f.Fact.Span, f.Fact.Sentence, f.Proposals
		for i, p := range f.Proposals {
			c, ok := made[proof{d.Article, p}]
			if ok {
				delete(made, proof{d.Article, p})
			}
			if ok && d.Card == 0 {
				d.Card, d.Front, d.Remembered, d.Proposal = c.Card, c.Front, c.Remembered, p
			}
			if i == 0 && d.Proposal == "" {
				d.Proposal = p
			}
		}
		m := mention{d.Article, d.Sentence, d.Value}
		switch at, again := seen[m]; {
		case g.scope.Deck != 0 && d.Card == 0:
		case !again:
			seen[m] = len(list)
			list = append(list, d)
		case list[at].Card == 0 && d.Card != 0:
			list[at] = d
		}
		return nil
	})
	return list, err
}

// Telling is what an entry can be worded from.
type Telling struct {
	Dated
	Gap      string // a statement with a gap where the date was, "" for none
	Question string // for the date, "" for none
	Event    string // what happened then, "" where no card says it
}

// Tell reads what some entries of a user's timeline say: the sentences, the proposals that
// were made of them, and in which part of its text each stands; parts cut an article as the
// page that shows it does.
func (s *Store) Tell(ctx context.Context, user UserID, list []Dated, part func(blocks []cards.Block, size, at int) int) ([]Telling, error) {
	told := make([]Telling, len(list))
	articles := map[ArticleID][]int{}
	for i, d := range list {
		told[i].Dated = d
		if d.Article != 0 {
			articles[d.Article] = append(articles[d.Article], i)
		}
	}
	for id, which := range articles {
		var row articleRow
		err := s.read(ctx).Select("id", "title", "text", "blocks").Where("id = ? AND user_id = ?", int64(id), int64(user)).Take(&row).Error
		if err != nil {
			return nil, wrap("tell", err)
		}
		a, err := row.article()
		if err != nil {
			return nil, wrap("tell", err)
		}
		for _, i := range which {
			d := &told[i]
			d.Title = a.Title
			d.Part = part(a.Blocks, len(a.Text), d.Source.Start)
			if d.Sentence.Start < 0 || d.Sentence.End > len(a.Text) || !d.Sentence.Contains(d.Source) {
				continue
			}
			d.Said = d.Sentence.Of(a.Text)
			d.Source.Start -= d.Sentence.Start
			d.Source.End -= d.Sentence.Start
			if err := s.tellProposals(ctx, d); err != nil {
				return nil, wrap("tell", err)
			}
		}
	}
	return told, nil
}

// tellProposals reads how the cards that were proposed of a date put it.
func (s *Store) tellProposals(ctx context.Context, d *Telling) error {
	for _, id := range d.proposals {
		found, err := column[string](ctx, s.readers, `SELECT proposal FROM proposals WHERE article_id = ? AND id = ?`, int64(d.Article), id)
		if err != nil || len(found) == 0 {
			return err
		}
		var p cards.Proposal
		if err := json.Unmarshal([]byte(found[0]), &p); err != nil {
			return fmt.Errorf("read proposal %s: %w", id, err)
		}
		switch p.Family {
		case "gap", "statement":
			d.Gap = p.Front
		case "event":
			d.Event = p.Back
		default:
			d.Question = p.Front
		}
	}
	return nil
}
