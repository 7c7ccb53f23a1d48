package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"recto/store"
	"recto/views"
)

// refusal is an error with a sentence for the person who asked.
type refusal struct {
	status   int
	title    string
	sentence string
	href     string
	label    string
	wait     time.Duration // after which it may go better, said in Retry-After
	cause    error         // for the log, nil when there is nothing to look into
}

func (e *refusal) Error() string {
	if e.cause != nil {
		return fmt.Sprintf("%d: %v", e.status, e.cause)
	}
	return fmt.Sprintf("%d: %s", e.status, e.sentence)
}

func (e *refusal) Unwrap() error { return e.cause }

// refuse is an error that is answered with a sentence.
func refuse(status int, title, sentence string) *refusal {
	return &refusal{status: status, title: title, sentence: sentence, href: "/", label: "Today"}
}

// refusalOf says what an error is to the person who asked. A refusal is as it
// says; the store's errors have their meaning; everything else went wrong here,
// and its text stays in the log.
func refusalOf(err error) *refusal {
	var r *refusal
	switch {
	case errors.As(err, &r):
		return r
	case errors.Is(err, store.ErrNotFound), errors.Is(err, store.ErrNotYours):
		return refuse(http.StatusNotFound, "Not here", "There is no such page, or it is not yours.")
	case errors.Is(err, store.ErrStale):
		return refuse(http.StatusConflict, "Changed meanwhile", "This was changed in another window. Nothing is lost: look at it as it is now, and do it again if it is still needed.")
	case errors.Is(err, store.ErrDisk):
		r := refuse(http.StatusServiceUnavailable, "No room", "The server’s disk is full or cannot be written, so this was not stored. Nothing you graded before is lost: tell the person who runs the server, and try again later.")
		r.wait, r.cause = time.Minute, err
		return r
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled), errors.Is(err, store.ErrBusy):
		r := refuse(http.StatusServiceUnavailable, "Busy", "The server is busy. Nothing you graded is lost: try again in a moment.")
		r.wait, r.cause = 5*time.Second, err
		return r
	}
	e := statusRefusal(http.StatusInternalServerError)
	e.cause = err
	return e
}

// statusRefusal is the refusal for a status that came without a sentence.
func statusRefusal(status int) *refusal {
	switch status {
	case http.StatusNotFound:
		return refuse(status, "Not here", "There is no such page, or it is not yours.")
	case http.StatusMethodNotAllowed:
		return refuse(status, "Not here", "This page cannot be used in that way. Go back, and press its button again.")
	case http.StatusForbidden:
		return refuse(status, "Refused", "This came from another site, so nothing was changed. Open Recto itself and do it there.")
	case http.StatusRequestEntityTooLarge:
		return refuse(status, "Too large", "This is larger than Recto takes at once. Send it in smaller parts.")
	case http.StatusRequestTimeout:
		return refuse(status, "Too slow", "The request took too long to arrive. Nothing was changed: try again.")
	case http.StatusRequestHeaderFieldsTooLarge, http.StatusRequestURITooLong:
		return refuse(status, "Too long", "What the browser sent is longer than Recto reads. Go to Today and start from there.")
	}
	if status >= 400 && status < 500 {
		return refuse(http.StatusBadRequest, "Not understood", "The request could not be read. Go back, load the page again and repeat it.")
	}
	return refuse(http.StatusInternalServerError, "Something went wrong", "Something went wrong here. Nothing you graded is lost.")
}

// failure is the page of a refusal. The reference is shown where somebody may
// have to look into it.
func failure(r *refusal, id string) *views.Failure {
	p := &views.Failure{Status: r.status, Sentence: r.sentence, Href: r.href, Label: r.label}
	p.Title = r.title
	if r.status >= 500 {
		p.Reference = id
	}
	return p
}
