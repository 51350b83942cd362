"""The fields of a form as questions on paper, with their answers if there are any."""

from __future__ import annotations

from mineaction_desktop.formdef.choices import ChoiceList
from mineaction_desktop.formdef.form import Field, Form, Group, Section
from mineaction_desktop.formdef.wording import key
from mineaction_desktop.i18n import mark
from mineaction_desktop.records import PROVENANCE
from mineaction_desktop.reports.paper import CodeList, Grid, Option, Part, Question, Room
from mineaction_desktop.services.content import Content, Values
from mineaction_desktop.services.paper_conditions import NO, YES, only_if
from mineaction_desktop.services.paper_text import Teller

MOST_TICKED = 12
MOST_LISTED = 60
"""Longer lists, those of countries and currencies, everybody knows by name."""
_BLANK_ROWS, _FEWER_ROWS, _MANY_GROUPS = 5, 3, 3
"""A form with many groups has fewer empty rows in each, or nobody would print it."""

WRITE_DATE = mark("Year, month, day; leave out what is not known")
WRITE_DAY = mark("Year, month, day")
WRITE_LINK = mark("{title}: number or name")
WRITE_CODE = mark("Code from the list “{list}” on the last pages")
WRITE_NAME = mark("Name or code")
SEVERAL = mark("One or more")
SEVERAL_CODES = mark("One or more codes from the list “{list}” on the last pages")
GRID_CODE = mark("Code: {list}")
GRID_NAME = mark("Number or name")
GRID_DATE = mark("Year-month-day")
YES_NO = mark("yes / no")
MORE_ROWS = mark("For more rows use another sheet, and write the number of this record on it.")
IN_UNIT = mark("in {unit}")

_ROOMS = {
    "choice": Room.CODE,
    "choices": Room.CODE,
    "long_text": Room.TEXT,
    "texts": Room.LINE,
    "day": Room.DATE,
    "partial_date": Room.DATE,
    "integer": Room.NUMBER,
    "quantity": Room.NUMBER,
    "area": Room.NUMBER,
    "number": Room.NUMBER,
    "money": Room.NUMBER,
    "latitude": Room.NUMBER,
    "longitude": Room.NUMBER,
    "yes_no": Room.BOXES,
}


def parts_of(form: Form, teller: Teller) -> tuple[Part, ...]:
    """The sections of a form, blank."""
    return tuple(_part(form, section, teller, None, None) for section in form.sections)


def filled_parts(form: Form, teller: Teller, content: Content, shown: Values) -> tuple[Part, ...]:
    """The sections of a form with the answers of a record; what is not asked of it is left out.

    ``shown`` are the fields that a person sees in the record.
    """
    found = []
    for section in form.sections:
        part = _part(form, section, teller, content, shown)
        if part.questions or (part.grid and part.grid.rows):
            found.append(part)
    return tuple(found)


def lists_of(form: Form, teller: Teller) -> tuple[CodeList, ...]:
    """The lists that a blank form refers to, each once."""
    found: dict[str, CodeList] = {}
    for section in form.sections:
        in_grid = section.group is not None
        fields = _row_fields(section.group) if section.group else section.fields
        for field in fields:
            choices = field.choices
            if choices is not None and _is_listed(choices, in_grid=in_grid):
                made = tuple(Option(c.code, teller.say(c.label)) for c in choices.offered())
                found.setdefault(choices.name, CodeList(teller.say(choices.title), made))
    return tuple(found.values())


def _is_listed(choices: ChoiceList, *, in_grid: bool) -> bool:
    count = len(choices.offered())
    return count <= MOST_LISTED and (in_grid or count > MOST_TICKED)


def _part(
    form: Form, section: Section, teller: Teller, content: Content | None, shown: Values | None
) -> Part:
    condition = only_if(section.relevant, form.fields, teller.presenter.words)
    blanks = _BLANK_ROWS if len(form.groups) < _MANY_GROUPS else _FEWER_ROWS
    grid = _grid(section.group, teller, content, blanks) if section.group else None
    questions = tuple(
        _question(form, field, teller, shown)
        for field in section.fields
        if shown is None or field.name in shown
    )
    return Part(
        title=teller.say(section.title),
        help=teller.say(section.help) if content is None else "",
        only_if=condition if content is None else "",
        questions=questions,
        grid=grid,
    )


