package cards

// Limits say how much of a deck a user studies a day.
type Limits struct {
	New     int `json:"new"`     // new cards a day
	Reviews int `json:"reviews"` // due cards a day; drills do not count
}

// DefaultLimits are those of a fresh account.
var DefaultLimits = Limits{New: 10, Reviews: 200}
