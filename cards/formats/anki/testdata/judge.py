"""Real Anki as the judge of what Recto reads and writes.

    python judge.py dump PACKAGE...   import each package into an empty collection of
                                      its own, with its schedules, and print what is
                                      there then: a JSON object a line
    python judge.py make FOLDER       make packages of every generation and a bare
                                      collection, and dump.json with what they hold
    python judge.py collection FILE   print what a bare collection holds
    python judge.py large FILE COUNT  make a package of so many notes
    python judge.py time PACKAGE      print how many seconds its import takes Anki
    python judge.py find FILE QUERIES put the cards of filtered decks of a bare collection
                                      home, and print for each query of a JSON list the
                                      [guid, ordinal] of every card found, or what is
                                      wrong with the query

It needs the package "anki" (pip install anki).
"""

import hashlib
import json
import os
import shutil
import random
import sys
import tempfile
import time
import zipfile

from anki.collection import (
    AddNoteRequest,
    Collection,
    ExportAnkiPackageOptions,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
)

DAY = 86400


def type_name(notetype):
    """A note type's name. Of two with one name Anki marks either, by chance."""
    return notetype["name"].rstrip("+_")


def content(col):
    """What a collection holds, in an order and with dates of its own."""
    first = (col.crt - 60 * (col.get_config("creationOffset") or 0)) // DAY
    decks = {d.id: d.name for d in col.decks.all_names_and_ids() if not col.decks.is_filtered(d.id)}
    guids, notes = {}, []
    for nid, guid, mod in col.db.execute("select id, guid, mod from notes order by guid, id"):
        note = col.get_note(nid)
        guids[nid] = guid
        notes.append([guid, mod, type_name(note.note_type()), list(note.fields), sorted(note.tags)])
    cards, names = [], {}
    for row in col.db.execute(
        "select id, nid, ord, did, type, queue, due, ivl, factor, reps, lapses, left % 1000, flags, data, odid, odue from cards order by id"
    ):
        cid, nid, ord_, did, kind, queue, due = row[:7]
        if row[14]:  # borrowed by a filtered deck: put it home
            did, due = row[14], row[15] or due
            if queue >= 0:
                queue = kind if kind in (0, 2) else 1 if due > 10**9 else 3
        if kind == 2 or (kind in (1, 3) and due < 10**9):
            due += first
        names[cid] = [guids[nid], ord_]
        data = json.loads(row[13]) if row[13] else {}
        cards.append([guids[nid], ord_, decks.get(did), kind, queue, due, *row[7:13], data])
    log = [
        [row[0], names.get(row[1]), *row[2:]]
        for row in col.db.execute("select id, cid, ease, ivl, lastIvl, factor, time, type from revlog order by id")
    ]
    used = {mid for (mid,) in col.db.execute("select distinct mid from notes")}
    types = [
        [
            type_name(t), t["type"], t["css"], t["sortf"],
            [[f["name"], f["rtl"], f["font"], f["size"], f["sticky"], f.get("description", "")] for f in t["flds"]],
            [[f["name"], f["qfmt"], f["afmt"], f["bqfmt"], f["bafmt"]] for f in t["tmpls"]],
            t["latexPre"], t["latexPost"], t.get("latexsvg", False),
        ]
        for t in col.models.all()
        if t["id"] in used
    ]
    media = {}
    for name in sorted(os.listdir(col.media.dir())):
        with open(os.path.join(col.media.dir(), name), "rb") as f:
            media[name] = hashlib.sha256(f.read()).hexdigest()
    rendered = []
    for (cid,) in col.db.execute("select id from cards order by id limit 200"):
        card = col.get_card(cid)
        rendered.append([card.question(), card.answer()])
    return {
        "notes": notes, "cards": sorted(cards, key=lambda c: json.dumps(c[:3])), "log": log, "types": sorted(types, key=json.dumps),
        "media": media, "decks": sorted(decks.values()), "rendered": sorted(rendered),
    }


def dump(package):
    folder = tempfile.mkdtemp()
    try:
        col = Collection(os.path.join(folder, "collection.anki2"))
        try:
            options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
            try:
                col.import_anki_package(ImportAnkiPackageRequest(package_path=package, options=options))
            except Exception as err:  # noqa: BLE001: whatever Anki says is the verdict
                return {"error": f"{type(err).__name__}: {err}"}
            return content(col)
        finally:
            col.close()
    finally:
        shutil.rmtree(folder)


def find(col, queries):
    for deck in col.decks.all_names_and_ids():
        if col.decks.is_filtered(deck.id):
            col.sched.empty_filtered_deck(deck.id)
    found = []
    for query in queries:
        try:
            cards = [col.get_card(cid) for cid in col.find_cards(query)]
            found.append(sorted([c.note().guid, c.ord] for c in cards))
        except Exception as err:  # noqa: BLE001: so says Anki
            found.append(str(err))
    return found


