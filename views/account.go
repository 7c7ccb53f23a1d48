package views

// SignIn is the page on which a person signs in.
type SignIn struct {
	Layout
	Name   string // as typed before
	Error  string // one sentence, "" at first
	Next   string // the path to go on to
	Signup bool   // whether strangers may make an account here
	Kept   bool   // what was posted when the sign-in had ended is kept
	Again  bool   // it is not kept, and has to be done again
}

// Template is the name of the page's template.
func (*SignIn) Template() string { return "signin" }

// SignUp is the page on which a person makes an account.
type SignUp struct {
	Layout
	Name, Zone, Invite string // as typed before
	Error              string // one sentence, "" at first
	Field              string // the field that the error is about
	NeedInvite         bool   // an invitation code is asked for
	First              bool   // the first account of this server, which administers it
	Zones              []string
}

// Template is the name of the page's template.
func (*SignUp) Template() string { return "signup" }

// Failure is the page that says what went wrong, in one sentence, and the next step.
type Failure struct {
	Layout
	Status    int
	Sentence  string
	Reference string // what the log calls this request, "" where that does not help
	Href      string // the next step
	Label     string
}

// Template is the name of the page's template.
func (*Failure) Template() string { return "failure" }
