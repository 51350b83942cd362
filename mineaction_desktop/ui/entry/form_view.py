"""A form on the screen: its sections in one column, and the keyboard's way through them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import thread_time

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from mineaction_desktop.ui.entry.child_grid import ChildGrid
from mineaction_desktop.ui.entry.draft import Draft
from mineaction_desktop.ui.entry.field_row import FieldRow
from mineaction_desktop.ui.entry.section_view import Maker, SectionView, Stop
from mineaction_desktop.ui.entry.sheet import Spot
from mineaction_desktop.ui.entry.steps import Change
from mineaction_desktop.ui.entry.visibility import application
from mineaction_desktop.ui.theme import space

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
AT_A_TIME = 0.05
"""For how many seconds of our own work sections are made before the next key is read."""

_FAR = 40
"""How far the next part of a field can be in Qt's own order of widgets."""


class FormView(QScrollArea):
    """Makes the sections that are in sight at once and the others while the person reads."""

    moved = Signal(object)
    """The cursor stands at another :class:`Spot`."""

    ended = Signal()
    """The cursor went on from the last field."""

    built = Signal()
    """Every section is there."""

    def __init__(
        self,
        draft: Draft,
        make: Maker,
        translate: Callable[[str], str],
        *,
        enter_moves: Callable[[], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._draft, self._enter_moves = draft, enter_moves
        self._tells_all = False
        self._last: Stop | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        content = QWidget(self.viewport())
        content.setBackgroundRole(QPalette.ColorRole.Base)
        self.setWidget(content)  # while there is nothing in it to be measured
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(space(24), space(8), space(24), space(24))
        self._column.setSpacing(0)
        self.sections = [
            SectionView(draft, section, make, translate, content)
            for section in draft.sheet.form.sections
        ]
        for section in self.sections:
            self._column.addWidget(section)
        self._column.addStretch()
        self.viewport().setBackgroundRole(QPalette.ColorRole.Base)
        self._building = QTimer(self)
        self._building.setInterval(0)
        self._building.timeout.connect(self._build_next)
        self._seeing = QTimer(self)  # later, when what appeared or vanished has been laid out
        self._seeing.setSingleShot(True)
        self._seeing.setInterval(0)
        self._seeing.timeout.connect(self._bring_into_sight)
        application().focusChanged.connect(self._on_focus)

    # building

    def build_first(self) -> None:
        """Make what is in sight; the rest follows by itself."""
        room = max(self.viewport().height(), 400)
        for section in self.sections:
            if room <= 0:
                break
            self._build(section)
            if section.is_shown:
                room -= section.sizeHint().height()
        self._building.start()

    def add_at_end(self, widget: QWidget) -> None:
        """Put something below the last section."""
        self._column.insertWidget(self._column.count() - 1, widget)

    def build_all(self) -> None:
        """Make every section now."""
        with self._still():
            for section in self.sections:
                self._build(section)
        self._finish_building()

    @contextmanager
    def _still(self) -> Iterator[None]:
        """Lay out once what is made meanwhile, and not for each section."""
        self._column.setEnabled(False)
        try:
            yield
        finally:
            self._column.setEnabled(True)

    def _build_next(self) -> None:
        """Make some sections in one go: after each go, all that stands is laid out anew."""
        until = thread_time() + AT_A_TIME
        with self._still():
            for section in self.sections:
                self._build(section)
                if thread_time() > until:
                    return
        self._finish_building()

    def _finish_building(self) -> None:
        if self._building.isActive():
            self._building.stop()
            self.built.emit()

    def _build(self, section: SectionView) -> None:
        if section.is_built:
            return
        section.build()
        for stop in section.stops:
            stop.fit(self._room())
            if isinstance(stop, ChildGrid):
                stop.left.connect(self._on_left_grid)
                stop.moved.connect(self.moved)
                if self._tells_all:
                    stop.tell_all()
            elif self._tells_all:
                stop.refresh(told_all=True)

    # from the draft to the eye

    def follow(self, change: Change) -> None:
        """Draw what a change has touched: values, what is shown, and what is wrong."""
        for section in self.sections:
            section.refresh()
            for stop in section.stops:
                if isinstance(stop, ChildGrid):
                    stop.follow(change)
                elif "" in change.rows:
                    if change.cells & set(stop.spots()):
                        stop.show_values()
                    stop.editor.refresh()
                    stop.refresh(told_all=self._tells_all)

    def start_anew(self) -> None:
        """Show another record in the same form: nothing was visited yet."""
        self._tells_all, self._last = False, None
        for section in self.sections:
            section.refresh()
            for stop in section.stops:
                stop.start_anew()
        self.verticalScrollBar().setValue(0)

    @property
    def tells_all(self) -> bool:
        """Whether empty fields are told of that the person has not come to."""
        return self._tells_all

    def tell_all(self) -> None:
        """Say of every empty field that it must be filled in, visited or not."""
        self._tells_all = True
        for stop in self._stops():
            if isinstance(stop, ChildGrid):
                stop.tell_all()
            else:
                stop.refresh(told_all=True)

    def lines(self) -> Iterator[FieldRow]:
        """The lines that stand for fields of the record."""
        return (stop for stop in self._stops() if isinstance(stop, FieldRow))

    def grids(self) -> Iterator[ChildGrid]:
        """The tables."""
        return (stop for stop in self._stops() if isinstance(stop, ChildGrid))

    def _stops(self) -> Iterator[Stop]:
        return (stop for section in self.sections for stop in section.stops)

    # where the cursor is

    def open_stops(self) -> list[Stop]:
        """Where the cursor can go, from the top."""
        return [stop for section in self.sections for stop in section.open_stops()]

    def current(self) -> Stop | None:
        """Where the cursor is."""
        return self._stop_of(QApplication.focusWidget())

    def _stop_of(self, widget: QWidget | None) -> Stop | None:
        """The line or table that a widget is in; a line in a table counts as the table."""
        found: Stop | None = None
        while widget is not None and widget is not self:
            if isinstance(widget, FieldRow | ChildGrid):
                found = widget
            widget = widget.parentWidget()
        return found if widget is self else None

    def spot(self) -> Spot | None:
        """The field where the cursor is."""
        stop = self.current()
        return stop.spot() if isinstance(stop, ChildGrid) else stop.spot if stop else None

    def commit(self) -> None:
        """Take over what is typed where the cursor is."""
        stop = self.current()
        if isinstance(stop, ChildGrid):
            stop.table.close_editor()
        elif stop is not None:
            stop.editor.commit()

    def leave(self) -> None:
        """The person goes elsewhere: forget a new row with nothing in it."""
        self._leave(self.current() or self._last)

    def next_grid(self) -> ChildGrid | None:
        """The first table below the cursor, or the first of all."""
        self.build_all()
        stops = self.open_stops()
        stop = self.current()
        below = stops[stops.index(stop) :] if stop in stops else stops
        grids = (one for one in (*below, *stops) if isinstance(one, ChildGrid))
        return next(grids, None)

    # going

    def go_back(self) -> None:
        """Put the cursor where it was last."""
        if self._last is not None and self._last in self.open_stops():
            self._last.take_focus(Qt.FocusReason.OtherFocusReason)
        else:
            self.go_first()

    def show_end(self) -> None:
        """Scroll to the end."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum())

    def go_first(self) -> None:
        """Put the cursor into the first field that the program has not filled in."""
        wanted = self._next_stop(None, passing=True) or self._next_stop(None, passing=False)
        if wanted is not None:
            wanted.take_focus(Qt.FocusReason.OtherFocusReason)

    def go_to(self, spot: Spot) -> bool:
        """Put the cursor at a field and bring it into sight; whether it is shown."""
        self.build_all()
        for stop in self.open_stops():
            if isinstance(stop, ChildGrid):
                if stop.go_to(spot):
                    return True
            elif spot in stop.spots():
                stop.take_focus(Qt.FocusReason.OtherFocusReason)
                return True
        return False

    def go_to_section(self, section: SectionView) -> None:
        """Bring a section to the top and put the cursor into its first field."""
        self.build_all()
        for stop in section.open_stops()[:1]:
            stop.take_focus(Qt.FocusReason.OtherFocusReason)
        top = section.y()
        self.verticalScrollBar().setValue(top)

    def step(self, *, forward: bool, passing: bool = False) -> None:
        """Go to the next field, or to the one before.

        ``passing`` is how Enter goes on: past fields that the program has filled in, and past the
        further parts of a field that is settled by its first. Tab goes everywhere.
        """
        stop = self.current()
        if isinstance(stop, FieldRow):
            if not (passing and stop.editor.is_settled()) and _step_within(stop, forward=forward):
                return
            stop.editor.commit()
        self._step_from(stop, forward=forward, passing=passing)

    def _step_from(self, stop: Stop | None, *, forward: bool, passing: bool = False) -> None:
        if not forward:
            before = self._stops_before(stop)
            if before:
                before[-1].take_focus(Qt.FocusReason.BacktabFocusReason)
            return
        wanted = self._next_stop(stop, passing=passing)
        if wanted is not None:
            wanted.take_focus(Qt.FocusReason.TabFocusReason)
        else:
            self.ended.emit()

    def _stops_before(self, stop: Stop | None) -> list[Stop]:
        stops = self.open_stops()
        return stops[: stops.index(stop)] if stop in stops else stops

    def _next_stop(self, stop: Stop | None, *, passing: bool) -> Stop | None:
        """The next place for the cursor; sections that it leads into are made on the way."""
        while True:
            self._build_beyond(stop)
            stops = self.open_stops()
            rest = stops[stops.index(stop) + 1 :] if stop in stops else stops
            if not rest:
                return None
            stop = rest[0]
            if not (passing and isinstance(stop, FieldRow) and stop.is_given):
                return stop

    def _build_beyond(self, stop: Stop | None) -> None:
        """Have the section after this one, so that the way does not end before the form does."""
        while stop is not None and stop is self.open_stops()[-1]:
            section = next((one for one in self.sections if not one.is_built), None)
            if section is None:
                return
            self._build(section)

    def _on_left_grid(self, forward: bool) -> None:  # noqa: FBT001 - sent by a signal
        grid = self.sender()
        stop = grid if isinstance(grid, ChildGrid) else self.current()
        self._step_from(stop, forward=forward, passing=forward)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's own names
        self.step(forward=next)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        if event.key() in _ENTER and not held and self._enter_moves():
            is_forward = not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.step(forward=is_forward, passing=is_forward)
        else:
            event.ignore()  # the arrows and pages of a scroll area belong to the fields here

    # the cursor in sight

    def _on_focus(self, _: QWidget | None, new: QWidget | None) -> None:
        if new is None or new.window() is not self.window():
            return
        stop = self.current()
        if stop is not self._last:
            self._leave(self._last)
            self._last = stop or self._last
            if isinstance(stop, FieldRow):
                stop.set_current(current=True)
        if stop is None:
            return
        self._seeing.start()
        spot = self.spot()
        if spot is not None:
            self.moved.emit(spot)

    def _leave(self, stop: Stop | None) -> None:
        if isinstance(stop, ChildGrid):
            stop.leave()
        elif stop is not None:
            stop.set_current(current=False)
            stop.refresh(told_all=self._tells_all)

    def _bring_into_sight(self) -> None:
        """Scroll as little as needed to show the field with its help, or the part with focus."""
        stop, focus, content = self.current(), QApplication.focusWidget(), self.widget()
        if stop is None or focus is None or content is None:
            return
        box = QRect(stop.mapTo(content, QPoint(0, 0)), stop.size())
        if box.height() > self.viewport().height() * 2 // 3:
            box = QRect(focus.mapTo(content, QPoint(0, 0)), focus.size())
        bar, room = self.verticalScrollBar(), self.viewport().height()
        margin = space(24)
        if box.top() - margin < bar.value():
            bar.setValue(box.top() - margin)
        elif box.bottom() + margin > bar.value() + room:
            bar.setValue(box.bottom() + margin - room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            for stop in self._stops():
                stop.fit(self._room())
        super().resizeEvent(event)
        self._seeing.start()

    def _room(self) -> int:
        """How wide a section may be so that nothing has to be scrolled sideways."""
        margins = self._column.contentsMargins()
        return self.viewport().width() - margins.left() - margins.right()


def _step_within(row: FieldRow, *, forward: bool) -> bool:
    """Go to the next part of a field that has several; whether there was one."""
    focus = QApplication.focusWidget()
    if focus is None:
        return False
    one = focus
    for _ in range(_FAR):
        found = one.nextInFocusChain() if forward else one.previousInFocusChain()
        if found is None or found is focus:
            return False
        one = found
        takes = one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.focusProxy() is None
        if takes and row.editor.isAncestorOf(one) and one.isVisible() and one.isEnabled():
            reason = Qt.FocusReason.TabFocusReason
            one.setFocus(reason if forward else Qt.FocusReason.BacktabFocusReason)
            return True
    return False
