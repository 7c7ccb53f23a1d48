package english

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// forms shows the tokens of a text, sentences separated by " | ".
func forms(text string) string {
	var b strings.Builder
	for i, s := range Split(text) {
		if i > 0 {
			b.WriteString(" | ")
		}
		for j, t := range s.Tokens {
			if j > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(t.Form)
		}
	}
	return b.String()
}

func TestSplit(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"  \n\t ", ""},
		{"Hello.", "Hello ."},
		// abbreviations and initials
		{"J. K. Rowling was born in Yate.", "J. K. Rowling was born in Yate ."},
		{"Donald J. Trump won. He left.", "Donald J. Trump won . | He left ."},
		{"He met George W. Bush and William J. Clinton. They sat.", "He met George W. Bush and William J. Clinton . | They sat ."},
		{"He served Elizabeth I. Spain armed.", "He served Elizabeth I . | Spain armed ."},
		{"J.R.R. Tolkien met C.S. Lewis.", "J.R.R. Tolkien met C.S. Lewis ."},
		{"The U.S. Army left the U.S. The war ended.", "The U.S. Army left the U.S. | The war ended ."},
		{"Dr. Smith of St. Louis met Mr. Jones.", "Dr. Smith of St. Louis met Mr. Jones ."},
		{"His Symphony No. 5 was late. He said no. 5 people left.", "His Symphony No. 5 was late . | He said no. 5 people left ."},
		{"He said no. Nobody left.", "He said no . | Nobody left ."},
		{"Apple Inc. was founded by S. Jobs. Inc. is short.", "Apple Inc. was founded by S. Jobs . | Inc. is short ."},
		{"World War I. Germany lost.", "World War I . | Germany lost ."},
		{"At 6 p.m. The bell rang.", "At 6 p.m. | The bell rang ."},
		{"See pp. 10–12, e.g. Fig. 3, i.e. the map, etc.", "See pp. 10 – 12 , e.g. Fig. 3 , i.e. the map , etc."},
		{"born Sept. 3, 1850, c. 1851 or on Sun. 4 May. Nobody knew.", "born Sept. 3 , 1850 , c. 1851 or on Sun. 4 May . | Nobody knew ."},
		{"The cat sat. We saw the sun. It shone.", "The cat sat . | We saw the sun . | It shone ."},
		// dates
		{"It met in May 2016. The plan followed.", "It met in May 2016 . | The plan followed ."},
		{"It grew. 2021 marked a turn. 2023 saw more.", "It grew . | 2021 marked a turn . | 2023 saw more ."},
		// numbers
		{"US$ 9 billion, US$9bn and $3,000.50 or 3.5%.", "US$ 9 billion , US$ 9 bn and $ 3,000.50 or 3.5 % ."},
		{"the 2+2 talks, Sakhalin-2, F-16s and COVID-19", "the 2+2 talks , Sakhalin-2 , F-16s and COVID-19"},
		{"from 6–7 p.m., 2017-2019 and 10:30am", "from 6 – 7 p.m. , 2017 - 2019 and 10:30 am"},
		{"ISO 2022-03-21, 713-853-3989, 9/11, −5 °C", "ISO 2022-03-21 , 713-853-3989 , 9/11 , −5 °C"},
		{"in the 1990s and the '90s, 1990's", "in the 1990s and the '90s , 1990 's"},
		// clitics, quotes, hyphens
		{"Japan’s fifth; don't, won’t, cannot, it's", "Japan ’s fifth ; do n't , wo n’t , can not , it 's"},
		{"‘Bastion missile system’ and the Kurils’ shores", "‘ Bastion missile system ’ and the Kurils ’ shores"},
		{"O’Brien's pro-Beijing US-Japan well-known e-mail", "O’Brien 's pro-Beijing US - Japan well - known e-mail"},
		{"“Why?” he asked. “Stop!” Smith said. \"Go.\" He went.", "“ Why ? ” he asked . | “ Stop ! ” Smith said . | \" Go . \" | He went ."},
		{"AT&T and/or R&D (see below).", "AT&T and / or R&D ( see below ) ."},
		// footnote marks
		{"They were safe. 4 Even so, he left. 12 The rest stayed.", "They were safe . 4 | Even so , he left . 12 | The rest stayed ."},
		{"It rained (Fig. 6). 5 At the end it stopped.", "It rained ( Fig. 6 ) . 5 | At the end it stopped ."},
		{"It grew. 4 May was dry. 50 Germans came.", "It grew . | 4 May was dry . | 50 Germans came ."},
		{"to Japan”.[1] The expiration", "to Japan ” . [ 1 ] | The expiration"},
		{"Japan’s security. [2]” Both China", "Japan ’s security . [ 2 ] ” | Both China"},
		{"interests”. [3]\nBarring three talks", "interests ” . [ 3 ] | Barring three talks"},
		{"of security.2 The end.¹ It", "of security . 2 | The end . ¹ | It"},
		// dashes and ellipses
		{"It was—he said—late... but fine. Well… Maybe.", "It was — he said — late ... but fine . | Well … | Maybe ."},
		{"one--two", "one -- two"},
		// brackets hold a sentence together
		{"He (b. 1850. Died 1900.) wrote. (A note. Another.) End.", "He ( b. 1850 . Died 1900 . ) wrote . | ( A note . | Another . ) | End ."},
		// addresses
		{"See http://en.kremlin.ru/news/59455, www.un.org. Or a.b@c.org.", "See http://en.kremlin.ru/news/59455 , www.un.org . | Or a.b@c.org ."},
		{"(https://en.wikipedia.org/wiki/Go_(game))", "( https://en.wikipedia.org/wiki/Go_(game) )"},
		// lines
		{"Early life\nHe was born.", "Early life | He was born ."},
		{"a line of text that was wrapped by hand at some seventy\ncharacters or so", "a line of text that was wrapped by hand at some seventy characters or so"},
		{"1. Introduction\n2. Methods", "1 . Introduction | 2 . Methods"},
		// missing spaces
		{"It ended.The war began in 2016.Then", "It ended . | The war began in 2016 . | Then"},
		{"iPhones sold. iPads followed.", "iPhones sold . | iPads followed ."},
	} {
		if got := forms(c.text); got != c.want {
			t.Errorf("Split(%q) = %s\nwant %s", c.text, got, c.want)
		}
	}
}

