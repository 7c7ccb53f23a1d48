package web

// articleRoutes are those of what becomes of proposals, and of texts in newer versions.
var articleRoutes = []route{
	{method: post, path: "/articles/:article/proposals/:proposal/join", access: user, handle: (*server).joinProposal, keep: true},
	{method: post, path: "/articles/:article/proposals/:proposal/apart", access: user, handle: (*server).partProposal, keep: true},
	{method: get, path: "/articles/:article/revise", access: user, handle: (*server).revisePage},
	{method: post, path: "/articles/:article/revise", access: user, handle: (*server).reviseArticle, keep: true, upload: true},
	{method: get, path: "/articles/:article/revision", access: user, handle: (*server).revision},
	{method: post, path: "/articles/:article/revision", access: user, handle: (*server).useRevision, keep: true},
	{method: post, path: "/articles/:article/revision/undo", access: user, handle: (*server).undoRevision},
	{method: post, path: "/articles/:article/revision/apart", access: user, handle: (*server).keepApart},
}
