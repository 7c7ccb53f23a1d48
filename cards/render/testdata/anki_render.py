"""Renders every card of packages and collections with real Anki.

usage: anki_render.py OUT FILE...    writes one JSON object a line to OUT

Each FILE is a package or a bare collection; "kinds" is a collection that this
script makes itself, with a card of every kind that the template language knows.
An object has the note, its type and what Anki shows of one of its cards.
"""

import json
import os
import shutil
import sys
import tempfile

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki import hooks, latex  # after the collection, which they import in a circle
from anki.decks import DeckId

# Formulas stay as they are written: the pictures are not made here.
try:
    hooks.card_did_render.remove(latex.on_card_did_render)
except ValueError:
    pass

FIELDS = {
    "A": "alpha",
    "B": "beta <b>bold</b> &amp; &lt;i&gt;",
    "E": "",
    "N": "&nbsp;",
    "D": "<div><br></div>",
    "J": " 漢字[かんじ]を 読[よ]む &nbsp;音[おと] x[sound:q.mp3]",
    "S": "say [sound:a b&amp;c.mp3] and [sound:film.mp4] and [sound:]",
    "M": "\\(a &lt; b\\) \\[x<br>y\\] [$]z[/$]",
    "H": "<!-- hidden --><script>1</script><style>x{}</style>AT&T &copy 1 < 2",
    "Q": "}} {{ {{A}}",
}

FRONTS = [
    "{{A}}", "{{{A}}}", "{{ A }}", "{{A\n}}", "{{A}} {{", "{{A}} }} x", "{{A}}<!-- {{B}} {{X}} -->", "{{A}}<!-- {{B}}",
    "{{#A}}{{B}}{{/A}}{{^A}}no{{/A}}", "{{^E}}{{A}}{{/E}}{{#E}}no{{/E}}", "{{#N}}{{A}}{{/N}}", "{{N}}", "{{D}}", "{{E}} text",
    "{{#D}}{{A}}{{/D}}{{^D}}{{B}}{{/D}}", "{{#A}}{{#B}}{{^E}}{{A}}{{/E}}{{/B}}{{/A}}", "{{A}}{{#A}}{{#A}}q{{/A}}{{/A}}",
    "{{A}}{{foo:B}}{{text:foo:B}}{{foo:text:B}}", "{{A}}{{:B}}{{text::B}}", "{{text:B}}", "{{text:H}}", "{{H}}", "{{text:M}}", "{{M}}",
    "{{A}} {{CardFlag}} {{Tags}} {{Deck}} {{Subdeck}} {{Card}} {{Type}}", "{{Card}}", "{{Tags}}", "{{Type}}", "{{FrontSide}}",
    "{{A}}{{FrontSide}}", "{{type:A}}", "{{A}} {{type:B}}", "{{A}} {{type:nc:J}}", "{{A}} {{type:E}}", "{{A}} {{x:type:B}}", "{{A}}{{text:type:B}}",
    "{{hint:A}}{{hint:E}}", "{{hint:D}}", "{{A}}{{hint:text:B}}{{text:hint:B}}", "{{tts en_US voices=a,b speed=0.8:A}}", "{{A}}{{tts:B}}",
    "{{A}}{{tts-voices:}}", "{{foo:}}", "{{A}}{{foo:}}", "{{=<% %>=}}<%A%> {{B}}", "{{A}}{{#c1}}x{{/c1}}{{^c1}}y{{/c1}}{{#c2}}z{{/c2}}",
    "{{furigana:J}}", "{{kanji:J}}", "{{kana:J}}", "{{S}}", "{{A}}{{text:S}}", "{{Q}}", "{{A}}{{cloze:B}}", "{{A}}{{X}}", "{{#A}}{{B}}",
    "{{A}}{{/B}}", "{{#A}}{{B}}{{/B}}", "{{#X}}{{A}}{{/X}}", "{{A}}{{^A}}{{X}}{{/A}}", "{{A}}{{text: B}}", "{{A}}{{}}", "{{A}}{{a}}", "", "x",
]

