package web

// timelineRoutes are those of the timeline.
var timelineRoutes = []route{
	{method: get, path: "/timeline", access: user, handle: (*server).timeline},
	{method: get, path: "/timeline.svg", access: user, handle: (*server).timelineSVG},
}
