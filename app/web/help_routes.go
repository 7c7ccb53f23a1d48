package web

// helpRoutes are those of the typed review and of help with what is forgotten.
var helpRoutes = []route{
	{method: post, path: "/decks/:deck/typed", access: user, handle: (*server).typeDeck, keep: true},
	{method: post, path: "/cards/:card/typed", access: user, handle: (*server).typeCard, keep: true},
	{method: post, path: "/cards/:card/accept", access: user, handle: (*server).acceptGiven, keep: true},
	{method: get, path: "/leeches", access: user, handle: (*server).leeches},
	{method: get, path: "/cards/:card/help", access: user, handle: (*server).help},
	{method: post, path: "/cards/:card/help", access: user, handle: (*server).helpWith, keep: true},
	{method: post, path: "/cards/:card/help/undo", access: user, handle: (*server).undoHelp, keep: true},
	{method: post, path: "/cards/:card/drill", access: user, handle: (*server).drill, keep: true},
}
