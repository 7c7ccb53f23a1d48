package render

import (
	"html"
	"path"
	"strconv"
	"strings"
)

// Sound is something to hear, or a film: a media file, or a text that is spoken.
type Sound struct {
	Name   string // of the media file; "" for speech
	URL    string // its address; "" when it is not there or not to be loaded
	Video  bool
	Text   string // to be spoken
	Lang   string // as the template has it: "en_US"
	Voices []string
	Speed  float64 // 1 is normal
}

// videos are the endings of media that have pictures; Anki writes sound marks for
// them too.
var videos = map[string]bool{".mp4": true, ".webm": true, ".ogv": true, ".mov": true, ".mkv": true, ".avi": true, ".mpg": true, ".mpeg": true, ".m4v": true, ".flv": true}

// extractSounds replaces the marks [sound:x] and [anki:tts ...]x[/anki:tts] by
// elements that number the sounds: <card-sound data-n="q0">.
func extractSounds(s string, side byte) (string, []Sound) {
	if !strings.Contains(s, "[sound:") && !strings.Contains(s, "[anki:tts ") {
		return s, nil
	}
	var b strings.Builder
	var sounds []Sound
	for m := (marks{rest: s}); ; {
		before, sound, found := m.next()
		b.WriteString(before)
		if !found {
			return b.String(), sounds
		}
		b.WriteString(`<card-sound data-n="` + string(side) + strconv.Itoa(len(sounds)) + `"></card-sound>`)
		sounds = append(sounds, sound)
	}
}

// marks cuts a text at its marks of sounds.
type marks struct {
	rest     string
	noSpeech bool // no [/anki:tts] in rest
}

// next returns the text before the next mark, and what that says.
func (m *marks) next() (before string, sound Sound, found bool) {
	for from := 0; ; {
		i := strings.IndexByte(m.rest[from:], '[')
		if i < 0 {
			break
		}
		i += from
		mark := m.rest[i:]
		from = i + 1
		if name, sounds := strings.CutPrefix(mark, "[sound:"); sounds {
			name, after, closed := strings.Cut(name, "]")
			if !closed {
				break
			}
			if name == "" {
				continue
			}
			before, m.rest = m.rest[:i], after
			name = html.UnescapeString(name)
			return before, Sound{Name: name, Video: videos[strings.ToLower(path.Ext(name))]}, true
		}
		if options, speaks := strings.CutPrefix(mark, "[anki:tts "); speaks && !m.noSpeech {
			head, text, _ := strings.Cut(options, "]")
			text, after, closed := strings.Cut(text, "[/anki:tts]")
			if !closed {
				m.noSpeech = true
				continue
			}
			before, m.rest = m.rest[:i], after
			return before, speech(head, text), true
		}
	}
	before, m.rest = m.rest, ""
	return before, Sound{}, false
}

// speech is a text to be spoken with options as a template writes them:
// "lang=en_US voices=A,B speed=0.8".
func speech(options, text string) Sound {
	s := Sound{Speed: 1, Text: strings.Join(strings.Fields(Plain(withoutSounds(text))), " ")}
	for o := range strings.FieldsSeq(options) {
		key, value, _ := strings.Cut(o, "=")
		switch key {
		case "lang":
			s.Lang = value
		case "voices":
			s.Voices = strings.Split(value, ",")
		case "speed":
			if f, err := strconv.ParseFloat(value, 64); err == nil && f >= 0.1 && f <= 10 {
				s.Speed = f
			}
		}
	}
	return s
}

// withoutSounds takes the marks of sounds out of a text.
func withoutSounds(s string) string {
	if strings.IndexByte(s, '[') < 0 {
		return s
	}
	var b strings.Builder
	for m := (marks{rest: s}); ; {
		before, _, found := m.next()
		b.WriteString(before)
		if !found {
			return b.String()
		}
	}
}
