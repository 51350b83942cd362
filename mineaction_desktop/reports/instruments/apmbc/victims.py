"""Form J: casualties, survivors and services."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from mineaction_desktop.domain.periods import Period
from mineaction_desktop.i18n import mark
from mineaction_desktop.reports.document import Cell
from mineaction_desktop.reports.figures import (
    Contribution,
    Figure,
    Records,
    Unit,
    counted,
    total,
)
from mineaction_desktop.reports.instruments.apmbc.common import listed, records_figure, sentence
from mineaction_desktop.reports.source import Source
from mineaction_desktop.reports.tables import TableData, TableRow, totalled
from mineaction_desktop.storage.queries import Fact

TOTAL = mark("TOTAL")
PROVIDERS = mark("Providers: {names}")
OUTCOMES = ("killed", "injured", "unknown")
GROUPS = ("women", "girls", "men", "boys", "unknown")
ADULT = 18

Person = tuple[str, str, str, str, str, int]
"""Kind and id of the evidence, outcome, group of sex and age, civilian status, number."""


def group_of(sex: str | None, age: int | None, band: str | None) -> str:
    """Women, girls, men, boys or unknown; a child is under 18 on the day of the accident."""
    if sex not in ("female", "male"):
        return "unknown"
    if age is not None:
        child = age < ADULT
    elif band in ("a0_4", "a5_12", "a13_17"):
        child = True
    elif band in ("a18_24", "a25_59", "a60_plus"):
        child = False
    else:
        return "unknown"
    if sex == "female":
        return "girls" if child else "women"
    return "boys" if child else "men"


def casualties(source: Source, period: Period | None = None) -> list[tuple[Fact, Person]]:
    """Every person killed or injured in the period of the source, or another, with the accident.

    Where an accident counts more people than were entered as persons, the rest is counted with
    sex, age and status not known, on the evidence of the accident itself.
    """
    entered: dict[str, list[Fact]] = defaultdict(list)
    for row in source.all("casualty"):
        entered[row["accident_id"]].append(row)
    found: list[tuple[Fact, Person]] = []
    for accident in source.all("accident"):
        if accident["date"].last not in (period or source.period):
            continue
        people = entered[accident["id"]]
        for row in people:
            group = group_of(row["sex"], row["age"], row["age_band"])
            outcome = "killed" if row["outcome"] == "died_later" else row["outcome"]
            person = ("casualty", row["id"], outcome, group, row["civilian_status"], 1)
            found.append((accident, person))
        for outcome, column in zip(OUTCOMES, ("killed", "injured", "outcome_unknown"), strict=True):
            known = sum(1 for row in people if _outcome(row) == outcome)
            rest = (accident[column] or 0) - known
            if rest > 0:
                person = ("accident", accident["id"], outcome, "unknown", "unknown", rest)
                found.append((accident, person))
    return found


def _outcome(row: Fact) -> str:
    return "killed" if row["outcome"] == "died_later" else str(row["outcome"])


def _count(key: str, persons: Iterable[Person]) -> Figure:
    kept = [Contribution(kind, record, n) for kind, record, _, _, _, n in persons]
    return counted(key, sum(part.amount for part in kept), Unit.PERSON, Records(lambda: kept))


def casualty_table(
    source: Source,
    table: str,
    row_of: Callable[[Fact, Person], str],
    label: Callable[[str], str | None],
    columns: Mapping[str, Callable[[Person], bool]],
) -> TableData:
    """New casualties of the period by two of their properties, with sums both ways."""
    people = casualties(source)
    names = sorted({row_of(accident, person) for accident, person in people})
    rows = []
    for name in names:
        key = f"{table}/{name}"
        mine = [person for accident, person in people if row_of(accident, person) == name]
        figures = {
            column: _count(f"{key}/{column}", filter(wanted, mine))
            for column, wanted in columns.items()
        }
        cells: dict[str, Cell] = {"what": label(name), **figures}
        cells["total"] = total(f"{key}/total", figures.values(), Unit.PERSON)
        rows.append(TableRow(name, cells))
    state, text = source.empty("victims", known=bool(source.all("accident", ())))
    units = dict.fromkeys((*columns, "total"), Unit.PERSON)
    return TableData(totalled(table, rows, units, ("what", source.say(TOTAL))), state, text)


def _by(position: int, value: str) -> Callable[[Person], bool]:
    return lambda person: person[position] == value


def by_outcome(source: Source) -> TableData:
    """Killed, injured and outcome unknown, by sex and age."""
    columns = {name: _by(3, name) for name in GROUPS}
    return casualty_table(
        source,
        "casualties_outcome",
        lambda _, person: person[2],
        lambda code: source.label("outcome", code),
        columns,
    )


def by_device(source: Source) -> TableData:
    """What kind of device, by outcome."""
    columns = {name: _by(2, name) for name in OUTCOMES}
    return casualty_table(
        source,
        "casualties_device",
        lambda accident, _: str(accident["device"]),
        lambda code: source.label("casualty_device", code),
        columns,
    )


def by_status(source: Source) -> TableData:
    """Civilians, deminers, forces and others, by outcome."""
    columns = {name: _by(2, name) for name in OUTCOMES}
    return casualty_table(
        source,
        "casualties_status",
        lambda _, person: person[4],
        lambda code: source.label("civilian_status", code),
        columns,
    )


def survivors(source: Source) -> TableData:
    """Survivors and indirect victims known at the end of the period, by sex and age."""
    columns = ("victim_type", "sex", "birth_year", "age_band", "registered_on", "deceased_on")
    last, year = source.period.last, source.period.last.year
    rows = []
    alive = [
        row
        for row in source.all("survivor", columns)
        if row["registered_on"].last <= last
        and (row["deceased_on"] is None or row["deceased_on"].last > last)
    ]
    for kind in sorted({row["victim_type"] for row in alive}):
        key = f"survivors/{kind}"
        groups: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for row in alive:
            if row["victim_type"] == kind:
                groups[_group_now(row, year)].append((row["id"], 1))
        figures = {
            name: records_figure(f"{key}/{name}", "survivor", groups[name], Unit.PERSON)
            for name in GROUPS
        }
        cells: dict[str, Cell] = {"what": source.label("victim_type", kind), **figures}
        cells["total"] = total(f"{key}/total", figures.values(), Unit.PERSON)
        rows.append(TableRow(kind, cells))
    state, text = source.empty("victims", known=bool(source.all("survivor", ())))
    units = dict.fromkeys((*GROUPS, "total"), Unit.PERSON)
    return TableData(totalled("survivors", rows, units, ("what", source.say(TOTAL))), state, text)


def _group_now(row: Fact, year: int) -> str:
    age = year - row["birth_year"] if row["birth_year"] is not None else None
    return group_of(row["sex"], age, row["age_band"])


def services(source: Source) -> TableData:
    """Services of the period by type: each person once per type, aggregates as they were counted.

    Contacts and items are services, never persons.
    """
    people = source.by_id("survivor")
    by_type: dict[str, list[Fact]] = defaultdict(list)
    for row in source.within("survivor_service"):
        by_type[row["service_type"]].append(row)
    rows = []
    for code, given in sorted(by_type.items()):
        key = f"services/{code}"
        figures = _persons_served(source, key, given, people)
        held = [(row["id"], row["number_of_services"] or 1) for row in given]
        cells: dict[str, Cell] = {
            "service": source.label("service_type", code),
            "services": records_figure(f"{key}/services", "survivor_service", held, Unit.SERVICE),
            "supplementary": _providers(source, given),
            **figures,
        }
        cells["total"] = total(f"{key}/total", figures.values(), Unit.PERSON)
        rows.append(TableRow(code, cells))
    state, text = source.empty("services", known=bool(source.all("survivor_service", ())))
    units = {"services": Unit.SERVICE}  # one person has several services: persons do not add up
    return TableData(totalled("services", rows, units, ("service", source.say(TOTAL))), state, text)


def _persons_served(
    source: Source, key: str, given: list[Fact], people: Mapping[str, Fact]
) -> dict[str, Figure]:
    parts: dict[str, list[tuple[str, int]]] = defaultdict(list)
    seen: set[str] = set()
    for row in given:
        if row["mode"] == "person":
            if (person := people.get(row["survivor_id"])) and person["id"] not in seen:
                seen.add(person["id"])
                parts[_group_now(person, source.period.last.year)].append((row["id"], 1))
        elif row["count_kind"] == "persons":
            for name in GROUPS:
                if row[name]:
                    parts[name].append((row["id"], row[name]))
    return {
        name: records_figure(f"{key}/{name}", "survivor_service", parts[name], Unit.PERSON)
        for name in GROUPS
    }


def _providers(source: Source, given: list[Fact]) -> str:
    providers = source.by_id("service_provider")
    names = {
        providers[row["provider_id"]]["name"]: None
        for row in given
        if row["provider_id"] in providers
    }
    return listed(sentence(source, PROVIDERS, names=listed(*sorted(names), by="; ")))
