"""The screen on which one record is keyed, generated from the form of its kind."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from mineaction_desktop.domain.problems import Problem, Severity, UserError
from mineaction_desktop.formdef.form import Group, Section
from mineaction_desktop.formdef.naming import record_name
from mineaction_desktop.i18n import mark
from mineaction_desktop.services.editing import Changes, blank
from mineaction_desktop.ui.banner import Notice
from mineaction_desktop.ui.desk import Session
from mineaction_desktop.ui.entry import editor_commands
from mineaction_desktop.ui.entry.child_grid import ChildGrid
from mineaction_desktop.ui.entry.editor_foot import EditorFoot
from mineaction_desktop.ui.entry.editor_head import EditorHead
from mineaction_desktop.ui.entry.field_row import FieldRow
from mineaction_desktop.ui.entry.fields import editor_for, hosts
from mineaction_desktop.ui.entry.files_section import FilesSection
from mineaction_desktop.ui.entry.form_view import FormView
from mineaction_desktop.ui.entry.history_panel import HistoryPanel
from mineaction_desktop.ui.entry.likenesses import likenesses
from mineaction_desktop.ui.entry.pins import Pins
from mineaction_desktop.ui.entry.quick_create import creator
from mineaction_desktop.ui.entry.record_files import RecordFiles
from mineaction_desktop.ui.entry.scenes import Scenes
from mineaction_desktop.ui.entry.section_index import SectionIndex
from mineaction_desktop.ui.entry.section_view import Stop
from mineaction_desktop.ui.entry.sheet import MISSING, Spot
from mineaction_desktop.ui.entry.steps import Change
from mineaction_desktop.ui.entry.suggestions import Source, Suggestion, SuggestionsPanel
from mineaction_desktop.ui.entry.summary import Summary, counted
from mineaction_desktop.ui.entry.visibility import is_hidden, set_shown
from mineaction_desktop.ui.entry.work import State, Work
from mineaction_desktop.ui.screen import Handlers, Screen
from mineaction_desktop.ui.theme import em, is_narrow, is_short

TAKEN_UP = mark("What was typed here and not saved has been taken up again.")
DISCARD = mark("Show the record as it was saved")
DISCARD_NEW = mark("Begin with an empty form")
NEW_TITLE = mark("New: {title}")

WITHOUT_FILES = frozenset({"attachment", "person_identity"})
"""Kinds that have no files of their own: a file itself, and what is sealed."""
LONG = 6
"""From how many sections on a form has an index at its side."""

BESIDE = 19
"""How wide the history beside the form is at most, in heights of a line."""

WIDE = 36
"""From how many heights of a line on there is room for it."""
PAUSE = 300
"""How long typing has to rest before likenesses are looked for, in milliseconds."""


class EditorScreen(Screen):
    """A new record, one of the register, or a draft that was left; keyed and saved here."""

    key = "editor"
    work_class: type[Work] = Work
    """What brings and saves the record; a screen that saves it elsewhere has its own."""
    looks_for_likenesses = True
    """Whether records that this one may be already are shown beside it."""

    def __init__(
        self,
        session: Session,
        kind: str,
        record_id: str | None = None,
        draft_id: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.session, self.desk = session, session.desk
        self.pins = Pins(session.desk.settings)
        today = session.desk.today()
        self.scenes = Scenes(
            session,
            today,
            create_linked=creator(session, self),
            open_linked=lambda of, one: self.go.emit(f"editor:{of}:{one}"),
        )
        form = session.catalogue.form(kind)
        content = blank(session.catalogue, kind, today=today)
        self.work = self.work_class(session, self.scenes, content, today)
        self.form_spec = form
        self._source: Source | None = likenesses(session) if self.looks_for_likenesses else None
        self._refused: dict[Spot, Problem] = {}
        self._open(record_id, draft_id)
        self._lay_out()
        self._connect()
        self.form.build_first()
        self._tell_problems()
        self._show_state()

    def _open(self, record_id: str | None, draft_id: str | None) -> None:
        if draft_id:
            self.work.open_draft(draft_id)
        elif record_id:
            self.work.open_record(record_id)

    # looks

    def _lay_out(self) -> None:
        draft, words = self.work.draft, self.desk.words
        self.scene = self.scenes.scene(self._values)
        self._hosted = hosts(self.form_spec)
        self.head = EditorHead(self.desk, self)
        self.foot = EditorFoot(self.desk, self)
        self.stack = QStackedWidget(self)
        body = QWidget(self.stack)  # parents come first: to move a widget makes Qt style it anew
        self.form = FormView(
            draft,
            self._stops,
            words.gettext,
            enter_moves=lambda: self.desk.settings.value.enter_moves,
            parent=body,
        )
        self.files = FilesSection(self.scene, self._record_files, self.form.widget())
        self.files.set_read_only(on=not self.work.is_writable)
        self.files.setVisible(self.form_spec.kind not in WITHOUT_FILES)
        self.form.add_at_end(self.files)
        self.summary = Summary(draft, self.desk, self.form.widget())
        self.form.add_at_end(self.summary)
        self.index = SectionIndex(self.form.sections, self.desk.say, words.gettext, body)
        self.history = HistoryPanel(self.desk, body)
        self.history.hide()
        self.suggestions = SuggestionsPanel(self.desk, body)
        self.suggestions.setMaximumWidth(em(17))
        across = QHBoxLayout(body)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.index)
        across.addWidget(self.form, 1)
        across.addWidget(self.suggestions)
        across.addWidget(self.history)
        self.stack.addWidget(body)
        self._top = QHBoxLayout()
        self._top.setSpacing(0)
        self._top.addWidget(self.head, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(self._top)
        self._column.addWidget(self.stack, 1)
        self._column.addWidget(self.foot)
        self.give_way()

    def _values(self) -> Mapping[str, object]:
        return self.work.draft.sheet.values()

    def _record_files(self) -> RecordFiles | None:
        """The files of the open record; a new one has none before it is saved."""
        sheet = self.work.draft.sheet
        number = sheet.values().get("local_id")
        if sheet.is_new() or not number:
            return None
        return RecordFiles(self.session, sheet.kind, sheet.id, str(number))

    def _stops(self, section: Section, parent: QWidget) -> list[Stop]:
        if section.group is not None:
            return [self._grid(section.group, parent)]
        pinned = self.pins.of(self.form_spec)
        return [
            self._line(name, parent, pinned)
            for name in (field.name for field in section.fields)
            if name not in self._hosted
        ]

    def _line(self, name: str, parent: QWidget, pinned: Collection[str]) -> FieldRow:
        form = self.form_spec
        make = partial(editor_for, form.fields[name], form, self.scene)
        row = FieldRow(self.work.draft, make, parent=parent)
        if not self.work.is_writable:
            row.editor.set_read_only(on=True)
        row.show_pin(pinned=name in pinned)
        row.pin_wanted.connect(self.toggle_pin)
        row.editor.typing.connect(self._likenesses.start)
        return row

    def _grid(self, group: Group, parent: QWidget) -> ChildGrid:
        draft = self.work.draft
        grid = ChildGrid(
            draft,
            group,
            self.session.catalogue,
            lambda row: self.scenes.scene(lambda: _values(self.work, row())),
            lambda above: self.pins.carried(group.form, draft.sheet.values(above)),
            parent,
        )
        grid.set_read_only(read_only=not self.work.is_writable)
        return grid

    def _connect(self) -> None:
        work = self.work
        self._likenesses = QTimer(self)
        self._likenesses.setSingleShot(True)
        self._likenesses.setInterval(PAUSE)
        self._likenesses.timeout.connect(self._suggest)
        work.draft.changed.connect(self._on_changed)
        work.loaded.connect(self._show_all)
        work.state_changed.connect(self._show_state)
        self.form.moved.connect(self._on_moved)
        self.form.ended.connect(self._on_ended)
        self.files.left.connect(self._on_left_files)
        self.form.built.connect(self._tell_problems)
        self.head.next_wanted.connect(lambda: self.go_to_problem(1))
        self.summary.wanted.connect(self.form.go_to)
        self.index.wanted.connect(self.form.go_to_section)
        self.suggestions.wanted.connect(self._open_suggestion)
        self.history.restore_wanted.connect(lambda *of: editor_commands.restore(self, *of))
        self.foot.save_wanted.connect(lambda: editor_commands.save(self))
        self.foot.next_wanted.connect(lambda: editor_commands.save_new(self))
        self.foot.partial_wanted.connect(lambda: editor_commands.park(self))
        self.session.changed.connect(self._on_changed_elsewhere)

    # showing

    def _show_all(self) -> None:
        """Another record is open, or the same one as it was saved."""
        self._refused.clear()
        self.form.start_anew()
        self.files.start_anew()
        self._tell_problems()
        self._show_state()
        if not is_hidden(self.history):
            editor_commands.show_history(self)
        self.title_changed.emit()
        self.handlers_changed.emit()  # what is saved can be printed and deleted
        sheet = self.work.draft.sheet
        self.moved.emit(f"editor:{sheet.kind}" + ("" if sheet.is_new() else f":{sheet.id}"))
        self._likenesses.start()

    def _on_changed(self, change: Change) -> None:
        for spot in change.cells:
            self._refused.pop(spot, None)
        self.form.follow(change)
        self._tell_problems()
        self._show_state()
        self.handlers_changed.emit()
        self._likenesses.start()
        if change.returned and change.keyed is not None:
            self.form.go_to(change.keyed)

    def problems(self) -> list[tuple[Spot, Problem]]:
        """Everything that is wrong, with what the register refused."""
        return [*self.work.draft.sheet.problems(), *self._refused.items()]

    def refuse(self, found: list[tuple[Spot, Problem]]) -> None:
        """Show what stands in the way of saving, and go to the first of it."""
        live = {(spot, one.code) for spot, one in self.work.draft.sheet.problems()}
        self._refused = {spot: one for spot, one in found if (spot, one.code) not in live}
        self.form.tell_all()
        self._tell_problems()
        self.go_to(found[0][0])

    def _tell_problems(self) -> None:
        found = self.problems()
        self.summary.show_problems(found if self.form.tells_all else _not_missing(found))
        errors = any(one.severity is Severity.ERROR for _, one in _not_missing(found))
        tone = "error" if errors else "warning" if found else ""
        self.head.show_missing(counted(found, self.desk), tone=tone)
        self.index.refresh(self._wrong_sections(_not_missing(found)))

    def _wrong_sections(self, found: list[tuple[Spot, Problem]]) -> dict[str, Severity]:
        """The sections in which something is wrong, with the worst of it."""
        order = list(Severity)
        worst: dict[str, Severity] = {}
        for section in self.form_spec.sections:
            here = [one.severity for spot, one in found if _stands_in(section, spot, self.work)]
            if here:
                worst[section.id] = min(here, key=order.index)
        return worst

    def _show_state(self) -> None:
        work = self.work
        self.head.show_record(self.title(), self._name())
        self.head.show_state(
            work.state,
            work.at,
            writable=work.is_writable,
            elsewhere=work.is_changed_elsewhere,
        )
        self.foot.show_state(writable=work.is_writable)

    def _name(self) -> str:
        sheet = self.work.draft.sheet
        form, values = self.form_spec, sheet.values()
        if sheet.is_new() and not self.work.draft.is_touched:
            return ""
        linked = {
            name: self.scenes.name(field.link, str(values[name]))
            for name, field in form.fields.items()
            if field.link and values.get(name) and f"{{{name}}}" in form.label
        }
        return record_name(form, values, linked, self.desk.words)

    def _on_ended(self) -> None:
        """On from the last field: to the files, or to the buttons below."""
        if self.form_spec.kind in WITHOUT_FILES or not self.files.take_focus():
            self.foot.take_focus()
        else:
            self.form.show_end()

    def _on_left_files(self, forward: bool) -> None:  # noqa: FBT001 - sent by a signal
        if forward:
            self.foot.take_focus()
        else:
            self.form.step(forward=False)

    def _on_moved(self, spot: Spot) -> None:
        self.history.show_field(spot.field)
        section = next(
            (one for one in self.form.sections if _stands_in(one.section, spot, self.work)), None
        )
        self.index.show_current(section)

    def _on_changed_elsewhere(self, changes: Changes) -> None:
        """Another screen has changed something: perhaps this record, perhaps what it links to."""
        self.scenes.forget(changes.touched)
        sheet = self.work.draft.sheet
        if self.work.is_saving or sheet.id not in changes.touched.get(sheet.kind, frozenset()):
            return
        if self.work.draft.is_touched:
            self.work.is_changed_elsewhere = True
            self._show_state()
        else:
            self.work.open_record(sheet.id)

    # likenesses

    def suggest_with(self, source: Source) -> None:
        """Look for records that may be the same one with this, while the person keys."""
        self._source = source
        self._suggest()

    def _suggest(self) -> None:
        if self._source is not None:
            content = self.work.draft.sheet.content()
            self.suggestions.show_suggestions(self._source(content))

    def _open_suggestion(self, one: Suggestion) -> None:
        self.go.emit(f"editor:{one.kind}:{one.id}")

    # what the window asks

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.give_way()

    def give_way(self) -> None:
        """Large text in a small window: the index is gone, and the history covers the form.

        What stood below the form is beside the head then.
        """
        short, is_beside = is_short(self), self._top.indexOf(self.foot) >= 0
        if short and not is_beside:
            self._top.addWidget(self.foot)
        elif is_beside and not short:
            self._column.addWidget(self.foot)
        narrow, has_history = is_narrow(self), not is_hidden(self.history)
        self.history.setMaximumWidth(self.width() if narrow else em(BESIDE))
        set_shown(self.form, shown=not (narrow and has_history))
        has_room = self.width() - (em(BESIDE) if has_history else 0) >= em(WIDE)
        set_shown(self.index, shown=has_room and len(self.form.sections) >= LONG)

    def title(self) -> str:
        title = self.desk.words.gettext(self.form_spec.title)
        is_new = self.work.draft.sheet.is_new()
        return self.desk.say(NEW_TITLE, title=title) if is_new else title

    def handlers(self) -> Handlers:
        return editor_commands.handlers(self)

    def place_focus(self) -> None:
        self._tell_taken_up()
        self.form.go_first()

    def _tell_taken_up(self) -> None:
        if self.work.was_taken_up:
            words = DISCARD_NEW if self.work.draft.sheet.is_new() else DISCARD
            discard = partial(self.work.discard, self.work.draft.sheet.id)
            act = (self.desk.say(words), discard)
            self.notice(Notice(self.desk.say(TAKEN_UP), "info", "taken up", act))
            self.work.was_taken_up = False

    def can_leave(self) -> bool:
        self.form.commit()
        self.form.leave()
        return self.work.keeper.keep() or self.work.keeper.is_rescued

    def put_away(self) -> None:
        self.work.keeper.stop()

    def go_to(self, spot: Spot) -> None:
        """Put the cursor at a field."""
        if not self.form.go_to(spot):
            self.form.go_first()

    def go_to_problem(self, way: int) -> None:
        """Go to the next or the previous field with something missing or wrong."""
        self.form.commit()
        found = self.problems()
        if not found:
            return
        order = self._order()
        here = order.get(self.form.spot() or Spot(""), -1)
        places = sorted({order.get(spot, len(order)): spot for spot, _ in found}.items())
        ahead = [spot for at, spot in places if (at > here if way > 0 else at < here)]
        around = [spot for _, spot in places]
        self.go_to((ahead or around)[0 if way > 0 else -1])

    def _order(self) -> Mapping[Spot, int]:
        """Where each field stands on the way through the form."""
        sheet, found = self.work.draft.sheet, []
        for section in self.form_spec.sections:
            found += [Spot(field.name) for field in section.fields]
            if section.group is not None:
                names = list(section.group.form.fields)
                rows = sheet.rows(section.group.kind)
                found += [Spot(name, row) for row in rows for name in names]
        return {spot: at for at, spot in enumerate(found)}

    @Slot(object)
    def toggle_pin(self, spot: Spot) -> None:
        """Pin a field for the next records, or let it go."""
        form = self.work.draft.sheet.form_of(spot.row)
        pinned = self.pins.toggle(form, spot.field)
        for line in self.form.lines():
            if line.spot == spot:
                line.show_pin(pinned=pinned)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if not editor_commands.escape(self):
                self.closed.emit()
        else:
            super().keyPressEvent(event)

    def report(self, error: UserError) -> None:
        """Say what could not be done, and why."""
        self.notice(Notice(error.render(self.desk.words), "error", "editor"))

    def is_touched(self) -> bool:
        """Whether something is typed that the register does not have yet."""
        return self.work.state in {State.KEPT, State.TROUBLE}


def _values(work: Work, row: str) -> Mapping[str, object]:
    return work.draft.sheet.known(row) if row else {}


def _not_missing(found: list[tuple[Spot, Problem]]) -> list[tuple[Spot, Problem]]:
    return [one for one in found if one[1].code != MISSING]


def _stands_in(section: Section, spot: Spot, work: Work) -> bool:
    if spot.row:
        kind = work.draft.sheet.kind_of(spot.row)
        return section.group is not None and section.group.kind == kind
    return any(field.name == spot.field for field in section.fields)
