package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestQuestionsAreRewordedWhereAModelIsNamed(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer open sesame" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		fmt.Fprint(w, `{"choices":[{"message":{"content":"{\"front\": \"When was the Harwick Bridge opened?\"}"}}]}`)
	}))
	t.Cleanup(s.Close)
	file := write(t, "bridge.txt", sample)
	plain := recto(t, "", "generate", file)
	if plain.code != exitOK || strings.Contains(plain.out, "When was the Harwick Bridge opened?") {
		t.Fatalf("without a model: code %d\n%s", plain.code, plain.out)
	}
	t.Setenv(llmKey, "open sesame")
	got := recto(t, "", "generate", "--llm-url", s.URL, "--llm-model", "standin", file)
	if got.code != exitOK || !strings.Contains(got.out, "Q: When was the Harwick Bridge opened?") || !strings.Contains(got.errOut, "in the words of standin") {
		t.Errorf("with a model: code %d\n%s%s", got.code, got.out, got.errOut)
	}
	t.Setenv(llmKey, "wrong")
	got = recto(t, "", "generate", "--llm-url", s.URL, "--llm-model", "standin", file)
	if got.code != exitOK || got.out != plain.out || !strings.Contains(got.errOut, "401") || strings.Contains(got.errOut, "wrong") {
		t.Errorf("with a wrong key: code %d, said %q", got.code, got.errOut)
	}
	for _, args := range [][]string{{"--llm-url", "ollama", "--llm-model", "m"}, {"--llm-url", s.URL}} {
		if got := recto(t, "", append([]string{"generate", file}, args...)...); got.code != exitUsage || !strings.Contains(got.errOut, "--llm-url") {
			t.Errorf("%v: code %d, said %q; want %d", args, got.code, got.errOut, exitUsage)
		}
	}
}
