"""Every command of the window, once: menus, toolbar, palette and list of keys are made from it.

A command is an id and words; what it does is told by the screen that is shown, or by the window.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mineaction_desktop.i18n import mark


@dataclass(frozen=True, slots=True)
class Command:
    """Something that a person can ask for. The first of its keys is shown beside it.

    ``in_place`` is a key that acts where the focus is: it stands in the list of keys alone.
    """

    id: str
    title: str
    keys: tuple[str, ...] = ()
    group: str = ""
    help: str = ""
    icon: str = ""
    in_place: bool = False


REGISTER = mark("Register")
EDIT = mark("Edit")
RECORD = mark("Record")
ROWS = mark("Rows of a grid")
LIST = mark("List")
YEAR = mark("Year")
GO = mark("Go")
HELP = mark("Help")
KEYING = mark("While keying")

SUBJECTS: Mapping[str, str] = {
    "land": mark("Land"),
    "stockpile": mark("Stockpile"),
    "retained": mark("Retained mines"),
    "victims": mark("Victims and services"),
    "education": mark("Risk education"),
    "measures": mark("Measures and resources"),
    "reference": mark("Reference"),
    "years": mark("Years and reports"),
    "quality": mark("Quality"),
}
"""The parts of the navigation, in its order; each is reached by Ctrl and its number."""

SUBJECT_ICONS: Mapping[str, str] = {
    "land": "land-plot",
    "stockpile": "package",
    "retained": "flask-conical",
    "victims": "heart-pulse",
    "education": "graduation-cap",
    "measures": "landmark",
    "reference": "library",
    "years": "file-text",
    "quality": "list-checks",
}

_REGISTERS = (
    Command(
        "register.new",
        mark("New register…"),
        ("Ctrl+Shift+N",),
        REGISTER,
        mark("An empty register for a State."),
        "file-plus-2",
    ),
    Command(
        "register.open",
        mark("Open a register…"),
        ("Ctrl+O",),
        REGISTER,
        mark("A .mineaction file of this office or another."),
        "folder-open",
    ),
    Command(
        "register.demo",
        mark("Make the made-up country…"),
        (),
        REGISTER,
        mark("A register full of examples, for training; nothing in it is true."),
        "graduation-cap",
    ),
    Command("register.close", mark("Close the register"), ("Ctrl+Shift+W",), REGISTER, icon="x"),
    Command("window.preferences", mark("Preferences…"), ("Ctrl+,",), REGISTER, icon="settings"),
    Command("window.quit", mark("Quit"), ("Ctrl+Q",), REGISTER, icon="log-out"),
)

_RECORDS = (
    Command("record.new", mark("New record"), ("Ctrl+N",), RECORD, icon="plus"),
    Command(
        "record.save",
        mark("Save"),
        ("Ctrl+S",),
        RECORD,
        mark("Into the register; until then the draft is kept."),
        "save",
    ),
    Command("record.save_new", mark("Save, then a new one"), ("Ctrl+Return", "Ctrl+Enter"), RECORD),
    Command(
        "record.partial",
        mark("Lay aside unfinished"),
        ("Ctrl+Shift+S",),
        RECORD,
        mark("The draft waits in the list of unfinished records."),
        "file-clock",
    ),
    Command("record.duplicate", mark("Duplicate"), ("Ctrl+D",), RECORD, icon="copy"),
    Command("record.note", mark("Note on this field"), ("Ctrl+M",), RECORD, icon="sticky-note"),
    Command(
        "record.history",
        mark("History"),
        ("Ctrl+H",),
        RECORD,
        mark("Who changed what, when and why; and how to restore it."),
        "history",
    ),
    Command("record.print", mark("Print"), ("Ctrl+P",), RECORD, icon="printer"),
    Command("record.hide", mark("Delete…"), ("Ctrl+Delete",), RECORD, icon="trash-2"),
    Command(
        "record.previous", mark("Previous record"), ("Ctrl+PgUp",), RECORD, icon="chevron-left"
    ),
    Command("record.next", mark("Next record"), ("Ctrl+PgDown",), RECORD, icon="chevron-right"),
)

_EDITING = (
    Command("record.undo", mark("Undo"), ("Ctrl+Z",), EDIT, icon="undo-2"),
    Command("record.redo", mark("Redo"), ("Ctrl+Y", "Ctrl+Shift+Z"), EDIT, icon="redo-2"),
    Command("record.goto_field", mark("Go to a field…"), ("F6",), EDIT),
    Command(
        "record.previous_value",
        mark("Value of the previous record"),
        ("F7",),
        EDIT,
        mark("Into the field that has the focus."),
    ),
    Command(
        "record.previous_values",
        mark("All values of the previous record"),
        ("Shift+F7",),
        EDIT,
        mark("Into every field that is empty."),
    ),
    Command(
        "record.pin",
        mark("Pin this field"),
        ("F9",),
        EDIT,
        mark("The next new record starts with its value."),
        "pin",
    ),
    Command("record.next_problem", mark("To the next thing missing or wrong"), ("F8",), EDIT),
    Command(
        "record.previous_problem",
        mark("To the previous thing missing or wrong"),
        ("Shift+F8",),
        EDIT,
    ),
    Command("record.to_end", mark("To the end of the form"), ("F10",), EDIT),
    Command("row.insert", mark("Insert a row"), ("F3",), ROWS),
    Command("row.delete", mark("Delete the row"), ("F4",), ROWS),
    Command("row.detail", mark("Further fields of the row"), ("Alt+Return", "Alt+Enter"), ROWS),
)

_LISTS = (
    Command("list.filter", mark("Find in this list"), ("Ctrl+F",), LIST, icon="list-filter"),
    Command(
        "list.add_filter",
        mark("Add a filter…"),
        ("Ctrl+Shift+L",),
        LIST,
        mark("Show only records for which a field fulfils a condition."),
        "filter",
    ),
    Command("list.columns", mark("Columns…"), ("Ctrl+Shift+C",), LIST, icon="columns-3"),
    Command("list.select_all", mark("Select all"), ("Ctrl+A",), LIST),
    Command("list.copy", mark("Copy"), ("Ctrl+C",), LIST, icon="copy"),
    Command(
        "list.paste",
        mark("Paste records…"),
        ("Ctrl+V",),
        LIST,
        mark("Rows copied from a spreadsheet."),
        "clipboard-paste",
    ),
    Command(
        "list.bulk_edit",
        mark("Change the selected records…"),
        ("Ctrl+E",),
        LIST,
        mark("One field of many records, in one step that can be undone."),
        "square-pen",
    ),
    Command("list.verify", mark("Mark as verified"), (), LIST, icon="clipboard-check"),
    Command("list.accept", mark("Accept"), (), LIST, icon="badge-check"),
    Command("list.unhide", mark("Bring back deleted records…"), (), LIST, icon="rotate-ccw"),
    Command("list.export", mark("Export what is shown…"), ("Ctrl+Shift+E",), LIST, icon="download"),
    Command("list.print", mark("Print the list"), (), LIST, icon="printer"),
    Command(
        "list.print_form",
        mark("Print the blank form…"),
        (),
        LIST,
        mark("The form of this kind on paper, to be filled in by hand."),
        "printer",
    ),
)

_YEARS = (
    Command("year.open", mark("Open a year…"), ("Ctrl+Shift+Y",), YEAR, icon="calendar-days"),
    Command(
        "year.check",
        mark("Check the year"),
        ("F5",),
        YEAR,
        mark("Every rule over the year: what does not add up, worst first."),
        "list-checks",
    ),
    Command(
        "year.export",
        mark("Write the report…"),
        ("Ctrl+Shift+R",),
        YEAR,
        mark("Excel, PDF and JSON."),
        "file-spreadsheet",
    ),
)

_GOING = (
    Command(
        "window.palette",
        mark("Commands and records…"),
        ("Ctrl+K",),
        GO,
        mark("Type part of a command, of a kind, or of a record's number."),
        "command",
    ),
    Command(
        "list.search",
        mark("Search everything…"),
        ("Ctrl+Shift+F",),
        GO,
        mark("In all kinds of record, in any script."),
        "search",
    ),
    Command("window.back", mark("Back"), ("Alt+Left",), GO, icon="arrow-left"),
    Command("window.forward", mark("Forward"), ("Alt+Right",), GO, icon="arrow-right"),
    Command("window.home", mark("Overview of the register"), ("Alt+Home",), GO, icon="house"),
    Command("window.navigation", mark("To the navigation"), ("Ctrl+0",), GO, icon="panel-left"),
    *(
        Command(f"subject.{subject}", title, (f"Ctrl+{n}",), GO, icon=SUBJECT_ICONS[subject])
        for n, (subject, title) in enumerate(SUBJECTS.items(), start=1)
    ),
)

_HELPING = (
    Command("window.keys", mark("List of keys"), ("F1", "Ctrl+/"), HELP, icon="keyboard"),
    Command("window.about", mark("About"), (), HELP, icon="info"),
)

_IN_PLACE = tuple(
    Command(f"key.{name}", title, keys, KEYING, in_place=True)
    for name, title, keys in (
        ("next_field", mark("Next field (a preference)"), ("Return",)),
        ("previous_field", mark("Previous field"), ("Shift+Return", "Shift+Tab")),
        ("leave", mark("Leave a choice, then the row, then the screen"), ("Esc",)),
        ("choices", mark("Show the choices of a field"), ("Alt+Down",)),
        ("open_link", mark("Open the linked record"), ("F2",)),
        ("row", mark("From cell to cell in a grid"), ("Up", "Down", "Left", "Right")),
        ("menu", mark("The menus"), ("Alt+R",)),
    )
)

COMMANDS: tuple[Command, ...] = (
    *_RECORDS,
    *_EDITING,
    *_LISTS,
    *_YEARS,
    *_GOING,
    *_REGISTERS,
    *_HELPING,
    *_IN_PLACE,
)
"""The only list of commands."""

BY_ID: Mapping[str, Command] = {command.id: command for command in COMMANDS}

MENUS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        mark("&Register"),
        (
            "register.new",
            "register.open",
            "register.demo",
            "",
            "register.close",
            "",
            "window.preferences",
            "",
            "window.quit",
        ),
    ),
    (
        mark("&Edit"),
        (
            "record.undo",
            "record.redo",
            "",
            "list.copy",
            "list.paste",
            "list.select_all",
            "",
            "record.goto_field",
            "record.previous_value",
            "record.previous_values",
            "record.pin",
            "record.next_problem",
            "record.previous_problem",
            "record.to_end",
            "",
            "row.insert",
            "row.delete",
            "row.detail",
        ),
    ),
    (
        mark("Re&cord"),
        (
            "record.new",
            "record.duplicate",
            "",
            "record.save",
            "record.save_new",
            "record.partial",
            "",
            "record.previous",
            "record.next",
            "",
            "record.note",
            "record.history",
            "record.print",
            "",
            "record.hide",
        ),
    ),
    (
        mark("&List"),
        (
            "list.filter",
            "list.add_filter",
            "list.columns",
            "",
            "list.bulk_edit",
            "list.verify",
            "list.accept",
            "list.unhide",
            "",
            "list.export",
            "list.print",
            "list.print_form",
        ),
    ),
    (mark("&Year"), ("year.open", "year.check", "year.export")),
    (
        mark("&Go"),
        (
            "window.palette",
            "list.search",
            "",
            "window.back",
            "window.forward",
            "window.home",
            "window.navigation",
            "",
            *(f"subject.{subject}" for subject in SUBJECTS),
        ),
    ),
    (mark("&Help"), ("window.keys", "window.about")),
)
"""The menu bar; an empty id is a line between parts."""

TOOLBAR: tuple[str, ...] = (
    "window.back",
    "window.forward",
    "window.home",
    "",
    "record.new",
    "record.save",
    "record.undo",
    "record.redo",
    "",
    "list.filter",
    "record.print",
    "",
    "year.check",
    "year.export",
)
"""The slim toolbar; the search stands at its end."""
