package web

// browseRoutes are those of the cards of all decks, searched and changed many at once.
var browseRoutes = []route{
	{method: get, path: "/cards", access: user, handle: (*server).browse},
	{method: post, path: "/browse/searches", access: user, handle: (*server).saveSearch},
	{method: post, path: "/browse/searches/:search/delete", access: user, handle: (*server).deleteSearch},
	{method: post, path: "/browse/act", access: user, handle: (*server).actOnCards, keep: true},
	{method: post, path: "/browse/acts/:act/undo", access: user, handle: (*server).undoAct, keep: true},
}
