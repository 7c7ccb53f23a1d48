package main

import (
	"os"

	"recto/app/endpoint"
)

// llmFlags name a language model that may word questions anew; without an address
// there is none, and nothing is sent anywhere.
type llmFlags struct {
	URL   string `name:"llm-url" env:"RECTO_LLM_URL" placeholder:"URL" help:"Let a language model word the questions of proposed cards anew: the address of an OpenAI-compatible API, such as http://localhost:11434/v1 of Ollama. It is shown the title, the sentence and the card. Off unless given; the key, if one is needed, is read from RECTO_LLM_KEY."`
	Model string `name:"llm-model" env:"RECTO_LLM_MODEL" placeholder:"NAME" help:"The model's name, such as llama3.2."`
}

// llmKey is the environment variable of the key: flags are seen by everybody on a machine.
const llmKey = "RECTO_LLM_KEY"

// model is the language model, nil when none is named.
func (f llmFlags) model() (*endpoint.Model, error) {
	if f.URL == "" {
		return nil, nil //nolint:nilnil // none is a choice
	}
	m, err := endpoint.New(f.URL, f.Model, os.Getenv(llmKey))
	if err != nil {
		return nil, usageError{"--llm-url, --llm-model: " + err.Error()}
	}
	return m, nil
}
