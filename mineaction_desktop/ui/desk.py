"""What every screen is given: the program as a person uses it, and the register that is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QObject, QTime, Signal

from mineaction_desktop.formdef.sorting import sort_key
from mineaction_desktop.i18n import Message, Words, language_of, languages, load_words
from mineaction_desktop.settings import SettingsFile

if TYPE_CHECKING:  # the register's libraries load after the window is on screen
    from mineaction_desktop.formdef.catalogue import Catalogue
    from mineaction_desktop.services.editing import Changes
    from mineaction_desktop.services.opening import Author, Store


@dataclass(frozen=True, slots=True)
class Desk:
    """The program as this person uses it; no register is needed for it."""

    words: Words
    settings: SettingsFile
    locale: QLocale

    def say(self, template: str, **values: object) -> str:
        """A marked sentence in the language of the window, with years and rows in its digits."""
        shown = {name: self._plain(value) for name, value in values.items()}
        return Message(template, shown).render(self.words)

    def _plain(self, value: object) -> object:
        """A number without grouping, as years are written; anything else as it is."""
        if not isinstance(value, int) or isinstance(value, bool):
            return value
        return self.year(value)

    def count(self, one: str, many: str, n: int, **values: object) -> str:
        """A sentence that counts; ``{n}`` in it is written with the digits of the window."""
        template = self.words.ngettext(one, many, n)
        return template.format(n=self.number(n), **values)

    def today(self) -> date:
        """The day on the calendar of this computer."""
        return datetime.now().astimezone().date()

    def day(self, day: date) -> str:
        """A day with the name of its month, so that it cannot be misread."""
        return self.locale.toString(QDate(day.year, day.month, day.day), "d MMMM yyyy")

    def clock(self, moment: datetime, *, seconds: bool = False) -> str:
        """A time of the day on the clock of this place, with the digits of the window."""
        local = moment.astimezone()
        time = QTime(local.hour, local.minute, local.second)
        return self.locale.toString(time, "HH:mm:ss" if seconds else "HH:mm")

    def year(self, year: int) -> str:
        """A year with the digits of the window, and without grouping."""
        digits = QLocale(self.locale)
        digits.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
        return digits.toString(year)

    def order(self, text: str) -> str:
        """What a text is sorted by where people read it: the order of the window's language."""
        return sort_key(text, language_of(self.words))

    def number(self, n: int) -> str:
        """A whole number with the digits and the grouping of the window."""
        return self.locale.toString(n)


def open_desk(settings: SettingsFile) -> Desk:
    """The desk in the language that the person prefers."""
    language = settings.value.language or _system_language()
    return Desk(load_words(language), settings, _locale(language, settings.value.digits))


def _system_language() -> str:
    known = {"en", *languages()}
    wished = (name.partition("-")[0] for name in QLocale.system().uiLanguages())
    return next((name for name in wished if name in known), "en")


def _locale(language: str, digits: str) -> QLocale:
    """How numbers and dates are shown: days before months in English, and digits as wished."""
    if language == "en":
        return QLocale("en_GB")
    if language == "ar":
        return QLocale("ar_AE" if digits == "latin" else "ar_EG")
    return QLocale(language)


class Session(QObject):
    """The register that is open. Screens tell it what they changed; others hear it from there."""

    changed = Signal(object)
    """``services.editing.Changes``: what was saved, by kind and id."""

    kept = Signal(object)
    """``datetime``: a draft or a record reached the disk."""

    looked_over = Signal(object)
    """``services.glance.Overview``: how the register stands now, found in the background."""

    trouble = Signal(object)
    """``UserError``: something could not be kept."""

    def __init__(
        self,
        desk: Desk,
        store: Store,
        catalogue: Catalogue,
        author: Author,
        path: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.store = store
        self.catalogue = catalogue
        self.author = author
        self.path = path

    @property
    def is_exercise(self) -> bool:
        """Whether the register is for training; nothing in it is true."""
        return self.store.info.purpose == "exercise"

    def tell(self, changes: Changes) -> None:
        """Tell every screen what was changed."""
        self.changed.emit(changes)
