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
	for {
		i, sound, size := nextSound(s)
		b.WriteString(s[:i])
		if size == 0 {
			return b.String(), sounds
		}
		b.WriteString(`<card-sound data-n="` + string(side) + strconv.Itoa(len(sounds)) + `"></card-sound>`)
		sounds = append(sounds, sound)
		s = s[i+size:]
	}
}

// nextSound finds the next mark, its size and what it says; without one, size is 0
// and at the end of s.
func nextSound(s string) (at int, sound Sound, size int) {
	for from := 0; ; {
		i := strings.IndexByte(s[from:], '[')
		if i < 0 {
			return len(s), sound, 0
		}
		i += from
		rest := s[i:]
		if name, found := strings.CutPrefix(rest, "[sound:"); found {
			if end := strings.IndexByte(name, ']'); end > 0 {
				name = html.UnescapeString(name[:end])
				return i, Sound{Name: name, Video: videos[strings.ToLower(path.Ext(name))]}, len("[sound:") + end + 1
			}
		} else if options, found := strings.CutPrefix(rest, "[anki:tts "); found {
			const closer = "[/anki:tts]"
			head, after, _ := strings.Cut(options, "]")
			if end := strings.Index(after, closer); end >= 0 {
				return i, speech(head, after[:end]), len("[anki:tts ") + len(head) + 1 + end + len(closer)
			}
		}
		from = i + 1
	}
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
	for {
		i, _, size := nextSound(s)
		b.WriteString(s[:i])
		if size == 0 {
			return b.String()
		}
		s = s[i+size:]
	}
}
