package web

// quizRoutes are those of quizzes.
var quizRoutes = []route{
	{method: get, path: "/quiz", access: user, handle: (*server).chooseQuiz},
	{method: post, path: "/quiz", access: user, handle: (*server).startQuiz, keep: true},
	{method: get, path: "/quiz/results", access: user, handle: (*server).quizResults},
	{method: get, path: "/quiz/:quiz", access: user, handle: (*server).quiz},
	{method: post, path: "/quiz/:quiz", access: user, handle: (*server).answerQuiz, keep: true},
	{method: post, path: "/quiz/:quiz/right", access: user, handle: (*server).overrideQuiz, keep: true},
	{method: post, path: "/quiz/:quiz/accept", access: user, handle: (*server).acceptQuizAnswer, keep: true},
	{method: post, path: "/cards/:card/accepted", access: user, handle: (*server).removeAccepted, keep: true},
	{method: post, path: "/quiz/:quiz/end", access: user, handle: (*server).endQuiz, keep: true},
}