BACKS = ["{{FrontSide}}<hr id=answer>{{B}}", "{{text:FrontSide}}|{{S}}|{{type:B}}|{{hint:B}}", "{{X}}", "{{#A}}", "{{B}} {{#FrontSide}}x{{/FrontSide}}"]

CLOZES = [
    "a {{c1::b::h}} c", "{{c1::a {{c2::b}} c}}", "{{c1::a::b::c}}", "{{c1,3::a}} {{c2::b}}", "{{c1::x", "}} {{c1::x}}", "{{C1::x}}", "{{c1::}}",
    "{{c1::a::}}", "{{c1::a{{c1::b}}c}}", "{{c1::a{{c2::b::hh}}c::outer}}", "{{c0::a}} {{c1::b}}", "{{c600::z}}{{c1::b}}", "{{c01::b}}",
    "\\(x {{c1::<b>y</b>}} &lt; 2\\) <i>z</i>", "{{c1:: a }} {{c1:b}}", "{{c1::a}}}}", "{{{c1::a}}}", "<!-- {{c1::q}} -->", "nothing",
    "{{c1::" * 12 + "x" + "}}" * 12 + " t", "{{c1::z}}{{c99999999::a}}{{c70000::b}}", "{{c1,::a}}", "{{c1, 2::a}}", "{{c12::a<br>b::h<i>i</i>}}",
    "{{c1::a<b>x</b>}} {{c2::b}} {{c1::c}}", "{{c1::a}} {{c1::a}}", "{{c1::std::vector}}", "{{c2::only two}}", "{{c1::[sound:x.mp3]}}", "{{c2::open", "{{c3::{{c2::a}}", "{{c1::a}} {{c2::open",
    "{{c1::image-occlusion:rect:left=.1:top=.2:width=.3:height=.4:oi=1}}<br>{{c2::image-occlusion:ellipse:left=.1:top=.2:rx=.1:ry=.1}}",
]

CLOZE_SIDES = [
    ("{{cloze:Text}}", "{{cloze:Text}}|{{Extra}}"),
    ("{{cloze:Text}}{{cloze-only:Text}}", "{{cloze-only:Text}}|{{text:cloze:Text}}|{{hint:cloze:Text}}|{{Text}}"),
    ("{{#c1}}{{cloze:Text}}{{/c1}}{{^c1}}not{{/c1}}{{#c2}}two{{/c2}}", "{{FrontSide}}|{{cloze:Extra}}"),
    ("{{cloze:Text}} {{type:cloze:Text}}", "{{cloze:Text}} {{type:cloze:Text}}"),
]


def kinds(col):
    """Yields a card of every kind; those with broken templates are never stored."""
    deck = DeckId(col.decks.id("One::Two"))
    basic = col.models.new("Kinds")
    for name in FIELDS:
        col.models.add_field(basic, col.models.new_field(name))
    template = col.models.new_template("Card <1>")
    template["qfmt"] = "{{A}}"
    col.models.add_template(basic, template)
    col.models.add(basic)
    basic = col.models.by_name("Kinds")
    for front in FRONTS:
        for back in BACKS:
            note = col.new_note(basic)
            for name, value in FIELDS.items():
                note[name] = value
            note.tags = ["t1", "t::2"]
            custom = dict(basic["tmpls"][0], qfmt=front, afmt=back)
            card = note.ephemeral_card(custom_note_type=basic, custom_template=custom)
            yield card, note, dict(basic, tmpls=[custom]), "(Deck)"
    yield from made(col, deck)
    cloze = col.models.new("Gaps")
    cloze["type"] = 1
    for name in ("Text", "Extra"):
        col.models.add_field(cloze, col.models.new_field(name))
    template = col.models.new_template("Gap")
    template["qfmt"] = template["afmt"] = "{{cloze:Text}}"
    col.models.add_template(cloze, template)
    col.models.add(cloze)
    for front, back in CLOZE_SIDES:
        cloze = col.models.by_name("Gaps")
        cloze["tmpls"][0].update(qfmt=front, afmt=back)
        col.models.update_dict(cloze)
        for text in CLOZES:
            note = col.new_note(col.models.by_name("Gaps"))
            note["Text"], note["Extra"] = text, "extra"
            col.add_note(note, deck)
            cloze = json.loads(json.dumps(col.models.by_name("Gaps")))
            for card in note.cards():
                yield card, note, cloze, None


