// Package endpoint asks a language model, by an OpenAI-compatible chat endpoint that
// the person who runs Recto has named, to word questions anew. Nothing is sent unless
// one is named, and nothing that comes back is believed: see cards/reword.
package endpoint

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"recto/cards/reword"
)

const (
	patience  = 60 * time.Second // for one answer
	mostReply = 256 << 10        // bytes of one
	mostWords = 400              // tokens that the model may answer with
)

// Model is a language model at an address.
type Model struct {
	Name   string
	url    string
	key    string
	client *http.Client
}

// New is a model at the address of an API, such as "http://localhost:11434/v1". Key is
// sent with every request, "" for none.
func New(address, name, key string) (*Model, error) {
	u, err := url.Parse(strings.TrimRight(address, "/"))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.User != nil {
		return nil, fmt.Errorf("%q is no address of a language model; write it like http://localhost:11434/v1", address)
	}
	if name == "" {
		return nil, errors.New("the name of the language model is missing")
	}
	if !strings.HasSuffix(u.Path, "/chat/completions") {
		u = u.JoinPath("chat", "completions")
	}
	m := &Model{Name: name, url: u.String(), key: key}
	m.client = &http.Client{Timeout: patience, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return m, nil
}

// ErrAway is the error of a model that does not answer as one: it is not worth asking
// it again soon.
type ErrAway struct{ Err error }

func (e ErrAway) Error() string { return "the language model does not answer: " + e.Err.Error() }

// Unwrap is what went wrong.
func (e ErrAway) Unwrap() error { return e.Err }

// Refused is why what a model said is not taken.
type Refused struct{ Err error }

func (e Refused) Error() string { return "not taken: " + e.Err.Error() }

// Unwrap is the rule that was broken.
func (e Refused) Unwrap() error { return e.Err }

type message struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

type question struct {
	Model       string    `json:"model"`
	Messages    []message `json:"messages"`
	Temperature float64   `json:"temperature"`
	MaxTokens   int       `json:"max_tokens"`
	Stream      bool      `json:"stream"`
}

// Reword asks for other words for the question of a card. The error is Refused for
// words that may not be taken, ErrAway when there was no answer, and ctx's own when it
// has ended.
func (m *Model) Reword(ctx context.Context, c reword.Card) (string, error) {
	said, err := m.ask(ctx, question{Model: m.Name, MaxTokens: mostWords, Messages: []message{{"system", reword.Instructions}, {"user", c.Show()}}})
	if err != nil {
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		return "", ErrAway{err}
	}
	front, err := reword.Parse(said)
	if err == nil {
		err = c.Check(front)
	}
	if err != nil {
		return "", Refused{err}
	}
	return front, nil
}

// ask sends one question and returns what the model said.
func (m *Model) ask(ctx context.Context, q question) (string, error) {
	body, err := json.Marshal(q)
	if err != nil {
		return "", err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, m.url, bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	if m.key != "" {
		req.Header.Set("Authorization", "Bearer "+m.key)
	}
	resp, err := m.client.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return "", fmt.Errorf("it says %s", resp.Status)
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, mostReply+1))
	switch {
	case err != nil:
		return "", err
	case len(data) > mostReply:
		return "", fmt.Errorf("its answer is longer than %d kB", mostReply>>10)
	}
	var r struct {
		Choices []struct {
			Message struct {
				Content string `json:"content"`
			} `json:"message"`
		} `json:"choices"`
	}
	if err := json.Unmarshal(data, &r); err != nil {
		return "", fmt.Errorf("its answer is no JSON: %w", err)
	}
	if len(r.Choices) == 0 {
		return "", errors.New("its answer is empty")
	}
	return r.Choices[0].Message.Content, nil
}
