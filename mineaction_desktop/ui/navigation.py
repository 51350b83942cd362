"""The leading side of the window: subjects, the kinds of record in each, and how they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QTreeView, QWidget

from mineaction_desktop.i18n import mark
from mineaction_desktop.services.glance import Glance, Listed, Overview, YearStanding
from mineaction_desktop.ui import icons, theme
from mineaction_desktop.ui.badges import COUNT, ERRORS, WARNINGS, BadgeDelegate
from mineaction_desktop.ui.commands import SUBJECT_ICONS, SUBJECTS
from mineaction_desktop.ui.desk import Desk

ADDRESS = int(Qt.ItemDataRole.UserRole) + 10
NAME = int(Qt.ItemDataRole.UserRole) + 11

FIRST = (
    "hazardous_area",
    "land_activity",
    "quality_visit",
    "marking_event",
    "stock_movement",
    "destruction_programme",
    "retained_use",
    "accident",
    "survivor",
    "survivor_service",
    "eore_session",
    "funding",
    "legal_measure",
    "state_profile",
    "organisation",
    "admin_unit",
    "ordnance_type",
)
"""Kinds that come first within their subject; the others follow by name."""

QUALITY = (
    ("unfinished", mark("Unfinished records")),
    ("second_keying", mark("Second keying")),
    ("statistics", mark("Operators")),
)
MORE = mark("More")
YEAR = mark("Year {year}")
SUBMITTED = mark("Year {year} · submitted")
NAVIGATION = mark("Navigation")
SPOKEN = mark("{name}: {count}, {errors}, {warnings}")
YEARS_SHOWN = 6
FOLDED = "navigation:folded"
"""Under which the settings remember what is folded."""


_GOING = frozenset(
    {
        Qt.FocusReason.MouseFocusReason,
        Qt.FocusReason.TabFocusReason,
        Qt.FocusReason.BacktabFocusReason,
    }
)


class Navigation(QTreeView):
    """The tree of subjects. A click or Enter asks for the screen; nothing else does."""

    asked = Signal(str)
    """A screen is wanted, by its address."""

    left = Signal()
    """The person goes back to the screen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kinds: tuple[Listed, ...] = ()
        self._model = QStandardItemModel(self)
        self._years: tuple[tuple[int, ...], frozenset[int]] | None = None
        self._place = ""
        self.setObjectName("navigation")
        self.setModel(self._model)
        self.setItemDelegate(BadgeDelegate(desk, self))
        self.setHeaderHidden(True)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setIndentation(theme.em(0.75))
        self.setIconSize(QSize(theme.em(0.95), theme.em(0.95)))
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setAccessibleName(desk.say(NAVIGATION))
        self.clicked.connect(self._on_chosen)
        self.activated.connect(self._on_chosen)
        self._fill_subjects()

    def show_kinds(self, kinds: Sequence[Listed]) -> None:
        """List the kinds of a register under their subjects; the same ones stay as they stand."""
        if self._kinds == tuple(kinds):
            return
        self._kinds = tuple(kinds)
        self._years = None
        self._fill_subjects()
        self._fill_kinds()
        self._fill_quality()
        folded = self._desk.settings.recall(FOLDED)
        for subject in ("land", "stockpile", "retained", "victims", "years", "quality"):
            self.expand(self._subject(subject).index())
        if isinstance(folded, list):
            for name in SUBJECTS:
                self.setExpanded(self._subject(name).index(), name not in folded)

    def show_nothing(self) -> None:
        """No register is open."""
        self._kinds = ()
        self._years = None
        self._fill_subjects()

    def show_glance(self, glance: Glance) -> None:
        """Show how a register stands, with its open problems if they are known already."""
        self.show_kinds(glance.kinds)
        self._show_overview(glance.overview)
        if glance.standing is not None:
            self.show_standing(glance.standing)
        if not self.currentIndex().isValid():  # its item has only come now
            self.show_place(self._place)

    def _show_overview(self, overview: Overview) -> None:
        """Write how many records there are beside each kind, and list the years."""
        for item in self._items():
            kind = self._kind_of(item)
            if kind:
                item.setData(overview.counts.get(kind, 0), COUNT)
        self._fill_years(overview)
        self._show_unfinished(overview.unfinished)
        self._tell_readers()

    def show_standing(self, standing: YearStanding) -> None:
        """Write the open problems of a year beside the year and beside each kind."""
        for item in self._items():
            kind = self._kind_of(item)
            found = standing.by_kind.get(kind) if kind else None
            if item.data(ADDRESS) == f"year:{standing.year}":
                found = standing.total
            item.setData(found.errors if found else 0, ERRORS)
            item.setData(found.warnings if found else 0, WARNINGS)
        self._tell_readers()

    def _show_unfinished(self, count: int) -> None:
        for item in self._items():
            if item.data(ADDRESS) == "unfinished":
                item.setData(count, COUNT)

    def show_place(self, address: str) -> None:
        """Mark the item of the screen that is shown."""
        self._place = address
        wanted = place_of(address)
        for item in self._items():
            if item.data(ADDRESS) == wanted:
                self.setCurrentIndex(item.index())
                return
        self.setCurrentIndex(QModelIndex())

    def first_address(self, subject: str) -> str | None:
        """What a subject opens with."""
        item = self._subject(subject)
        first = item.child(0) if item.rowCount() else None
        address: str | None = first.data(ADDRESS) if first else None
        return address

    def places(self) -> Mapping[str, str]:
        """The addresses that can be asked for, with the words they have here."""
        return {item.data(ADDRESS): item.text() for item in self._items() if item.data(ADDRESS)}

    def spoken(self, address: str) -> str:
        """What a screen reader says of the item of a screen."""
        for item in self._items():
            if item.data(ADDRESS) == address:
                return str(item.data(Qt.ItemDataRole.AccessibleTextRole) or item.text())
        return ""

    def folded(self) -> list[str]:
        """Which subjects are folded, to be remembered."""
        found = [self._subject(name) for name in SUBJECTS]
        return [item.data(NAME) for item in found if not self.isExpanded(item.index())]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() in _GOING:
            self.left.emit()

    def _on_chosen(self, index: QModelIndex) -> None:
        address = index.data(ADDRESS)
        if address:
            self.asked.emit(address)
        else:
            self.setExpanded(index, not self.isExpanded(index))

    def _fill_subjects(self) -> None:
        self._model.clear()
        for name, title in SUBJECTS.items():
            item = QStandardItem(icons.icon(SUBJECT_ICONS[name]), self._desk.say(title))
            item.setData(name, NAME)
            item.setEnabled(bool(self._kinds))
            self._model.appendRow(item)

    def _fill_kinds(self) -> None:
        for subject in SUBJECTS:
            parent = self._subject(subject)
            more = QStandardItem(self._desk.say(MORE))
            for one in sorted(self._kinds, key=partial(order, self._desk)):
                if one.subject != subject:
                    continue
                item = QStandardItem(self._desk.say(one.plural))
                item.setData(f"list:{one.kind}", ADDRESS)
                (more if one.is_row else parent).appendRow(item)
            if more.rowCount():
                parent.appendRow(more)

    def _fill_quality(self) -> None:
        parent = self._subject("quality")
        for address, title in QUALITY:
            item = QStandardItem(self._desk.say(title))
            item.setData(address, ADDRESS)
            parent.appendRow(item)

    def _fill_years(self, overview: Overview) -> None:
        if (overview.years, overview.submitted) == self._years:
            return
        self._years = (overview.years, overview.submitted)
        parent = self._subject("years")
        parent.removeRows(0, parent.rowCount())
        more = QStandardItem(self._desk.say(MORE))
        for n, year in enumerate(overview.years):
            title = SUBMITTED if year in overview.submitted else YEAR
            item = QStandardItem(self._desk.say(title, year=year))
            item.setData(f"year:{year}", ADDRESS)
            (parent if n < YEARS_SHOWN else more).appendRow(item)
        if more.rowCount():
            parent.appendRow(more)

    def _subject(self, name: str) -> QStandardItem:
        return self._model.item(list(SUBJECTS).index(name))

    def _items(self, parent: QStandardItem | None = None) -> Iterator[QStandardItem]:
        top = parent or self._model.invisibleRootItem()
        for row in range(top.rowCount()):
            item = top.child(row)
            yield item
            yield from self._items(item)

    def _kind_of(self, item: QStandardItem) -> str | None:
        name, _, kind = str(item.data(ADDRESS) or "").partition(":")
        return kind if name == "list" else None

    def _tell_readers(self) -> None:
        """Say for a screen reader what the badges show."""
        count = self._desk.count
        for item in self._items():
            errors, warnings = item.data(ERRORS) or 0, item.data(WARNINGS) or 0
            item.setToolTip(item.text())  # a name may be too long for its row
            if item.data(COUNT) is None and not errors and not warnings:
                continue
            spoken = self._desk.say(
                SPOKEN,
                name=item.text(),
                count=count("{n} record", "{n} records", item.data(COUNT) or 0),
                errors=count("{n} error", "{n} errors", errors),
                warnings=count("{n} warning", "{n} warnings", warnings),
            )
            item.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)
            if errors or warnings:
                item.setToolTip(spoken)


def place_of(address: str) -> str:
    """The address that stands in the navigation for a screen: a record stands under its list."""
    name, *parts = address.split(":")
    return f"list:{parts[0]}" if name == "editor" and parts else address


def order(desk: Desk, one: Listed) -> tuple[int, str]:
    """Where a kind stands in its subject: what is keyed most first, then as words are sorted."""
    place = FIRST.index(one.kind) if one.kind in FIRST else len(FIRST)
    return place, desk.order(desk.say(one.plural))
