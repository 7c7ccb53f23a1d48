package extract

// others are the facts that are no dates; a quantity that overlaps one of dates is none.
func (d *Document) others(dates []Fact) []Fact { return nil }
