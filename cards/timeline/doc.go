// Package timeline puts dated facts in order. It knows no database and no page.
//
//	Event    something with a date, which may be as wide as a century
//	Reach    the days that a date can mean, from the first to the last
//	Unit     what events are counted by: months, years, decades or centuries
//	Period   one month, year, decade or century
//	Gap      periods in which nothing happened
//
// A date stands where its first day is, the wider of two that begin together first, and
// is written as precisely as it is known, and no more: "12 April 1961", "1961", "the
// 1960s", "about 1850", "44 BC", "1914 to 1918". A day of no stated year has no place.
//
// Years are astronomical, as in package edtf: 1 BC is 0. What is shown says BC.
package timeline
