"""A form ready for use: what its file lays out, joined with what the record's columns say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mineaction_desktop.domain.problems import Severity
from mineaction_desktop.formdef.choices import ChoiceList
from mineaction_desktop.formdef.expressions import Expression


@dataclass(frozen=True, slots=True)
class Taken:
    """Where a value comes from while a record is keyed: a field of the record that ``link`` names.

    For the rows of a record, the link above names the record that is being keyed.
    """

    link: str
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a form.

    ``obligatory`` comes from the record, ``required`` from the form: the one always, the other
    when its expression is true. ``unit`` is what the record keeps, ``typed_unit`` what a bare
    number is taken for. ``extra`` fields live in the record's ``extra``.
    """

    kind: str
    name: str
    label: str
    type: str
    help: str = ""
    choices: ChoiceList | None = None
    link: str | None = None
    unit: str | None = None
    typed_unit: str | None = None
    minimum: float | int | None = None
    maximum: float | int | None = None
    obligatory: bool = False
    required: Expression | bool = False
    relevant: Expression | None = None
    constraint: Expression | None = None
    constraint_message: str | None = None
    default: object = None
    default_today: bool = False
    filter: Expression | None = None
    taken: Taken | None = None
    aliases: tuple[str, ...] = ()
    pinned: bool = False
    widget: str | None = None
    extra: bool = False
    is_parent_link: bool = False
    written_in: str | None = None
    currency_field: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The rows of a child kind inside a form; ``link_field`` of a row names the record above."""

    kind: str
    link_field: str
    form: Form

    def shares(self, field: Field, above: Form) -> bool:
        """Whether a row has a link from the record above it, so that nobody keys it twice.

        A link that each row must have is shared only if the form says that it is taken from there.
        """
        is_taken = field.taken is not None and field.taken.link == self.link_field
        is_in_both = field.name in above.fields and field.name != self.link_field
        return bool(field.link) and is_in_both and (is_taken or not field.obligatory)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a form: fields, or the rows of a group."""

    id: str
    title: str
    help: str = ""
    relevant: Expression | None = None
    fields: tuple[Field, ...] = ()
    group: Group | None = None

    @property
    def is_conditional(self) -> bool:
        """Whether the section or a field of it is relevant only sometimes."""
        conditions = (self.relevant, *(one.relevant for one in self.fields))
        return any(condition is not None for condition in conditions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A check over several fields; false is a problem, unknown is none."""

    code: str
    check: Expression
    message: str
    field: str | None
    severity: Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Everything a screen, a check and a spreadsheet need to know about one record kind.

    ``conditional`` are the sections that can be hidden or have fields that can; ``demanding`` are
    the fields that may have to be filled in. Most are neither, and need not be asked. ``extras``
    are the national fields, which the record keeps in its ``extra``.
    """

    kind: str
    title: str
    plural: str
    subject: str
    help: str
    label: str
    list_columns: tuple[str, ...]
    code: str
    sections: tuple[Section, ...]
    rules: tuple[Rule, ...]
    fields: Mapping[str, Field] = field(default_factory=dict)
    conditional: tuple[Section, ...] = field(init=False)
    demanding: frozenset[str] = field(init=False)
    extras: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        conditional = tuple(section for section in self.sections if section.is_conditional)
        demanding = (one.name for one in self.fields.values() if one.obligatory or one.required)
        object.__setattr__(self, "conditional", conditional)
        object.__setattr__(self, "demanding", frozenset(demanding))
        extras = frozenset(name for name, one in self.fields.items() if one.extra)
        object.__setattr__(self, "extras", extras)

    @property
    def groups(self) -> tuple[Group, ...]:
        """The repeated groups, in form order."""
        return tuple(section.group for section in self.sections if section.group)
