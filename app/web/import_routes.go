package web

// importRoutes are those of decks that come in from files.
var importRoutes = []route{
	{method: get, path: importPath, access: user, handle: (*server).importPage},
	{method: post, path: importPath, access: user, handle: (*server).createImport, keep: true, upload: true},
	{method: get, path: importPath + "/:import", access: user, handle: (*server).importOf},
	{method: post, path: importPath + "/:import", access: user, handle: (*server).saveImport},
	{method: post, path: importPath + "/:import/look", access: user, handle: (*server).lookAgain},
	{method: post, path: importPath + "/:import/stop", access: user, handle: (*server).stopImport},
	{method: post, path: importPath + "/:import/undo", access: user, handle: (*server).takeBackImport},
}
