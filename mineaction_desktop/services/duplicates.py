"""Records that the one being keyed may be already: looked for while the person types.

What tells two records of a kind apart follows from its form: a number in another system, a name,
a position, or a day with a place and an amount. A few kinds need to be told more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import cos, hypot, radians

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.formdef.catalogue import Catalogue
from mineaction_desktop.formdef.folding import folded
from mineaction_desktop.formdef.form import Field, Form
from mineaction_desktop.i18n import Message, Words, mark
from mineaction_desktop.records import PROVENANCE
from mineaction_desktop.services.content import Content
from mineaction_desktop.services.linking import find_links, link_name
from mineaction_desktop.storage.likenesses import (
    Around,
    alike,
    facts_of,
    is_small,
    units_around,
)
from mineaction_desktop.storage.queries import Fact
from mineaction_desktop.storage.reader import Reader

NEAR = 300
"""So many metres apart may be the same spot, taken twice."""
_MANY = 50_000
"""With more records than this, only those that share a link are looked at."""
_DEGREE = 111_320
_WIDE = 0.9
_LEAST = 4
"""Shorter words are in too many names."""

SAME_NUMBER = mark("It has the same number in another system: {value}.")
SAME_DAY = mark("Same place, same day.")
DAYS_APART = mark("Same district, {n} day apart.")
DAYS_APART_MANY = mark("Same district, {n} days apart.")
SAME_NAME = mark("{label} nearly the same: “{name}”.")
CLOSE_BY = mark("Only {n} metre away.")
CLOSE_BY_MANY = mark("Only {n} metres away.")
SAME_AMOUNT = mark("Same day, same place, and the same amount. {label}: {value}.")
SAME_IN_ALL = mark("The same in all that counts: {labels}.")


@dataclass(frozen=True, slots=True)
class Likely:
    """A record that may be meant, and why."""

    kind: str
    id: str
    local_id: str
    name: str
    why: Message


@dataclass(frozen=True, slots=True)
class Told:
    """What else makes two records of a kind one: the same fields, or days close together."""

    same: tuple[str, ...] = ()
    days: int | None = None


TOLD: Mapping[str, Told] = {
    "accident": Told(days=3),
    "survivor_service": Told(("survivor_id", "service_type", "date")),
    "survivor": Told(("admin_unit_id", "sex", "birth_year", "victim_type")),
    "land_activity": Told(("hazardous_area_id", "kind", "start_date")),
    "eore_session": Told(("organisation_id", "admin_unit_id", "place", "date")),
    "quality_visit": Told(("activity_id", "kind", "date")),
}
"""Kinds whose fields alone do not say when two records are one."""

NEVER = frozenset({"person_identity", "explanation", "cover_override", "attachment"})
"""Kinds in which nothing is looked for: sealed, or kept by the program."""


@dataclass(frozen=True, slots=True)
class _Roles:
    """Which fields of a form say when, where, how much and what it is called."""

    date: str | None
    unit: str | None
    links: tuple[str, ...]
    names: tuple[str, ...]
    amounts: tuple[str, ...]
    has_position: bool

    @property
    def columns(self) -> tuple[str, ...]:
        wanted = (self.date, self.unit, *self.links, *self.names, *self.amounts)
        position = ("latitude", "longitude") if self.has_position else ()
        return tuple(dict.fromkeys(name for name in (*wanted, *position) if name))


@dataclass(slots=True)
class _Search:
    """One look at the register, for one record."""

    reader: Reader
    catalogue: Catalogue
    content: Content
    words: Words
    form: Form
    roles: _Roles
    units: frozenset[str] = field(default_factory=frozenset)

    def value(self, name: str | None) -> object:
        return None if name is None else self.content.values.get(name)


def likely_duplicates(
    reader: Reader, catalogue: Catalogue, content: Content, words: Words, limit: int = 5
) -> list[Likely]:
    """The records that a new one may be already, the most likely first."""
    if content.kind in NEVER or content.kind not in catalogue.forms:
        return []
    form = catalogue.form(content.kind)
    search = _Search(reader, catalogue, content, words, form, _roles(form))
    unit = search.value(search.roles.unit)
    if unit is not None:
        search.units = units_around(reader, str(unit))
    found: dict[str, tuple[Fact, Message]] = {}
    for look in (_same_number, _same_in_all, _same_amount, _close_by, _same_days, _same_name):
        if len(found) >= limit:
            break
        for fact, why in look(search):
            if fact["id"] != content.id:
                found.setdefault(fact["id"], (fact, why))
    return [_likely(search, fact, why) for fact, why in list(found.values())[:limit]]


_Found = Iterator[tuple[Fact, Message]]


def _likely(search: _Search, fact: Fact, why: Message) -> Likely:
    kind = search.content.kind
    name = link_name(search.reader, search.catalogue, kind, fact["id"], search.words)
    return Likely(kind, fact["id"], fact["local_id"], name, why)


def _roles(form: Form) -> _Roles:
    own = [one for one in form.fields.values() if one.name not in PROVENANCE and not one.extra]

    def named(*types: str) -> tuple[str, ...]:
        return tuple(one.name for one in own if one.type in types)

    dates = named("partial_date", "day")
    links = tuple(one.name for one in own if one.link)
    unit = "admin_unit_id" if "admin_unit_id" in links and form.kind != "admin_unit" else None
    return _Roles(
        date="date" if "date" in dates else next(iter(dates), None),
        unit=unit,
        links=tuple(name for name in links if name != unit),
        names=tuple(name for name in ("name", "title", "place") if name in form.fields),
        amounts=named("quantity", "area"),
        has_position="latitude" in form.fields and "longitude" in form.fields,
    )


def _same_number(search: _Search) -> _Found:
    number = search.value("external_id")
    if number and is_small(search.reader, search.content.kind, _MANY):
        for fact in alike(search.reader, search.content.kind, (), {"external_id": number}):
            yield fact, Message(SAME_NUMBER, {"value": number})


def _same_in_all(search: _Search) -> _Found:
    """Records that have the same values in the fields that tell records of this kind apart."""
    names = TOLD.get(search.content.kind, Told()).same
    values = {name: search.value(name) for name in names if name in search.form.fields}
    if not values or any(value is None for value in values.values()):
        return
    labels = ", ".join(search.words.gettext(search.form.fields[name].label) for name in values)
    for fact in alike(search.reader, search.content.kind, (), values):
        yield fact, Message(SAME_IN_ALL, {"labels": labels})


def _same_amount(search: _Search) -> _Found:
    """Records of the same day with the same links and amounts."""
    roles, when = search.roles, search.value(search.roles.date)
    amounts = {name: search.value(name) for name in roles.amounts}
    amounts = {name: value for name, value in amounts.items() if value}
    links = {name: search.value(name) for name in (roles.unit, *roles.links) if name}
    links = {name: value for name, value in links.items() if value is not None}
    kinds = {"kind": search.value("kind")} if search.value("kind") is not None else {}
    if roles.date is None or when is None or not amounts or not links:
        return
    name, value = next(iter(amounts.items()))
    same = {**links, **kinds, **amounts, roles.date: when}
    label = Message(search.form.fields[name].label)
    for fact in alike(search.reader, search.content.kind, (), same):
        yield fact, Message(SAME_AMOUNT, {"label": label, "value": value})


def _close_by(search: _Search) -> _Found:
    """Records at about the same spot; where they have a day, of about the same day."""
    latitude, longitude = search.value("latitude"), search.value("longitude")
    if not search.roles.has_position:
        return
    if not isinstance(latitude, float) or not isinstance(longitude, float):
        return
    high = NEAR / _DEGREE
    wide = min(high / max(cos(radians(latitude)), 0.01), _WIDE)
    box = (latitude - high, latitude + high), (longitude - wide, longitude + wide)
    around = Around(_days(search, TOLD.get(search.content.kind, Told()).days or 0), box)
    if search.roles.date and search.content.kind in _EVENTS and around.day is None:
        return
    for fact in _suspects(search, around):
        metres = _distance(latitude, longitude, fact)
        if metres <= NEAR:
            yield fact, Message(CLOSE_BY, {"n": metres}, CLOSE_BY_MANY)


_EVENTS = frozenset({"accident", "eore_session", "device_found", "land_activity"})
"""Kinds of which several may happen at one spot, on different days."""


def _same_days(search: _Search) -> _Found:
    """Events in the district within a few days."""
    days = TOLD.get(search.content.kind, Told()).days
    when = search.value(search.roles.date)
    if days is None or not search.units or not isinstance(when, PartialDate | date):
        return
    for fact in _suspects(search, Around(_days(search, days))):
        if search.roles.unit is not None and fact[search.roles.unit] in search.units:
            apart = abs((_last(fact[str(search.roles.date)]) - _last(when)).days)
            values = {"n": apart}
            same = fact[search.roles.unit] == search.value(search.roles.unit) and not apart
            yield fact, Message(SAME_DAY) if same else Message(DAYS_APART, values, DAYS_APART_MANY)


def _same_name(search: _Search) -> _Found:
    """Records with a name that holds this one or stands in it; events count by their day."""
    if search.roles.date is not None and search.content.kind in _EVENTS:
        return
    for name in search.roles.names:
        typed = search.value(name)
        wanted = folded(str(typed)) if typed else ""
        if len(wanted) < _LEAST:
            continue
        label = Message(search.form.fields[name].label)
        for fact in _named_alike(search, wanted):
            other = folded(str(fact[name] or ""))
            if len(other) >= _LEAST and (wanted in other or other in wanted):
                yield fact, Message(SAME_NAME, {"label": label, "name": fact[name]})


def _named_alike(search: _Search, wanted: str) -> Sequence[Fact]:
    """Records of the district, or of everywhere if there is none, that may have a name."""
    columns = search.roles.columns
    if search.roles.unit and search.units:
        same = {search.roles.unit: search.units}
        return alike(search.reader, search.content.kind, columns, same)
    if search.roles.unit or not is_small(search.reader, search.content.kind, _MANY):
        return []
    field_to_it = Field(
        kind=search.content.kind, name="", label="", type="link", link=search.content.kind
    )
    options = find_links(
        search.reader, search.catalogue, field_to_it, wanted, {}, words=search.words
    )
    ids = [one.id for one in options]
    return facts_of(search.reader, search.content.kind, ids, columns)


def _suspects(search: _Search, around: Around) -> Sequence[Fact]:
    """Records within limits, through the index of the place if there is one."""
    kind, unit = search.content.kind, search.roles.unit
    if unit and search.units:
        return alike(search.reader, kind, search.roles.columns, {unit: search.units}, around)
    if is_small(search.reader, kind, _MANY):
        return alike(search.reader, kind, search.roles.columns, {}, around)
    return []


def _days(search: _Search, days: int) -> tuple[str, date, date] | None:
    name, when = search.roles.date, search.value(search.roles.date)
    if name is None or not isinstance(when, PartialDate | date):
        return None
    if search.content.kind not in _EVENTS:
        return None
    last = _last(when)
    most = min(date.max - last, timedelta(days=days))
    return name, max(date.min + timedelta(days=days), last) - timedelta(days=days), last + most


def _last(when: PartialDate | date) -> date:
    return when.last if isinstance(when, PartialDate) else when


def _distance(latitude: float, longitude: float, fact: Fact) -> int:
    """How many metres lie between, near enough for a short way."""
    if fact["latitude"] is None or fact["longitude"] is None:
        return NEAR + 1
    north = (fact["latitude"] - latitude) * _DEGREE
    east = (fact["longitude"] - longitude) * _DEGREE * cos(radians(latitude))
    return round(hypot(north, east))
