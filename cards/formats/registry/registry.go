// Package registry lists every family of formats that Recto knows. A new format is
// a package of its own and a line here.
package registry

import (
	"recto/cards/formats"
	"recto/cards/formats/anki"
	"recto/cards/formats/crowdanki"
	"recto/cards/formats/markdown"
	"recto/cards/formats/mnemosyne"
	"recto/cards/formats/rectojson"
	"recto/cards/formats/supermemo"
	"recto/cards/formats/text"
)

// All is the families. Of two that are equally sure of a file, the first reads it.
var All = formats.Set{
	anki.Family{},
	rectojson.Family{},
	crowdanki.Family{},
	mnemosyne.Family{},
	supermemo.Family{},
	markdown.Family{},
	text.Family{},
}