def made(col, deck):
    """Notes whose cards Anki makes itself, one note type for each good front."""
    for i, front in enumerate(FRONTS):
        kind = col.models.new(f"Made {i}")
        for name in FIELDS:
            col.models.add_field(kind, col.models.new_field(name))
        for name, text in (("always", "{{Card}}"), ("perhaps", front), ("twice", front + "{{#E}}{{A}}{{/E}} ")):
            template = col.models.new_template(name)
            template["qfmt"], template["afmt"] = text, "{{FrontSide}}" + str(i)
            col.models.add_template(kind, template)
        try:
            col.models.add(kind)
        except Exception:  # Anki refuses the front; what it shows is among the kinds
            continue
        kind = col.models.by_name(f"Made {i}")
        note = col.new_note(kind)
        for name, value in FIELDS.items():
            note[name] = value
        col.add_note(note, deck)
        for card in note.cards():
            yield card, note, kind, None


def stored(col):
    for cid in col.db.list("select id from cards order by id"):
        card = col.get_card(cid)
        yield card, card.note(), card.note_type(), None


def sound(tag):
    if hasattr(tag, "filename"):
        return {"name": tag.filename}
    return {"text": tag.field_text, "lang": tag.lang, "voices": tag.voices, "speed": round(tag.speed, 3)}


def expected(col, card, note, question):
    """What the study screen compares with what was typed: nothing was."""
    start = question.find("[[type:")
    if start < 0:
        return None
    field = question[start + 7 : question.index("]]", start)]
    kind, _, name = field.rpartition(":")
    if name not in note:
        return None
    value = note[name]
    if kind == "cloze":
        value = col.extract_cloze_for_typing(value, card.ord + 1)
    return col.compare_answer(value, "") if value else None


def write(out, file, col, cards):
    for card, note, kind, deck in cards:
        shown = card.render_output()
        out.write(json.dumps({
            "file": os.path.basename(file),
            "ord": card.ord,
            "id": card.id,
            "flag": card.user_flag(),
            "deck": deck or col.decks.name(card.odid or card.did),
            "type": kind["name"],
            "cloze": kind["type"] == 1,
            "css": kind["css"],
            "templates": [[t["name"], t["qfmt"], t["afmt"]] for t in kind["tmpls"]],
            "fields": [[n, v] for n, v in note.items()],
            "tags": note.tags,
            "made": sorted(c.ord for c in note.cards()) if file == "kinds" and note.id else None,
            "front": shown.question_text,
            "back": shown.answer_text,
            "frontSounds": [sound(t) for t in shown.question_av_tags],
            "backSounds": [sound(t) for t in shown.answer_av_tags],
            "typed": expected(col, card, note, shown.question_text),
        }) + "\n")


def opened(folder, file):
    path = os.path.join(folder, "collection.anki2")
    if file.endswith(".anki2"):
        shutil.copy(file, path)
        os.chmod(path, 0o600)
        return Collection(path)
    col = Collection(path)
    col.import_anki_package(ImportAnkiPackageRequest(
        package_path=file, options=ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)))
    return col


def main():
    with open(sys.argv[1], "w", encoding="utf-8") as out:
        for file in sys.argv[2:]:
            with tempfile.TemporaryDirectory() as folder:
                try:
                    if file == "kinds":
                        col = Collection(os.path.join(folder, "collection.anki2"))
                        write(out, file, col, kinds(col))
                    else:
                        col = opened(folder, file)
                        write(out, file, col, stored(col))
                    col.close()
                except Exception as problem:  # a file that Anki does not open has no cards to compare
                    print(os.path.basename(file), "cannot be rendered:", problem, file=sys.stderr)


main()
