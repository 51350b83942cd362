"""What the commands of the window do in an editor."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.i18n import mark
from mineaction_desktop.services.editing import ConflictError, Difference
from mineaction_desktop.services.undoing import restore as restored
from mineaction_desktop.services.undoing import versions
from mineaction_desktop.ui.banner import Notice
from mineaction_desktop.ui.entry.child_grid import ChildGrid
from mineaction_desktop.ui.entry.conflict_pane import ConflictPane
from mineaction_desktop.ui.entry.field_row import FieldRow
from mineaction_desktop.ui.entry.goto_field import GotoField, Target, targets
from mineaction_desktop.ui.entry.neighbours import neighbour
from mineaction_desktop.ui.entry.sheet import MISSING, Spot
from mineaction_desktop.ui.entry.showing import shown
from mineaction_desktop.ui.entry.visibility import is_hidden
from mineaction_desktop.ui.entry.work import OWN
from mineaction_desktop.ui.paper_printing import print_record
from mineaction_desktop.ui.screen import Handlers

if TYPE_CHECKING:
    from mineaction_desktop.ui.entry.editor_screen import EditorScreen

SAVED = mark("Saved: {name}")
LAID_ASIDE = mark("Laid aside. It waits in the list of unfinished records.")
DELETED = mark("The record is deleted. It can be brought back at any time.")
BRING_BACK = mark("Bring it back")
SAVE_FIRST = mark("Save or undo what you typed first: restoring changes the saved record.")
RESTORED = mark("Restored.")
SAVE_TO_PRINT = mark("Save or undo what you typed first: the saved record is printed.")
NO_PREVIOUS = mark("There is no earlier record of this kind to take a value from.")
LAST_ONE = mark("This is the last record of the list.")
FIRST_ONE = mark("This is the first record of the list.")
IS_DELETED = mark("deleted")
IS_THERE = mark("kept")


def handlers(screen: EditorScreen) -> Handlers:
    """The commands that can be used on this screen just now."""
    work = screen.work
    found: dict[str, Callable[[], object]] = {
        "record.history": lambda: toggle_history(screen),
        "record.goto_field": lambda: goto_field(screen),
        "record.to_end": lambda: to_end(screen),
        "record.next": lambda: step(screen, 1),
        "record.previous": lambda: step(screen, -1),
        "record.next_problem": lambda: screen.go_to_problem(1),
        "record.previous_problem": lambda: screen.go_to_problem(-1),
        "row.detail": lambda: _in_grid(screen, ChildGrid.toggle_details),
        "record.pin": lambda: pin(screen),
    }
    if not work.draft.sheet.is_new():
        found["record.print"] = lambda: print_paper(screen)
    if not work.is_writable:
        return found
    found |= {
        "record.new": lambda: begin_new(screen),
        "record.save": lambda: save(screen),
        "record.save_new": lambda: save_new(screen),
        "record.partial": lambda: park(screen),
        "record.duplicate": lambda: duplicate(screen),
        "record.note": lambda: note(screen),
        "record.previous_value": lambda: previous_value(screen),
        "record.previous_values": lambda: previous_values(screen),
        "row.insert": lambda: insert_row(screen),
        "row.delete": lambda: _in_grid(screen, ChildGrid.delete_rows),
    }
    if work.draft.steps.canUndo():
        found["record.undo"] = lambda: take_back(screen)
    if work.draft.steps.canRedo():
        found["record.redo"] = lambda: do_again(screen)
    if not work.draft.sheet.is_new():
        found["record.hide"] = lambda: hide(screen)
    return found


def take_back(screen: EditorScreen) -> None:
    """Take back what is typed here, or else the last step."""
    screen.form.commit()
    screen.work.draft.undo()


def do_again(screen: EditorScreen) -> None:
    """Do again what was taken back."""
    screen.form.commit()
    screen.work.draft.redo()


# saving


def save(screen: EditorScreen) -> bool:
    """Save the record; whether it was. If not, the cursor is where something is missing."""
    _settle(screen)
    try:
        found = screen.work.save()
    except ConflictError as conflict:
        show_conflict(screen, conflict)
        return False
    except UserError as error:
        screen.report(error)
        return False
    if found:
        screen.refuse(found)
    return not found


def _settle(screen: EditorScreen) -> None:
    """Take over what is typed, and forget a new row with nothing in it."""
    screen.form.commit()
    screen.form.leave()


def save_new(screen: EditorScreen) -> None:
    """Save the record and begin the next, with the values of the pinned fields."""
    if save(screen):
        screen.work.begin_next(screen.pins.of(screen.form_spec))
        screen.place_focus()


def begin_new(screen: EditorScreen) -> None:
    """Begin a new record; what was typed in this one is kept as a draft."""
    if screen.can_leave():
        screen.work.open_new()
        screen.place_focus()


def park(screen: EditorScreen) -> None:
    """Put the record aside unfinished, and go back to where it was opened from."""
    _settle(screen)
    if screen.work.keeper.park():
        screen.notice(Notice(screen.desk.say(LAID_ASIDE), "done", "editor"))
        screen.closed.emit()


def duplicate(screen: EditorScreen) -> None:
    """Begin a new record that says the same as this one."""
    if screen.can_leave():
        screen.work.duplicate()
        screen.place_focus()


def hide(screen: EditorScreen) -> None:
    """Delete the record; the notice brings it back."""
    record_id = screen.work.draft.sheet.id
    try:
        screen.work.hide()
    except UserError as error:
        screen.report(error)
        return
    act = (screen.desk.say(BRING_BACK), partial(screen.work.unhide, record_id))
    screen.notice(Notice(screen.desk.say(DELETED), "info", "editor", act))


def show_conflict(screen: EditorScreen, conflict: ConflictError) -> None:
    """Show yours and theirs, and save once the person has chosen."""
    pane = ConflictPane(conflict, screen.desk, lambda one, value: _told(screen, one, value), screen)

    def back() -> None:
        screen.stack.removeWidget(pane)
        pane.deleteLater()
        screen.foot.show()
        screen.form.go_first()

    def settle(choices: object) -> None:
        assert isinstance(choices, dict)  # noqa: S101 - what the pane hands over
        back()
        try:
            found = screen.work.settle(conflict, choices)
        except ConflictError as again:
            show_conflict(screen, again)
        except UserError as error:
            screen.report(error)
        else:
            if found:
                screen.refuse(found)

    pane.left.connect(back)
    pane.chosen.connect(settle)
    screen.stack.addWidget(pane)
    screen.stack.setCurrentWidget(pane)
    screen.foot.hide()
    pane.take_focus()


def _told(screen: EditorScreen, one: Difference, value: object) -> str:
    form = screen.session.catalogue.form(one.kind)
    if one.field not in form.fields:
        return screen.desk.say(IS_DELETED if value else IS_THERE)
    return shown(form.fields[one.field], value, screen.scene)


# history


def toggle_history(screen: EditorScreen) -> None:
    """Show the history beside the form, or put it away."""
    if is_hidden(screen.history):
        show_history(screen)
        screen.history.show()
        screen.give_way()
        screen.history.take_focus()
    else:
        screen.history.hide()
        screen.give_way()
        screen.form.go_back()


def show_history(screen: EditorScreen) -> None:
    """Read the history of the open record."""
    sheet, session = screen.work.draft.sheet, screen.session
    found = []
    if not sheet.is_new():
        with session.store.read() as reader:
            found = versions(reader, session.catalogue, sheet.id, session.desk.words)
    screen.history.show_versions(found, read_only=not screen.work.is_writable)


def restore(screen: EditorScreen, number: int, field: str | None) -> None:
    """Give the record the values that it had, or one field of it."""
    if screen.is_touched():
        screen.notice(Notice(screen.desk.say(SAVE_FIRST), "warning", "editor"))
        return
    session, work = screen.session, screen.work
    fields = None if field is None else [field]
    try:
        saved = restored(
            session.store,
            session.catalogue,
            work.kind,
            work.draft.sheet.id,
            number,
            fields=fields,
        )
    except UserError as error:
        screen.report(error)
        return
    session.tell(saved.changes)
    work.open_record(work.draft.sheet.id)
    show_history(screen)
    screen.notice(Notice(screen.desk.say(RESTORED), "done", "editor"))


# paper


def print_paper(screen: EditorScreen) -> None:
    """Print the record as it was saved, on its form."""
    if screen.is_touched():
        screen.notice(Notice(screen.desk.say(SAVE_TO_PRINT), "warning", "editor"))
        return
    sheet = screen.work.draft.sheet
    name = str(sheet.values().get("local_id") or sheet.kind)
    print_record(screen, screen.session, sheet.kind, sheet.id, name)


# going


def goto_field(screen: EditorScreen) -> None:
    """Ask for a field and go there."""
    screen.form.commit()
    dialog = GotoField(screen.desk, targets(screen.work.draft, screen.desk), screen)
    dialog.chosen.connect(lambda target: _go_to_target(screen, target))
    dialog.open()


def _go_to_target(screen: EditorScreen, target: Target) -> None:
    if target.spot is not None:
        screen.go_to(target.spot)
        return
    for section in screen.form.sections:
        if section.section.id == target.section:
            screen.form.go_to_section(section)


def to_end(screen: EditorScreen) -> None:
    """Go to the first field that must still be filled in, or to the button that saves."""
    screen.form.commit()
    missing = [spot for spot, one in screen.problems() if one.code == MISSING]
    if missing:
        screen.go_to(missing[0])
    else:
        screen.form.build_all()
        screen.form.show_end()
        screen.foot.take_focus()


def step(screen: EditorScreen, way: int) -> None:
    """Open the next or the previous record of the list."""
    work = screen.work
    found = neighbour(screen.session, work.kind, work.draft.sheet.id, way)
    if found is None:
        words = screen.desk.say(LAST_ONE if way > 0 else FIRST_ONE)
        screen.notice(Notice(words, "info", "editor"))
        return
    if screen.can_leave():
        try:
            work.open_record(found)
        except UserError as error:
            screen.report(error)
            return
        screen.place_focus()


def escape(screen: EditorScreen) -> bool:
    """Leave what stands above the form; whether there was anything."""
    focus = screen.focusWidget()
    if focus is not None and screen.history.isAncestorOf(focus):
        toggle_history(screen)
        return True
    pane = screen.stack.currentWidget()
    if isinstance(pane, ConflictPane):
        pane.left.emit()
        return True
    return False


# fields


def note(screen: EditorScreen) -> None:
    """Write a note on the field with the cursor."""
    stop = screen.form.current()
    if isinstance(stop, FieldRow | ChildGrid):
        stop.edit_note()


def pin(screen: EditorScreen) -> None:
    """Pin the field with the cursor, or let it go."""
    spot = screen.form.spot()
    if spot is not None:
        screen.toggle_pin(spot)


def previous_value(screen: EditorScreen) -> None:
    """Fill the field with the value of the record before, or of the row above."""
    stop = screen.form.current()
    if isinstance(stop, ChildGrid):
        stop.take_from_above()
        return
    if isinstance(stop, FieldRow):
        values = screen.work.previous()
        if not values:
            screen.notice(Notice(screen.desk.say(NO_PREVIOUS), "info", "editor"))
            return
        stop.editor.commit()
        screen.work.draft.commit({spot: values.get(spot.field) for spot in stop.spots()})


def previous_values(screen: EditorScreen) -> None:
    """Fill every empty field with the value of the record before, as one step."""
    screen.form.commit()
    draft, values = screen.work.draft, screen.work.previous()
    shown_now = draft.facts().shown
    filled = {
        Spot(name): value
        for name, value in values.items()
        if value is not None
        and name in shown_now
        and name not in OWN
        and draft.cell(Spot(name)).value is None
        and draft.cell(Spot(name)).text is None
    }
    if filled:
        draft.commit(filled)


def insert_row(screen: EditorScreen) -> None:
    """Put a row into the table with the cursor, or into the next one below it."""
    grid = screen.form.current()
    if not isinstance(grid, ChildGrid):
        grid = screen.form.next_grid()
    if grid is not None:
        grid.insert_row()


def _in_grid(screen: EditorScreen, act: Callable[[ChildGrid], None]) -> None:
    stop = screen.form.current()
    if isinstance(stop, ChildGrid):
        act(stop)