func TestNorm(t *testing.T) {
	s := Split("Japan’s “co\u00adoperation”…")
	var got []string
	for _, tok := range s[0].Tokens {
		got = append(got, tok.Norm)
	}
	if want := "Japan 's \" cooperation \" ..."; strings.Join(got, " ") != want {
		t.Errorf("norms = %q, want %q", got, want)
	}
}

// checkOffsets fails unless the tokens tile the text: in order, not overlapping,
// each standing where it claims to stand, nothing left out but white space.
func checkOffsets(t *testing.T, text string, sents []Sentence) {
	t.Helper()
	pos := 0
	skip := func(to int) {
		for pos < to {
			r, n := utf8.DecodeRuneInString(text[pos:])
			if !IsSpace(r) {
				t.Fatalf("byte %d (%q) of %q is in no token", pos, r, text)
			}
			pos += n
		}
	}
	for _, s := range sents {
		if len(s.Tokens) == 0 {
			t.Fatalf("a sentence of %q has no tokens", text)
		}
		if first, last := s.Tokens[0], s.Tokens[len(s.Tokens)-1]; s.Start != first.Start || s.End != last.End {
			t.Fatalf("sentence [%d,%d) of %q, tokens [%d,%d)", s.Start, s.End, text, first.Start, last.End)
		}
		for i, tok := range s.Tokens {
			if tok.Start < pos || tok.End <= tok.Start || tok.End > len(text) || text[tok.Start:tok.End] != tok.Form {
				t.Fatalf("token %d %+v of %q after byte %d", i, tok, text, pos)
			}
			skip(tok.Start)
			pos = tok.End
			r, _ := utf8.DecodeRuneInString(text[pos:])
			if space := pos < len(text) && IsSpace(r); space != tok.SpaceAfter {
				t.Fatalf("token %d %+v of %q: SpaceAfter, want %v", i, tok, text, space)
			}
		}
	}
	skip(len(text))
}

func FuzzSplit(f *testing.F) {
	for _, s := range []string{"", "J. K. Rowling’s [1] “security. [2]” US$ 9bn", "a\x00b\xff\xc3(", "couldn't've '' ``x''", "a@b.c-d@", "http://)))", "U.S.\u00ad–—…...!?!", "1.\n\n2.\n3"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		checkOffsets(t, text, Split(text))
	})
}

// TestSplitLong: hostile texts of a megabyte are cut like any other.
func TestSplitLong(t *testing.T) {
	for _, unit := range []string{"a", "'", ".?", "(", ")", ". ", "a-", "a.", "1-", "a@", "www.", "[1]", "\x00", "\xff", "’s", "A. ", "!", "…", "--", "/", "http://(", "n't"} {
		text := strings.Repeat(unit, 1<<20/len(unit))
		checkOffsets(t, text, Split(text))
	}
}

func BenchmarkSplit(b *testing.B) {
	text := strings.Repeat("In the 2018 Annual News Conference, Putin’s remarks were “foreboding”, said Dr. J. K. Smith of the U.S. Army. ", 50)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Split(text)
	}
}
