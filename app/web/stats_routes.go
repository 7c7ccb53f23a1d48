package web

// statsRoutes are those of figures.
var statsRoutes = []route{
	{method: get, path: "/stats", access: user, handle: (*server).stats},
	{method: get, path: "/stats/reviews.csv", access: user, handle: (*server).reviewsCSV},
	{method: get, path: "/stats/cards.csv", access: user, handle: (*server).cardsCSV},
	{method: get, path: "/stats/days.csv", access: user, handle: (*server).daysCSV},
}
