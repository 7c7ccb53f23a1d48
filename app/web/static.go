package web

import (
	"net/http"

	"recto/store"
	"recto/views"
)

// static sends a static file. Its name holds a hash of its content, so browsers
// may keep it for ever.
func (s *server) static(r *request) (reply, error) {
	f, ok := views.Static(r.params["name"])
	if !ok {
		return reply{}, store.ErrNotFound
	}
	return reply{asset: &f}, nil
}

// health says whether the server can answer: it asks the database.
func (s *server) health(r *request) (reply, error) {
	if err := s.store.Ping(r.ctx); err != nil {
		return reply{}, &refusal{status: http.StatusServiceUnavailable, title: "Not ready", sentence: "The database does not answer.", cause: err}
	}
	return reply{text: "ok\n"}, nil
}
