"""Makes the library of search_test.go in a collection, and prints what queries find.

Called with the collection's path and a JSON list of queries; prints a JSON list of the
letters that the first fields of the found notes begin with.
"""

import json
import sys

from anki.collection import Collection

NOTES = [
    ("French", "Basic", ["animal", "hard"], ["a dog", "un chien"]),
    ("French", "Basic", ["animal::cat"], ["b the cat sat", "le chat"]),
    ("French::Verbs", "Basic", [], ["c to eat", "manger, <b>mangé</b>"]),
    ("French::Verbs", "Basic (and reversed card)", ["verb"], ["d doggedly run", "courir"]),
    ("Größe", "Cloze", ["geo"], ["e {{c1::Paris}} is the capital of {{c2::France}}", ""]),
    ("Größe", "Basic", [], ["f Über 100% of_it", "x*y"]),
    ("Größe", "Basic", ["Hard"], ["g", ""]),
]

col = Collection(sys.argv[1])
for deck, kind, tags, fields in NOTES:
    note = col.new_note(col.models.by_name(kind))
    note.fields, note.tags = fields, tags
    col.add_note(note, col.decks.id(deck))
found = []
for query in json.loads(sys.argv[2]):
    notes = {col.get_card(c).nid for c in col.find_cards(query)}
    found.append("".join(sorted(col.get_note(n).fields[0][0] for n in notes)))
col.close()
print(json.dumps(found))
