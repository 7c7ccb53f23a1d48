package views

import (
	_ "embed"
	"strings"
)

// zones.txt names one zone for every region of the tz database's zone.tab, which
// is in the public domain.
//
//go:embed zones.txt
var zoneList string

// Zones are the names of time zones to choose from, in alphabetical order. A
// browser may know a zone by another name; what is accepted is for the caller.
func Zones() []string { return strings.Fields(zoneList) }
