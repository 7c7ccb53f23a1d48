package extract

// dates are the document's dates: to be written by the temporal tagger.
func (d *Document) dates() []Fact { return nil }
