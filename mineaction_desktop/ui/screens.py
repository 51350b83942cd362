"""Which screen an address means. A screen is imported when it is first shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module

from mineaction_desktop.ui.desk import Session
from mineaction_desktop.ui.screen import Screen

Maker = Callable[[Session, tuple[str, ...]], Screen]


@dataclass(frozen=True, slots=True)
class _Named:
    """A class in a module of ``ui``, and how the parts of an address become its arguments."""

    module: str
    name: str
    arguments: Callable[[tuple[str, ...]], tuple[object, ...]]

    def __call__(self, session: Session, parts: tuple[str, ...]) -> Screen:
        found = getattr(import_module(f"mineaction_desktop.ui.{self.module}"), self.name)
        made: Screen = found(session, *self.arguments(parts))
        return made


def _none(_: tuple[str, ...]) -> tuple[object, ...]:
    return ()


def _kind(parts: tuple[str, ...]) -> tuple[object, ...]:
    return (parts[0],)


def _year(parts: tuple[str, ...]) -> tuple[object, ...]:
    return (int(parts[0]),)


def _record(parts: tuple[str, ...]) -> tuple[object, ...]:
    """``KIND:ID:DRAFT``; both ids may be missing or empty."""
    kind, record_id, draft_id = (*parts, "", "")[:3]
    return kind, record_id or None, draft_id or None


SCREENS: Mapping[str, Maker] = {
    "list": _Named("lists.list_screen", "ListScreen", _kind),
    "editor": _Named("entry.editor_screen", "EditorScreen", _record),
    "year": _Named("year.year_screen", "YearScreen", _year),
    "unfinished": _Named("quality.unfinished_screen", "UnfinishedScreen", _none),
    "second_keying": _Named("quality.second_keying_screen", "SecondKeyingScreen", _none),
    "statistics": _Named("quality.statistics_screen", "StatisticsScreen", _none),
    "search": _Named("lists.search_screen", "SearchScreen", _none),
}
"""Every screen that works in an open register, by the first part of its address."""

LASTING = frozenset({"register", "list", "year", "search", "unfinished"})
"""Screens that stay as they are while others are looked at; the rest is made anew."""


def make_screen(session: Session, address: str) -> Screen:
    """Make the screen of an address; ``KeyError`` or ``ValueError`` if there is none."""
    name, *parts = address.split(":")
    return SCREENS[name](session, tuple(parts))