def _question(form: Form, field: Field, teller: Teller, shown: Values | None) -> Question:
    room = _ROOMS.get(field.type, Room.LINE)
    options = _options(field, teller, shown)
    is_blank = shown is None
    return Question(
        label=teller.say(field.label),
        room=Room.BOXES if options else room,
        help=" ".join(teller.say(field.help).split()) if is_blank else "",
        hint=_hint(field, teller, ticked=bool(options)) if is_blank else "",
        only_if=only_if(field.relevant, form.fields, teller.presenter.words) if is_blank else "",
        required=is_blank and (field.obligatory or field.required is True),
        options=options,
        answer=None if shown is None or options else teller.text(field, shown),
    )


def _options(field: Field, teller: Teller, shown: Values | None) -> tuple[Option, ...]:
    value = None if shown is None else shown.get(field.name)
    if field.type == "yes_no":
        answers = ((True, YES), (False, NO))
        return tuple(Option("", teller.say(word), value is said) for said, word in answers)
    if field.choices is None or len(field.choices.offered()) > MOST_TICKED:
        return ()
    chosen = value if isinstance(value, list) else [value]
    if any(code is not None and code not in field.choices for code in chosen):
        return ()  # a code of the office: written out, for no box stands for it
    found = []
    for choice in field.choices:
        if choice.active or choice.code in chosen:
            label = teller.say(choice.label)
            code = "" if key(choice.code) == key(choice.label) or shown else choice.code
            found.append(Option(code, label, choice.code in chosen))
    return tuple(found)


def _hint(field: Field, teller: Teller, *, ticked: bool) -> str:
    if ticked:
        return teller.say(SEVERAL) if field.type == "choices" else ""
    if field.choices is not None:
        many = len(field.choices.offered()) > MOST_LISTED
        of_list = SEVERAL_CODES if field.type == "choices" else WRITE_CODE
        title = teller.say(field.choices.title)
        return teller.say(WRITE_NAME) if many else teller.say(of_list, list=title)
    if field.link:
        return teller.say(WRITE_LINK, title=teller.titles.get(field.link, ""))
    if field.type in {"day", "partial_date"}:
        return teller.say(WRITE_DAY if field.type == "day" else WRITE_DATE)
    return _unit(field, teller)


def _unit(field: Field, teller: Teller) -> str:
    return teller.say(IN_UNIT, unit=field.unit) if field.unit else ""


def _row_fields(group: Group) -> list[Field]:
    """What stands in the rows of a group: not the link to the record, not where it comes from."""
    return [
        field
        for name, field in group.form.fields.items()
        if name != group.link_field and (name not in PROVENANCE or field.extra)
    ]


def _grid(group: Group, teller: Teller, content: Content | None, blanks: int) -> Grid:
    fields = _row_fields(group)
    columns = tuple(
        Question(
            label=teller.say(field.label),
            room=_grid_room(field),
            hint=_grid_hint(field, teller) if content is None else "",
            required=content is None and (field.obligatory or field.required is True),
        )
        for field in fields
    )
    if content is None:
        return Grid(columns=columns, blanks=blanks, more=teller.say(MORE_ROWS))
    rows = tuple(
        tuple(teller.text(field, row.values) for field in fields)
        for row in content.rows(group.kind)
        if not row.hidden
    )
    return Grid(columns=columns, rows=rows)


def _grid_room(field: Field) -> Room:
    return Room.NUMBER if field.type == "yes_no" else _ROOMS.get(field.type, Room.LINE)


def _grid_hint(field: Field, teller: Teller) -> str:
    if field.choices is not None:
        if len(field.choices.offered()) > MOST_LISTED:
            return teller.say(WRITE_NAME)
        return teller.say(GRID_CODE, list=teller.say(field.choices.title))
    if field.link:
        return teller.say(GRID_NAME)
    if field.type in {"day", "partial_date"}:
        return teller.say(GRID_DATE)
    return teller.say(YES_NO) if field.type == "yes_no" else _unit(field, teller)
