"""The cover page of the annual report: which forms changed since the report submitted before.

The boxes are computed. What was submitted is compared as it was printed then, in the same language
and edition; where nothing was submitted yet, with what the register says for the year before.
A box that people choose themselves takes the place of the computed one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from mineaction_desktop.domain.periods import Period
from mineaction_desktop.domain.states import State
from mineaction_desktop.i18n import mark
from mineaction_desktop.reports.document import (
    Block,
    Chart,
    Choice,
    Choices,
    Fields,
    Form,
    Picture,
    SketchMap,
    Table,
)
from mineaction_desktop.reports.earlier import last_submitted
from mineaction_desktop.reports.layouts import FormLayout, ReportLayout
from mineaction_desktop.reports.source import Source

NAME_OF_STATE = mark("NAME OF STATE [PARTY]")
PERIOD = mark("REPORTING PERIOD")
FROM_TO = mark("{first} to {last}")

CHANGED, UNCHANGED, NOT_APPLICABLE = "changed", "unchanged", "non_applicable"
CHOICE_WORDS = {
    CHANGED: mark("changed"),
    UNCHANGED: mark("unchanged (last reporting: {year})"),
    NOT_APPLICABLE: mark("non applicable"),
}
UNCHANGED_OPEN = mark("unchanged (last reporting: yyyy)")
FORM_TITLE = mark("{label}: {title}")

FormsOf = Callable[[Source], Sequence[Form]]
"""Lays the forms that have a box out, for whatever source it is given."""


def cover(
    source: Source, report: ReportLayout, layouts: Sequence[FormLayout], forms_of: FormsOf
) -> dict[str, Block]:
    """Return the parts of the cover page; ``layouts`` are the forms that have a box."""
    earlier = last_submitted(source.reader, report, source.period)
    year = earlier.year if earlier else source.period.first.year - 1
    seen = source
    if earlier and earlier.report:
        before: Sequence[Form] = earlier.report.forms
        seen = source.printed_as(earlier.report.language, earlier.report.edition)
    else:
        before = forms_of(source.at(Period.of_year(year)))
    boxes = {**statuses(seen, forms_of(seen), before, layouts), **overrides(source, layouts)}
    return {
        "cover_fields": cover_fields(source),
        "cover_choices": cover_choices(source, layouts, boxes, year),
    }


def overrides(source: Source, layouts: Sequence[FormLayout]) -> dict[str, str]:
    """The boxes that people have chosen for this year, by form; the last choice counts."""
    boxed = {layout.id.lower(): layout for layout in layouts}
    return {
        boxed[row["form"]].id: row["choice"]
        for row in source.all("cover_override")
        if row["year"] == source.period.last.year
        if row["form"] in boxed and row["choice"] in boxed[row["form"]].choices
    }


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
    """What a reader sees of a form, apart from the period it is for.

    Drawings only show what the tables say, so they do not count.
    """
    show = source.presenter.cell
    said: list[object] = []
    for block in form.blocks:
        match block:
            case Table():
                said.append((block.key, block.empty if not block.rows else None))
                said += [tuple(show(cell) for cell in row.cells) for row in block.rows]
            case Fields(items):
                said += [(label, show(value)) for label, value in items]
            case Chart() | Picture() | SketchMap():
                continue
            case _:
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
    """Which box of the cover page each form gets, compared with the forms of an earlier report."""
    earlier = {form.key: _printed(source, form) for form in before}
    boxes: dict[str, str] = {}
    for form, layout in zip(now, layouts, strict=True):
        if NOT_APPLICABLE in layout.choices and is_not_applicable(form):
            boxes[form.key] = NOT_APPLICABLE
        elif earlier.get(form.key) == _printed(source, form):
            boxes[form.key] = UNCHANGED
        else:
            boxes[form.key] = CHANGED
    return boxes


def cover_choices(
    source: Source, layouts: Sequence[FormLayout], boxes: Mapping[str, str], year: int
) -> Choices:
    """The boxes of the cover page, the first half of the forms left, the others right.

    ``year`` is the one whose report holds what is unchanged.
    """
    lines = []
    for layout in layouts:
        title = source.say(
            FORM_TITLE,
            label=source.say(layout.label or ""),
            title=source.say(layout.title),
        )
        chosen = boxes.get(layout.id)
        options = tuple(
            (_option(source, name, year if name == chosen else None), name == chosen)
            for name in layout.choices
        )
        lines.append(Choice(title, options))
    half = (len(lines) + 1) // 2
    return Choices(tuple(lines[:half]), tuple(lines[half:]))


def _option(source: Source, name: str, year: int | None) -> str:
    if name != UNCHANGED:
        return source.say(CHOICE_WORDS[name])
    if year is None:
        return source.say(UNCHANGED_OPEN)
    return source.say(CHOICE_WORDS[UNCHANGED], year=str(year))