def fill(col):
    """Notes of every stock type, in decks of three levels, studied in every way."""
    png = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
        "1f15c4890000000d49444154789c6360000000000500010d0a2db40000000049454e44ae426082"
    )
    for file in ("bild ä.png", "_font.css", "ton.mp3", "日本.png"):
        with open(os.path.join(col.media.dir(), file), "wb") as f:
            f.write(png + file.encode())
    fields = {
        "Basic": ["Fr<b>on</b>t &amp; more", 'Back <img src="bild ä.png">'],
        "Basic (and reversed card)": ["hund", "dog [sound:ton.mp3]"],
        "Basic (optional reversed card)": ["chat", "cat", "y"],
        "Basic (type in the answer)": ["2 + 2", "4"],
        "Cloze": ["{{c1::Paris::city}} lies in {{c2::France}}", '<img src="日本.png">'],
        "Image Occlusion": ["{{c1::image-occlusion:rect:left=.1:top=.1:width=.2:height=.2:oi=1}}<br>", '<img src="bild ä.png">', "H", "B", ""],
    }
    for i, (name, values) in enumerate(fields.items()):
        note = col.new_note(col.models.by_name(name))
        note.fields = values
        note.tags = ["geo::africa", f"t{i}"]
        col.add_note(note, col.decks.id("Welt::Länder::" + "ABC"[i % 3]))
    for i in range(30):
        note = col.new_note(col.models.by_name("Basic"))
        note.fields = [f"question {i}", f"answer {i}\nsecond line"]
        col.add_note(note, col.decks.id("Plain"))
    model = col.models.by_name("Basic")
    model["css"] += "\n.rtl { direction: rtl }"
    model["flds"][1]["rtl"] = True
    col.models.update_dict(model)
    study(col)


def study(col):
    cards = col.find_cards("deck:Plain")
    for deck in ("Plain", "Welt"):
        col.decks.select(col.decks.id(deck))
        for i in range(16):
            queued = col.sched.get_queued_cards()
            if not queued.cards:
                break
            card = col.get_card(queued.cards[0].card.id)
            card.start_timer()
            col.sched.answerCard(card, 1 + i % 4)
    col.sched.suspend_cards(cards[:2])
    col.sched.bury_cards(cards[2:4], manual=True)
    col.set_user_flag_for_cards(3, cards[4:6])
    col.sched.set_due_date(cards[8:14], "3-40")
    late = col.get_card(cards[15])
    late.type, late.queue, late.due, late.ivl, late.factor, late.reps, late.lapses = 2, 2, -9, 12, 1950, 7, 2
    late.custom_data = '{"a":1}'
    col.update_card(late)
    filtered = col.sched.get_or_create_filtered_deck(0)
    filtered.name = "Cram"
    del filtered.config.search_terms[1:]
    filtered.config.search_terms[0].search = "deck:Plain prop:due>5"
    filtered.config.search_terms[0].limit = 3
    col.sched.add_or_update_filtered_deck(filtered)


def make(folder):
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, "collection.anki2")
    col = Collection(path)
    fill(col)
    everything = dict(with_scheduling=True, with_deck_configs=True, with_media=True)
    for name, legacy in (("latest.apkg", False), ("legacy2.apkg", True)):
        col.export_anki_package(out_path=os.path.join(folder, name), limit=None, options=ExportAnkiPackageOptions(legacy=legacy, **everything))
    with zipfile.ZipFile(os.path.join(folder, "legacy2.apkg")) as old, zipfile.ZipFile(os.path.join(folder, "legacy1.apkg"), "w") as new:
        for entry in old.namelist():  # the first generation: the same collection under the older name
            if entry not in ("meta", "collection.anki2"):
                new.writestr("collection.anki2" if entry == "collection.anki21" else entry, old.read(entry))
    for name, legacy in (("latest.colpkg", False), ("legacy2.colpkg", True)):
        col.export_collection_package(os.path.join(folder, name), include_media=True, legacy=legacy)
        col.reopen(after_full_sync=False)
    held = content(col)
    col.close()
    with open(os.path.join(folder, "dump.json"), "w", encoding="utf-8") as f:
        json.dump(held, f)


def large(file, count):
    """Two sides of made-up words, a tag, one deck: every run makes the same."""
    dice = random.Random(1)
    words = ["".join(dice.choice("bdfgklmnprstvz") + dice.choice("aeiou") for _ in range(dice.randint(1, 4))) for _ in range(5000)]
    folder = tempfile.mkdtemp()
    col = Collection(os.path.join(folder, "collection.anki2"))
    basic, deck, requests = col.models.by_name("Basic"), col.decks.id("Large::Words"), []
    for i in range(int(count)):
        note = col.new_note(basic)
        note.fields = [f"{' '.join(dice.choices(words, k=5))} {i}", f"{' '.join(dice.choices(words, k=15))} <b>{dice.choice(words)}</b>"]
        note.tags = [f"tag{i % 50}"]
        requests.append(AddNoteRequest(note, deck))
    col.add_notes(requests)
    options = ExportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True, with_media=False, legacy=False)
    col.export_anki_package(out_path=file, limit=None, options=options)
    col.close()
    shutil.rmtree(folder)


def timed(package):
    folder = tempfile.mkdtemp()
    col = Collection(os.path.join(folder, "collection.anki2"))
    options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
    begun = time.perf_counter()
    col.import_anki_package(ImportAnkiPackageRequest(package_path=package, options=options))
    print(time.perf_counter() - begun)
    col.close()
    shutil.rmtree(folder)


def main(command, *args):
    if command == "make":
        make(*args)
    elif command == "large":
        large(*args)
    elif command == "time":
        timed(*args)
    elif command == "collection":
        col = Collection(args[0])
        print(json.dumps(content(col)))
        col.close()
    elif command == "find":
        col = Collection(args[0])
        print(json.dumps(find(col, json.loads(args[1]))))
        col.close()
    else:
        for package in args:
            print(json.dumps(dump(package)), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
