package web

// helpRoutes are those of the typed review and of help with what is forgotten.
var helpRoutes = []route{
	{method: post, path: "/decks/:deck/typed", access: user, handle: (*server).typeDeck, keep: true},
	{method: post, path: "/cards/:card/typed", access: user, handle: (*server).typeCard, keep: true},
	{method: post, path: "/cards/:card/accept", access: user, handle: (*server).acceptGiven, keep: true},
}
