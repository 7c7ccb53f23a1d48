package web

import "slices"

// access says who may use a route.
type access int

const (
	open   access = iota // anyone; it is not even looked who asks
	public               // anyone; who has signed in is known
	user                 // who has signed in; strangers are sent to sign in
	admin                // an administrator; to others there is no such page
)

const (
	get  = "GET"
	post = "POST"
)

// route is one line of the table. GET never changes anything; every POST answers
// 303 to a GET, or shows its form again with a sentence.
type route struct {
	method, path string
	access       access
	handle       func(*server, *request) (reply, error)
	keep         bool // what is posted outlives the end of a sign-in, and is done after the next
	upload       bool // takes a file
	cached       bool // what it sends may be kept by the browser
}

// routes are all there are: what follows here, and what the pages of one area have in
// files of their own. The order matters where a parameter could be a word.
var routes = slices.Concat(houseRoutes, importRoutes, exportRoutes, editorRoutes, articleRoutes, statsRoutes, quizRoutes, timelineRoutes, browseRoutes, planRoutes, helpRoutes)

// houseRoutes are those of accounts, review, decks, cards and articles.
var houseRoutes = []route{
	{method: get, path: healthPath, access: open, handle: (*server).health},
	{method: get, path: "/static/:name", access: open, handle: (*server).static, cached: true},

	{method: get, path: "/signup", access: public, handle: (*server).signUpPage},
	{method: post, path: "/signup", access: public, handle: (*server).signUp},
	{method: get, path: "/login", access: public, handle: (*server).signInPage},
	{method: post, path: "/login", access: public, handle: (*server).signIn},
	{method: post, path: "/logout", access: user, handle: (*server).signOut},

	{method: get, path: "/", access: user, handle: (*server).today},
	{method: get, path: "/review", access: user, handle: (*server).review},
	{method: post, path: "/review/undo", access: user, handle: (*server).undo, keep: true},
	{method: post, path: "/review/more", access: user, handle: (*server).moreNew, keep: true},
	{method: post, path: "/review/:card", access: user, handle: (*server).grade, keep: true},

	{method: get, path: "/decks", access: user, handle: (*server).decks},
	{method: post, path: "/decks", access: user, handle: (*server).createDeck, keep: true},
	{method: get, path: "/decks/new", access: user, handle: (*server).newDeck},
	{method: get, path: "/decks/:deck", access: user, handle: (*server).deck},
	{method: post, path: "/decks/:deck", access: user, handle: (*server).renameDeck, keep: true},
	{method: get, path: "/decks/:deck/settings", access: user, handle: (*server).deckSettings},
	{method: post, path: "/decks/:deck/limits", access: user, handle: (*server).limitDeck, keep: true},
	{method: post, path: "/decks/:deck/share", access: user, handle: (*server).shareDeck},
	{method: post, path: "/decks/:deck/enrol", access: user, handle: (*server).enrol},
	{method: post, path: "/decks/:deck/leave", access: user, handle: (*server).leave},
	{method: post, path: "/decks/:deck/delete", access: user, handle: (*server).deleteDeck},
	{method: get, path: "/decks/:deck/cards/new", access: user, handle: (*server).newCard},
	{method: post, path: "/decks/:deck/cards", access: user, handle: (*server).createCard, keep: true},

	{method: get, path: "/cards/:card", access: user, handle: (*server).card},
	{method: post, path: "/cards/:card", access: user, handle: (*server).editCard, keep: true},
	{method: post, path: "/cards/:card/suspend", access: user, handle: (*server).suspendCard, keep: true},
	{method: post, path: "/cards/:card/bury", access: user, handle: (*server).buryCard, keep: true},
	{method: post, path: "/cards/:card/delete", access: user, handle: (*server).deleteCard},

	{method: get, path: "/articles", access: user, handle: (*server).articles},
	{method: post, path: "/articles", access: user, handle: (*server).createArticle, keep: true, upload: true},
	{method: get, path: "/articles/new", access: user, handle: (*server).newArticle},
	{method: get, path: "/articles/jobs/:job", access: user, handle: (*server).articleJob},
	{method: post, path: "/articles/jobs/:job/cancel", access: user, handle: (*server).cancelJob},
	{method: get, path: "/articles/kept", access: user, handle: (*server).kept},
	{method: get, path: "/articles/:article", access: user, handle: (*server).article},
	{method: get, path: "/articles/:article/facts", access: user, handle: (*server).facts},
	{method: post, path: "/articles/:article/cards", access: user, handle: (*server).saveCards, keep: true},
	{method: post, path: "/articles/:article/proposals/:proposal", access: user, handle: (*server).verdict},
	{method: post, path: "/articles/:article/delete", access: user, handle: (*server).deleteArticle},

	{method: get, path: "/settings", access: user, handle: (*server).settings},
	{method: post, path: "/settings", access: user, handle: (*server).saveSettings, keep: true},
	{method: post, path: "/settings/password", access: user, handle: (*server).setPassword},
	{method: post, path: "/settings/signins/:signin/end", access: user, handle: (*server).endSignIn},
	{method: get, path: "/settings/export", access: user, handle: (*server).export},
	{method: post, path: "/settings/delete", access: user, handle: (*server).deleteAccount},
	{method: get, path: "/settings/people", access: admin, handle: (*server).people},
	{method: post, path: "/settings/invitations", access: admin, handle: (*server).invite},

	{method: get, path: "/trash", access: user, handle: (*server).trash},
	{method: post, path: "/trash/:item/restore", access: user, handle: (*server).restore},
}

// uploads are the paths of the routes that take a file.
var uploads = func() map[string]bool {
	set := map[string]bool{}
	for _, r := range routes {
		if r.upload {
			set[r.path] = true
		}
	}
	return set
}()
