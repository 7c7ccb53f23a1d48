package web

// articleRoutes are those of what becomes of proposals, and of texts in newer versions.
var articleRoutes = []route{
	{method: post, path: "/articles/:article/proposals/:proposal/join", access: user, handle: (*server).joinProposal, keep: true},
	{method: post, path: "/articles/:article/proposals/:proposal/apart", access: user, handle: (*server).partProposal, keep: true},
}
