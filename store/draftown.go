package store

import (
	"database/sql"
	"encoding/json"
	"errors"
	"maps"
	"strings"
	"time"

	"recto/cards"
	"recto/cards/formats"
)

// What of Recto no other program has a word for stands among the Extras of a whole
// Draft, by these keys.
const (
	ownPrefix = "recto."
	ownUser   = ownPrefix + "user" // of the Draft
	ownDeck   = ownPrefix + "deck" // of a deck
	ownNote   = ownPrefix + "note" // of a note
)

// rectoUser is what the document says of its owner.
type rectoUser struct {
	Name     string      `json:"name"`
	Settings Settings    `json:"settings"`
	LastDay  cards.Day   `json:"lastDay"`
	Extra    []rectoMore `json:"extra,omitempty"`
}

// rectoMore is how many new cards beyond the limits were asked for on a day.
type rectoMore struct {
	Day   cards.Day `json:"day"`
	Cards int       `json:"cards"`
}

// rectoDeck is what the document says of a deck beside its name.
type rectoDeck struct {
	Created time.Time     `json:"created"`
	Since   *time.Time    `json:"since,omitempty"` // its owner has studied it
	Shared  bool          `json:"shared,omitempty"`
	Left    bool          `json:"left,omitempty"` // its owner does not study it
	Paused  bool          `json:"paused,omitempty"`
	Typed   bool          `json:"typed,omitempty"` // its cards are answered by typing
	Limits  *cards.Limits `json:"limits,omitempty"`
	Article string        `json:"article,omitempty"` // the hash of the one that its first cards were made of
}

// rectoNote is where a note comes from that was made of an article.
type rectoNote struct {
	Article  string      `json:"article,omitempty"` // its hash; "" when it is gone
	Title    string      `json:"title,omitempty"`
	Proposal string      `json:"proposal,omitempty"`
	Text     string      `json:"sentence,omitempty"`
	Sentence *cards.Span `json:"sentenceSpan,omitempty"`
	Source   *cards.Span `json:"sourceSpan,omitempty"`
	Sibling  string      `json:"sibling,omitempty"` // the GUID of the first note of those not to be asked on one day
}

// with is extras and one more.
func with(extras formats.Extras, key string, v any) formats.Extras {
	extras = maps.Clone(extras)
	if extras == nil {
		extras = formats.Extras{}
	}
	extras[key] = json.RawMessage(toJSON(v))
	return extras
}

// foreign is extras without what is Recto's own.
func foreign(extras formats.Extras) formats.Extras {
	var rest formats.Extras
	for key, v := range extras {
		if !strings.HasPrefix(key, ownPrefix) {
			if rest == nil {
				rest = formats.Extras{}
			}
			rest[key] = v
		}
	}
	return rest
}

// own reads what is Recto's own among extras; it is v's zero value when there is none,
// or when it cannot be read.
func own[T any](extras formats.Extras, key string) (v T, ok bool) {
	text, ok := extras[key]
	if !ok || json.Unmarshal(text, &v) != nil {
		var none T
		return none, false
	}
	return v, true
}

func (d *exporter) ownDeck(extras formats.Extras, r draftedDeck) formats.Extras {
	deck := rectoDeck{Created: instant(r.created), Shared: r.shared && r.mine, Left: r.state != "active", Paused: r.paused, Typed: r.typed, Article: d.articles[r.article]}
	if r.enrolled != 0 {
		deck.Since = new(instant(r.enrolled))
	}
	if r.most != nil && r.due != nil {
		deck.Limits = &cards.Limits{New: *r.most, Reviews: *r.due}
	}
	return with(extras, ownDeck, deck)
}

func (d *exporter) ownNote(extras formats.Extras, n draftedNote) formats.Extras {
	if n.ProposalID == "" {
		return extras
	}
	note := rectoNote{Title: n.ArticleTitle, Proposal: n.ProposalID, Text: n.Sentence, Article: d.articles[n.article],
		Sentence: &cards.Span{Start: n.SentenceStart, End: n.SentenceEnd}, Source: &cards.Span{Start: n.SourceStart, End: n.SourceEnd}}
	if n.sibling != 0 {
		if first, ok := d.notes[n.sibling]; ok {
			note.Sibling = d.draft.Notes[first].GUID
		} else if n.sibling == n.ID {
			note.Sibling = n.GUID
		}
	}
	return with(extras, ownNote, note)
}

// ownOrThrown is where an article is the user's, or lies in their trash, unless another
// of the same text is theirs or lies there with it.
const ownOrThrown = `(articles.user_id = ?1 OR articles.user_id IS NULL AND articles.id IN (SELECT item_id FROM trash WHERE user_id = ?1 AND kind = 'article')
	AND NOT EXISTS (SELECT 1 FROM articles o WHERE o.hash = articles.hash AND (o.user_id = ?1 OR o.id < articles.id AND o.user_id IS NULL AND o.id IN (SELECT item_id FROM trash WHERE user_id = ?1 AND kind = 'article'))))`

