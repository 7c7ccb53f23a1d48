package web

// exportRoutes are those of decks that go out as files.
var exportRoutes = []route{
	{method: get, path: "/decks/:deck/export", access: user, handle: (*server).exportDeck},
}
