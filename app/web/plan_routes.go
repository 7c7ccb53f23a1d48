package web

// planRoutes are those of exam dates and of the way back after a break.
var planRoutes = []route{
	{method: post, path: "/decks/:deck/exam", access: user, handle: (*server).setExam, keep: true},
	{method: post, path: "/comeback", access: user, handle: (*server).chooseComeback, keep: true},
}
