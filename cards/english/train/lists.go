package main

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/biter777/countries"
	"github.com/brianvoe/gofakeit/v7/data"

	"recto/cards/english/entity"
)

// nameLists makes the lists that the entity tagger looks words up in: countries,
// capitals and their regions as biter777/countries has them, names of persons, of
// cities and of states of the USA as brianvoe/gofakeit has them.
func nameLists() entity.Lists {
	l := entity.Lists{}
	for _, c := range countries.All() {
		addName(l, c.String(), entity.Country, entity.CountryPart)
		if capital := c.Capital().String(); capital != countries.UnknownMsg {
			addName(l, capital, entity.City, entity.CityPart)
		}
	}
	for _, name := range data.Person["first"] {
		l.Add(name, entity.FirstName)
	}
	for _, name := range data.Person["last"] {
		l.Add(name, entity.LastName)
	}
	for _, name := range data.Address["city"] {
		addName(l, name, entity.City, entity.CityPart)
	}
	for _, name := range data.Address["state"] {
		addName(l, name, entity.Region, entity.Region)
	}
	for _, name := range data.Person["ethnicity"] {
		addName(l, name, entity.Region, entity.Region)
	}
	return l
}

// addName puts a name of one word into the list whole, the words of a longer one
// into the list part. What stands in brackets is left out, and so are small words.
func addName(l entity.Lists, name string, whole, part uint32) {
	name, _, _ = strings.Cut(name, " (")
	words := strings.Fields(name)
	if len(words) == 1 {
		l.Add(name, whole)
		return
	}
	for _, w := range words {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(r) && len(w) > 2 {
			l.Add(strings.Trim(w, ","), part)
		}
	}
}
