"""Codes that are no longer, or never were, in the list they belong to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from mineaction_desktop.domain.problems import Severity
from mineaction_desktop.formdef.catalogue import load_catalogue
from mineaction_desktop.formdef.choices import ChoiceList
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.records import kinds
from mineaction_desktop.rules.common import finding, records
from mineaction_desktop.rules.model import Case, Finding, Rule
from mineaction_desktop.rules.reading import (
    columns,
    field_label,
    is_of_period,
    kind_title,
    listed,
    span_columns,
)
from mineaction_desktop.storage.queries import Fact
from mineaction_desktop.storage.suspects import Allowed, outside_lists
from mineaction_desktop.storage.view import View

NOT_LISTED = mark(
    "“{code}” is no code of the list “{list}”. It stands under “{field}” of {kind} {numbers}."
)
RETIRED = mark(
    "The code “{code}” of the list “{list}” is no longer used. It stands under “{field}” of "
    "{kind} {numbers}."
)


@cache
def _lists(kind: str) -> Mapping[str, ChoiceList]:
    """The list of each column of a kind that has one."""
    lists = load_catalogue().lists
    found = {column.name: lists.get(str(column.info.get("list"))) for column in columns(kind)}
    return {name: choices for name, choices in found.items() if choices is not None}


@cache
def _allowed(kind: str) -> Mapping[str, Allowed]:
    """What each column may hold; an open list takes any code that it has not retired."""
    return {
        name: Allowed(
            fine=None if choices.is_open else tuple(choice.code for choice in choices.offered()),
            retired=tuple(choice.code for choice in choices if not choice.active),
        )
        for name, choices in _lists(kind).items()
    }


def _strange(view: View, kind: str) -> Mapping[tuple[str, str], list[Fact]]:
    """Records of the period by each column and code that its list does not offer."""
    allowed = _allowed(kind)
    strange: dict[tuple[str, str], list[Fact]] = {}
    for row in outside_lists(view.reader, kind, allowed, view.counting, span_columns(kind)):
        if not is_of_period(view, kind, row):
            continue
        for name, codes in allowed.items():
            value = row[name]
            for code in value if isinstance(value, list) else (value,):
                if code is not None and not codes.holds(code):
                    strange.setdefault((name, code), []).append(row)
    return strange


def _vocabulary(case: Case) -> Iterator[Finding]:
    view = case.view
    for kind in kinds():
        for (name, code), found in _strange(view, kind).items():
            choices = _lists(kind)[name]
            if choices.name == "country" and code == view.state["iso3"]:
                continue  # the State is what it says it is, a made-up one for training too
            yield finding(
                RETIRED if code in choices else NOT_LISTED,
                f"{kind}/{name}/{code}",
                records(kind, found),
                code=code,
                list=Message(choices.title),
                field=field_label(kind, name),
                kind=kind_title(kind),
                numbers=listed([row["local_id"] for row in found]),
            )


RULES = (
    Rule(
        "DS-13",
        Severity.ERROR,
        "records",
        mark("Every code belongs to its list and is still in use."),
        _vocabulary,
        mark("Choose a code of the list, or add this one to the lists of the office."),
    ),
)
