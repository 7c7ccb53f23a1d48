package article_test

import (
	"strings"
	"testing"

	"recto/cards"
	"recto/cards/article"
)

// body stands around a line that is judged, so that the line is not the whole text.
const body = "The mill at Marn was built in 1780 and burned down in 1811. Nobody lived there until the railway came in 1864, and the ruin was sold for 40 crowns."

func kindOf(t *testing.T, line string) cards.BlockKind {
	t.Helper()
	a := article.Plain(body + "\n\n" + line + "\n\n" + body + "\n")
	for _, b := range a.Blocks {
		if strings.Contains(line, b.Span.Of(a.Text)) {
			return b.Kind
		}
	}
	t.Fatalf("%q is in no block", line)
	return ""
}

func TestFurnitureLines(t *testing.T) {
	t.Parallel()
	for _, line := range []string{
		"[1] Charles Dickens, Hard Times, 1854.",
		"[12a] Minutes of the council, 3 May 1921, sheet 4.",
		"[^note]: See the minutes of 1921.",
		"^ Yearbook of the mills, 1990, p. 44.",
		"² Minutes of the council, 1921.",
		"3 Ibid., p. 12.",
		"Darwin, C. (1859). On the Origin of Species. London: John Murray.",
		"Collins, Wilkie, and Dickens, Charles (June 1857). No Thoroughfare. London.",
		"Links:", "References", "REFERENCES", "7. References", "Works cited", "See also", "External links", "Further reading", "Sources:",
		"https://example.org/mills/marn", "www.example.org", "Contact: mills@example.org",
		"whatsapp://send?text=https://example.org/mills",
		"Share on Facebook", "Share this article", "Tweet", "Facebook | Twitter | LinkedIn | Email", "Share • Print • Email",
		"More >>", "Read more", "Read more: Five mills to visit this summer", "Continue reading", "Click here to see the map", "Back to top", "Skip to content",
		"Advertisement", "ADVERTISEMENT", "Story continues below advertisement",
		"Figure 2. The mill in 1790.", "Fig. 3: Depth of the pond", "Photo: Museum of Marn", "Image credit: Museum of Marn", "Source: Reuters", "The mill at dawn (Getty Images)",
		"© 2021 The Marn Courier", "Copyright 2021 The Marn Courier. All rights reserved.", "All rights reserved.",
		"We use cookies to improve your experience on our website. By continuing to browse, you agree to our use of cookies.",
		"This site uses cookies. Accept all cookies or manage your choices.",
		"Sign up for our newsletter and get the best stories in your inbox.", "Subscribe to our newsletter", "Enter your email address to subscribe.", "Follow us on Facebook and Twitter", "Follow @marncourier",
		"(The paper is the author’s own work. The author certifies that it has not been published elsewhere.)",
		"The views expressed in this article are those of the author and do not reflect the position of the Museum.",
		"Disclaimer: the views expressed here are the author's own.", "This article was originally published in The Marn Courier.", "Originally published in 2019.",
		"By Charles Dickens", "By Charles Dickens and Wilkie Collins", "By Charles Dickens | 3 May 2021", "BY CHARLES DICKENS", "Written by Charles Dickens",
		"3 May 2021", "May 3, 2021 at 10:15 am", "Published on 3 May 2021", "Last updated: 3 May 2021 10:15", "5 min read",
		"Home > History > Mills", "Home | About | Contact | Privacy", "Tags: mills, history", "Filed under: History", "12 comments", "Leave a comment", "Log in", "Subscribe", "Menu",
	} {
		if got := kindOf(t, line); got != cards.Furniture {
			t.Errorf("%q is a %s, want furniture", line, got)
		}
	}
}

// TestBodyLines: lines that share a word or a form with furniture and are not.
func TestBodyLines(t *testing.T) {
	t.Parallel()
	for _, line := range []string{
		"By 1811 the mill had burned down.",
		"By Christmas 1941 the army had lost 30 men.",
		"By the Treaty of Marn, signed on 3 May 1921, the border moved 12 km to the east.",
		"Vienna, September 1814, was the first meeting of the five powers.",
		"On 3 May 2021 the mill reopened.",
		"The share of coal in the heating of the town fell from 80 percent to 12 percent.",
		"Print was invented twice; the second time was in 1440.",
		"Copyright law was reformed in 1911, when the term rose to 50 years.",
		"In 1994, an engineer invented cookies to keep the state of a shop's basket.",
		"Facebook was founded in 2004 and Twitter in 2006.",
		"Reuters was founded in October 1851.",
		"The photograph was taken by an engineer from Marn in 1860.",
		"Sources of the river lie at a height of 1,740 metres.",
		"The Comments of Caesar were printed in 1469.",
		"Figures published in 1921 put the number of mills at 214.",
		"Her article was published in 1921 and translated into nine languages.",
		"The paper mill of Marn was founded in 1690.",
		"The views of the author of the constitution changed after 1921.",
		"The author of the chronicle is unknown.",
		"Subscriptions paid for the bridge, which opened on 2 June 1936.",
		"Home rule was granted to the islands in 1948.",
		"Follow the river for 12 km and you reach the mill, which was built in 1780.",
		"[Laughter] was the only word that the stenographer of 1921 wrote down.",
		"Next year, the mill will be 250 years old.",
		"References to the mill are found in 14 charters of the 13th century.",
		"Map makers drew the island until 1875.",
		"Search parties left Marn on 3 May 1921.",
	} {
		if got := kindOf(t, line); got != cards.Paragraph {
			t.Errorf("%q is %s, want a paragraph", line, got)
		}
	}
}

// TestApparatus: what stands below a heading such as "References" is furniture until
// another heading or prose begins.
func TestApparatus(t *testing.T) {
	t.Parallel()
	long := body + " " + body
	for _, c := range []struct{ because, text, want string }{
		{"until a heading", "# T\n\n" + body + "\n\n## See also\n\n- Mills\n- Ponds\n\n## Later\n\n" + body, "hpfffhp"},
		{"until prose", body + "\n\nLinks:\n\nThe mill of Marn.\nThe pond of Marn.\n\n" + long, "pfffp"},
		{"to the end", body + "\n\nReferences\n\nA history of mills, 1956\n\nA history of ponds, 1957", "pfff"},
		{"notes of a footnote", body + "\n\nNotes\n\n[1] Minutes of 1921.", "pff"},
		{"notes that are a chapter", body + "\n\n# Notes\n\n" + long, "php"},
	} {
		a, err := article.Markdown(c.text)
		if strings.Contains(c.because, "until prose") {
			a, err = article.Plain(c.text), nil
		}
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, b := range a.Blocks {
			got += string(b.Kind)[:1]
		}
		if got != c.want {
			t.Errorf("%s: blocks are %q, want %q", c.because, got, c.want)
		}
	}
}

// TestNumberedParagraphs: courts number the paragraphs of their judgments in the way
// that others mark references.
func TestNumberedParagraphs(t *testing.T) {
	t.Parallel()
	a := article.Plain("[1] " + body + "\n\n[2] " + body + "\n\n[3] " + body + "\n")
	for i, b := range a.Blocks {
		if b.Kind != cards.Paragraph {
			t.Errorf("paragraph %d is %s, want a paragraph", i+1, b.Kind)
		}
	}
}
