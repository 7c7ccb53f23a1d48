"""Real Mnemosyne as the judge of packages that Recto writes.

    python second_judge.py PACKAGE   import it into an empty database and print how
                                     much is there then: a JSON object a line

It needs libmnemosyne (of Mnemosyne 2.9 or later) where Python finds it.
"""

import json
import os
import shutil
import sys
import tempfile
import warnings

warnings.simplefilter("ignore")

from mnemosyne.libmnemosyne import Mnemosyne  # noqa: E402
from mnemosyne.libmnemosyne.ui_components.main_widget import MainWidget  # noqa: E402
from mnemosyne.libmnemosyne.ui_components.review_widget import ReviewWidget  # noqa: E402

ERRORS = []


class Widget(MainWidget):
    """A main window that nobody sees."""

    def show_error(self, text):
        ERRORS.append(text)

    def show_question(self, *_):
        return 0

    def show_information(self, text):
        pass

    def __getattr__(self, name):
        if name.startswith("_") or name == "component_manager":
            raise AttributeError(name)
        return lambda *_, **__: None


for _name, _method in list(vars(ReviewWidget).items()):
    if callable(_method) and not _name.startswith("_") and _name not in ("activate", "deactivate"):
        setattr(ReviewWidget, _name, lambda self, *_, **__: None)


def judge(package):
    folder = tempfile.mkdtemp()
    program = Mnemosyne(upload_science_logs=False, interested_in_old_reps=True)
    program.components.insert(0, ("mnemosyne.libmnemosyne.gui_translators.gettext_gui_translator", "GetTextGuiTranslator"))
    program.components.append(("__main__", "Widget"))
    program.gui_for_component["ScheduledForgottenNew"] = [("mnemosyne.libmnemosyne.ui_components.review_widget", "ReviewWidget")]
    program.initialise(folder, automatic_upgrades=False)
    program.review_controller().reset()
    for reader in program.component_manager.all("file_format"):
        if type(reader).__name__ == "Anki2":
            reader.do_import(package)
    db = program.database()
    held = {
        "cards": db.card_count(),
        "notes": db.fact_count(),
        "reviews": db.con.execute("select count(*) from log where event_type=9").fetchone()[0],
        "media": len([f for f in os.listdir(db.media_dir()) if not f.startswith("_")]),
        "errors": list(ERRORS),
    }
    program.finalise()
    shutil.rmtree(folder, ignore_errors=True)
    return held


if __name__ == "__main__":
    print(json.dumps(judge(sys.argv[1])))
