"""The front page and the cover page of the annual report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mineaction_desktop.domain.states import State
from mineaction_desktop.i18n import mark
from mineaction_desktop.reports.document import (
    Cell,
    Choice,
    Choices,
    Fields,
    Form,
    Table,
)
from mineaction_desktop.reports.instruments.apmbc.common import listed, sentence
from mineaction_desktop.reports.layouts import FormLayout
from mineaction_desktop.reports.source import Source

STATE = mark("STATE [PARTY]")
SUBMITTED = mark("DATE OF SUBMISSION")
CONTACT = mark("POINT OF CONTACT")
PERIOD = mark("REPORTING PERIOD")
FROM_TO = mark("{first} to {last}")
TELEPHONES = mark("Telephones: {numbers}")
FAX = mark("Fax: {number}")
EMAIL = mark("E-mail: {address}")
NOT_SUBMITTED = mark("not yet submitted")
NAME_OF_STATE = mark("NAME OF STATE [PARTY]")

CHANGED, UNCHANGED, NOT_APPLICABLE = "changed", "unchanged", "non_applicable"
CHOICE_WORDS = {
    CHANGED: mark("changed"),
    UNCHANGED: mark("unchanged (last reporting: {year})"),
    NOT_APPLICABLE: mark("non applicable"),
}
UNCHANGED_OPEN = mark("unchanged (last reporting: yyyy)")
FORM_TITLE = mark("{label}: {title}")


def front(source: Source) -> Fields:
    """Name of the State, date of submission and points of contact."""
    contacts = source.all("contact_point")
    state = source.state
    items: list[tuple[str, Cell]] = [
        (source.say(STATE), state["official_name"] or state["name"]),
        (source.say(SUBMITTED), source.say(NOT_SUBMITTED)),
    ]
    for row in contacts:
        said = listed(
            row["organisation"],
            row["position"],
            sentence(source, TELEPHONES, numbers=row["telephones"]),
            sentence(source, FAX, number=row["fax"]),
            sentence(source, EMAIL, address=row["email"]),
        )
        items.append((source.say(CONTACT), said))
    if not contacts:
        items.append((source.say(CONTACT), state["authority"] or State.UNKNOWN))
    return Fields(tuple(items))


def cover_fields(source: Source) -> Fields:
    """Name of the State and the period, dates as the cover page wants them."""
    period = source.period
    first, last = (f"{day:%d/%m/%Y}" for day in (period.first, period.last))
    return Fields(
        (
            (source.say(NAME_OF_STATE), source.state["official_name"] or source.state["name"]),
            (source.say(PERIOD), source.say(FROM_TO, first=first, last=last)),
        )
    )


def _printed(source: Source, form: Form) -> tuple[object, ...]:
    """What a reader sees of a form, apart from the period it is for."""
    show = source.presenter.cell
    said: list[object] = []
    for block in form.blocks:
        if isinstance(block, Table):
            said.append((block.key, block.empty if not block.rows else None))
            said += [tuple(show(cell) for cell in row.cells) for row in block.rows]
        else:
            said.append(block)
    return tuple(said)


def is_not_applicable(form: Form) -> bool:
    """Whether every part of a form says that it does not apply to the State."""
    tables = [block for block in form.blocks if isinstance(block, Table)]
    return bool(tables) and all(
        not table.rows and table.empty is State.NOT_APPLICABLE for table in tables
    )


def statuses(
    source: Source, now: Sequence[Form], before: Sequence[Form], layouts: Sequence[FormLayout]
) -> Mapping[str, str]:
    """Which box of the cover page each form gets: what the register says for the year before."""
    earlier = {form.key: _printed(source, form) for form in before}
    boxes: dict[str, str] = {}
    for form, layout in zip(now, layouts, strict=True):
        if not layout.choices:
            continue
        if NOT_APPLICABLE in layout.choices and is_not_applicable(form):
            boxes[form.key] = NOT_APPLICABLE
        elif earlier.get(form.key) == _printed(source, form):
            boxes[form.key] = UNCHANGED
        else:
            boxes[form.key] = CHANGED
    return boxes


def cover_choices(
    source: Source, layouts: Sequence[FormLayout], boxes: Mapping[str, str]
) -> Choices:
    """The boxes of the cover page, the first half of the forms left, the others right."""
    lines = []
    for layout in layouts:
        if not layout.choices:
            continue
        title = source.say(
            FORM_TITLE,
            label=source.say(layout.label or ""),
            title=source.say(layout.title),
        )
        chosen = boxes.get(layout.id)
        options = tuple(
            (_option(source, name, chosen=name == chosen), name == chosen)
            for name in layout.choices
        )
        lines.append(Choice(title, options))
    half = (len(lines) + 1) // 2
    return Choices(tuple(lines[:half]), tuple(lines[half:]))


def _option(source: Source, name: str, *, chosen: bool) -> str:
    if name != UNCHANGED:
        return source.say(CHOICE_WORDS[name])
    if not chosen:
        return source.say(UNCHANGED_OPEN)
    return source.say(CHOICE_WORDS[UNCHANGED], year=str(source.period.first.year - 1))
