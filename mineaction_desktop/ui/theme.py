"""How the window looks: colours in a light and a dark set, spaces, and the size of text.

Everything that a screen paints by itself takes its colours from :func:`current`; what Qt paints
takes them from the palette and the stylesheet that :mod:`~mineaction_desktop.ui.looks` makes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

POINTS = 10.0
"""The size of text at 100 %."""

SPACES = (4, 8, 12, 16, 24)
"""The steps of every distance, in pixels at 100 %."""

SHORT, NARROW = 30, 46
"""Below so many heights of a line a window is short, or narrow: large text on a small screen."""


@dataclass(frozen=True, slots=True)
class Theme:
    """A set of colours, with contrast enough for everybody.

    Text on its ground has 4.5 to 1 or more, also where it cannot be used just now: it still tells
    something. Borders and the ring of the focus have 3.
    """

    name: str
    window: str
    surface: str
    raised: str
    sunken: str
    line: str
    line_strong: str
    text: str
    text_soft: str
    text_faint: str
    accent: str
    accent_hover: str
    accent_text: str
    accent_soft: str
    error: str
    error_soft: str
    warning: str
    warning_soft: str
    info: str
    info_soft: str
    done: str
    done_soft: str
    exercise: str
    exercise_text: str

    def colours(self) -> Mapping[str, str]:
        """Every colour by its name."""
        return _colours(self)

    def colour(self, name: str) -> QColor:
        """One colour, for painting."""
        return QColor(_colours(self)[name])


@cache
def _colours(theme: Theme) -> Mapping[str, str]:
    return asdict(theme)


LIGHT = Theme(
    name="light",
    window="#F3F5F6",
    surface="#FFFFFF",
    raised="#FFFFFF",
    sunken="#E8ECEE",
    line="#D3DADE",
    line_strong="#76848C",
    text="#1A2226",
    text_soft="#4A5862",
    text_faint="#5E6B74",
    accent="#0B6866",
    accent_hover="#085351",
    accent_text="#FFFFFF",
    accent_soft="#D9ECEB",
    error="#B3261E",
    error_soft="#FBE8E6",
    warning="#8A5300",
    warning_soft="#FDF1DA",
    info="#1F5A96",
    info_soft="#E4EFFA",
    done="#1F6B34",
    done_soft="#E2F2E6",
    exercise="#6A3D9E",
    exercise_text="#FFFFFF",
)

DARK = Theme(
    name="dark",
    window="#171C1F",
    surface="#1E2428",
    raised="#272E33",
    sunken="#12161A",
    line="#353F45",
    line_strong="#7A8992",
    text="#E6EBEE",
    text_soft="#B4C0C7",
    text_faint="#95A2AA",
    accent="#56BDB6",
    accent_hover="#7AD0CA",
    accent_text="#06201F",
    accent_soft="#1D3D3C",
    error="#FF9A90",
    error_soft="#3B211F",
    warning="#F2BE5C",
    warning_soft="#382C16",
    info="#8FC1F2",
    info_soft="#192C3E",
    done="#83CE96",
    done_soft="#193122",
    exercise="#5E3C8B",
    exercise_text="#FFFFFF",
)


def current() -> Theme:
    """The colours that the window has just now."""
    return DARK if QGuiApplication.palette().window().color().lightness() < 128 else LIGHT


def wanted(choice: str) -> Theme:
    """The colours for a choice of the person: ``light``, ``dark`` or ``system``."""
    if choice == "system":
        hints = QGuiApplication.styleHints()
        return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT
    return DARK if choice == "dark" else LIGHT


def space(step: int) -> int:
    """A distance of 4, 8, 12, 16 or 24 pixels, grown with the size of text."""
    return round(step * QApplication.font().pointSizeF() / POINTS)


def points(factor: float = 1) -> float:
    """A size of text, as a part of the usual one."""
    return QApplication.font().pointSizeF() * factor


def em(count: float = 1) -> int:
    """So many heights of a line of text, in pixels."""
    return round(count * QFontMetrics(QApplication.font()).height())


def is_short(widget: QWidget) -> bool:
    """Whether the window of a widget is so low that its frame has to give way to its content."""
    return widget.window().height() < em(SHORT)


def is_narrow(widget: QWidget) -> bool:
    """Whether the window of a widget is so narrow that two things do not stand side by side."""
    return widget.window().width() < em(NARROW)