// readArticles finds the user's articles by their numbers, so that notes and decks can
// speak of them.
func (d *exporter) readArticles() error {
	d.articles = map[int64]string{}
	if !d.whole {
		return nil
	}
	return d.each(`SELECT id, hash FROM articles WHERE `+ownOrThrown, func(rows *sql.Rows) error {
		var id int64
		var hash string
		err := rows.Scan(&id, &hash)
		d.articles[id] = hash
		return err
	}, int64(d.user))
}

// readRest takes in the articles and what is the user's own.
func (d *exporter) readRest() error {
	err := d.each(`SELECT articles.id, title, author, url, published, language, text, blocks, created,
		articles.user_id IS NULL, coalesce(r.previous_id, 0), coalesce(r.at, 0), r.used FROM articles LEFT JOIN revisions r ON r.article_id = articles.id
		WHERE `+ownOrThrown+` ORDER BY articles.user_id IS NULL, articles.id`, func(rows *sql.Rows) error {
		a := rectoArticle{Facts: []json.RawMessage{}}
		var id, created, previous, revised int64
		var used *int64
		var blocks string
		err := rows.Scan(&id, &a.Title, &a.Author, &a.URL, &a.Published, &a.Language, &a.Text, &blocks, &created, &a.Trashed, &previous, &revised, &used)
		if err == nil {
			err = json.Unmarshal([]byte(blocks), &a.Blocks)
		}
		if err != nil {
			return err
		}
		a.Created = instant(created)
		if a.Revises = d.articles[previous]; a.Revises != "" {
			a.Revised, a.Used = new(instant(revised)), used != nil
		}
		if a.Used {
			a.UsedAt = new(instant(*used))
		}
		facts, err := column[string](d.ctx, d.tx, `SELECT entry FROM facts WHERE article_id = ? ORDER BY position`, id)
		if err != nil {
			return err
		}
		for _, f := range facts {
			a.Facts = append(a.Facts, json.RawMessage(f))
		}
		if a.Proposals, err = d.proposals(id); err != nil {
			return err
		}
		d.draft.Articles = append(d.draft.Articles, json.RawMessage(toJSON(a)))
		return nil
	}, int64(d.user))
	if err != nil {
		return err
	}
	return errors.Join(d.readUser(), d.readLists())
}

func (d *exporter) proposals(article int64) ([]rectoProposal, error) {
	list := []rectoProposal{}
	err := d.each(`SELECT p.proposal, coalesce(v.verdict, ''), coalesce(v.front, ''), coalesce(v.back, ''), v.decided, coalesce(n.guid, ''),
		coalesce(v.joined, ''), coalesce(w.front, ''), CASE WHEN w.front <> '' THEN w.model ELSE '' END
		FROM proposals p LEFT JOIN verdicts v ON v.article_id = p.article_id AND v.proposal_id = p.id LEFT JOIN notes n ON n.id = v.note_id
		LEFT JOIN rewordings w ON w.article_id = p.article_id AND w.proposal_id = p.id
		WHERE p.article_id = ?1 ORDER BY p.position`, func(rows *sql.Rows) error {
		var p rectoProposal
		var text string
		var decided *int64
		if err := rows.Scan(&text, &p.Verdict, &p.Front, &p.Back, &decided, &p.Note, &p.Joined, &p.Reworded, &p.Model); err != nil {
			return err
		}
		p.Proposal = json.RawMessage(text)
		if decided != nil {
			at := instant(*decided)
			p.Decided = &at
		}
		list = append(list, p)
		return nil
	}, article)
	return list, err
}

func (d *exporter) readUser() error {
	var u rectoUser
	set := &u.Settings
	err := d.tx.QueryRowContext(d.ctx, `SELECT name, zone, rollover, new_per_day, reviews_per_day, theme, grades, drill_below, max_interval, siblings, last_day
		FROM users WHERE id = ?`, int64(d.user)).Scan(&u.Name, &set.Zone, &set.Rollover, &set.NewPerDay, &set.ReviewsPerDay,
		&set.Theme, &set.Grades, &set.DrillBelow, &set.MaxInterval, &set.Siblings, &u.LastDay)
	if err != nil {
		return err
	}
	err = d.each(`SELECT day, cards FROM extras WHERE user_id = ?1 ORDER BY day`, func(rows *sql.Rows) error {
		var x rectoMore
		err := rows.Scan(&x.Day, &x.Cards)
		u.Extra = append(u.Extra, x)
		return err
	}, int64(d.user))
	d.draft.Extras = with(d.draft.Extras, ownUser, u)
	return err
}
