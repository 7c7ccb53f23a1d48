package web

// editorRoutes are those of cards as their note types make them, of media, and of the
// editor of notes and note types.
var editorRoutes = []route{
	{method: get, path: "/cards/:card/style.css", access: user, handle: (*server).cardSheet, cached: true},
	{method: post, path: "/cards/:card/deletenote", access: user, handle: (*server).deleteNote},
	{method: post, path: "/notes/:items/restore", access: user, handle: (*server).restoreNote},

	{method: get, path: "/media", access: user, handle: (*server).media},
	{method: post, path: "/media", access: user, handle: (*server).addMedia, upload: true},
	{method: get, path: "/media/:owner/:name", access: user, handle: (*server).medium, cached: true},

	{method: get, path: "/notetypes", access: user, handle: (*server).noteTypes},
	{method: post, path: "/notetypes", access: user, handle: (*server).createNoteType, keep: true},
	{method: get, path: "/notetypes/:type", access: user, handle: (*server).noteType},
	{method: post, path: "/notetypes/:type", access: user, handle: (*server).editNoteType, keep: true},
	{method: post, path: "/notetypes/:type/delete", access: user, handle: (*server).deleteNoteType},
}
