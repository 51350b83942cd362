"""Field types: what people and files give, what is taken over, what is refused and why."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from gettext import NullTranslations

import pytest
from form_samples import a_field, a_list
from hypothesis import given, settings
from hypothesis import strategies as st

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.problems import Problem, Severity
from mineaction_desktop.formdef.choices import ChoiceList
from mineaction_desktop.formdef.form import Field
from mineaction_desktop.formdef.model import ChoiceDef
from mineaction_desktop.formdef.types import PLAIN, PORTABLE, TYPES, FieldContext
from mineaction_desktop.records.types import LOCKED

AREA = {"unit": "m²", "minimum": 0}
FRUIT = a_list(
    ChoiceDef(code="APM", label="Anti-personnel mine", aliases=("AP mine", "PMN")),
    ChoiceDef(code="AVM", label="Anti-vehicle mine", base_term="ATM"),
    ChoiceDef(code="SUBM", label="Submunition, explosive", external="77"),
    ChoiceDef(code="old", label="No longer used", active=False),
    ChoiceDef(code="1", label="No difficulty"),
)
OPEN = a_list(ChoiceDef(code="dog", label="Dog"), is_open=True)


def read(value: object, field: Field, context: FieldContext = PLAIN) -> object:
    """What a reading gives, a problem by its code."""
    result = TYPES[field.type].read(value, field, context)
    return result.code if isinstance(result, Problem) else result


@pytest.mark.parametrize("type_name", TYPES)
@pytest.mark.parametrize(
    "nothing", [None, "", "  ", "-", "—", "N/A", "n/a", "N.A.", "\u00a0", "н/д"]
)
def test_what_means_not_given_is_empty(type_name: str, nothing: object) -> None:
    assert read(nothing, a_field(type_name)) is None


@pytest.mark.parametrize("type_name", ["day", "partial_date", "latitude", "longitude", "yes_no"])
@pytest.mark.parametrize("word", ["unknown", "Not  known", "NA", "inconnu", "неизвестно"])
def test_not_known_is_empty_where_empty_means_so(type_name: str, word: str) -> None:
    assert read(word, a_field(type_name)) is None


@pytest.mark.parametrize("type_name", ["integer", "quantity", "area", "number", "money"])
@pytest.mark.parametrize("word", ["nil", "None", "unknown", "NA", "néant", "нет", "لا يوجد", "?"])
def test_a_word_is_never_taken_for_zero(type_name: str, word: str) -> None:
    assert read(word, a_field(type_name), FieldContext(currency="USD")) == "FIELD-002"


@pytest.mark.parametrize(
    ("given_value", "expected"),
    [
        (0, 0),
        ("0", 0),
        ("1,601", 1601),
        ("1,000", 1000),
        ("1.000", "FIELD-011"),
        ("1 601", 1601),
        ("1'601", 1601),
        ("1’601", 1601),
        ("1\u202f601", 1601),
        ("1\u00a0601", 1601),
        ("1.601.000", 1_601_000),
        ("1,601,000", 1_601_000),
        ("12,34,567", 1_234_567),
        ("١٦٠١", 1601),
        ("۱۶۰۱", 1601),
        ("١٬٦٠١", 1601),
        ("１６０１", 1601),
        ("1601.0", 1601),
        ("1601,0", 1601),
        ("1.601,00", 1601),
        (1601.0, 1601),
        (Decimal(1601), 1601),
        (" 7 ", 7),
        ("\u200f7\u200e", 7),
        ("007", 7),
        ("+7", 7),
        ("1.601", "FIELD-011"),
        ("1,60", "FIELD-012"),
        ("1.5", "FIELD-012"),
        (1.5, "FIELD-012"),
        ("16 01", "FIELD-010"),
        ("1,6,01", "FIELD-010"),
        ("1.601,000,0", "FIELD-010"),
        ("١٫٥٫٢", "FIELD-010"),
        ("-5", "FIELD-013"),
        ("−5", "FIELD-013"),
        (-5, "FIELD-013"),
        ("1.6E+05", "FIELD-017"),
        ("9223372036854775807", 2**63 - 1),
        ("9223372036854775808", "FIELD-018"),
        ("9" * 40, "FIELD-010"),
        (float("nan"), "FIELD-010"),
        (True, "FIELD-010"),
        (date(2019, 1, 1), "FIELD-010"),
        ([5], "FIELD-010"),
        ("12 mines", "FIELD-010"),
        ("5 kg", "FIELD-019"),
        ("(5)", "FIELD-010"),
        ("5%", "FIELD-010"),
        ("about 5", "FIELD-010"),
    ],
)
def test_whole_numbers(given_value: object, expected: object) -> None:
    assert read(given_value, a_field("quantity", minimum=0)) == expected


@pytest.mark.parametrize(
    ("text", "mark", "expected"),
    [
        ("1.601", ".", "FIELD-012"),
        ("1.601", ",", 1601),
        ("1,601", ".", 1601),
        ("1,601", ",", "FIELD-012"),
        ("1,60", ".", "FIELD-009"),
        ("1.601,0", ",", 1601),
    ],
)
def test_a_known_decimal_mark_settles_whole_numbers(text: str, mark: str, expected: object) -> None:
    context = FieldContext(decimal_mark=mark)  # type: ignore[arg-type]  # the table holds text
    assert read(text, a_field("quantity"), context) == expected


@pytest.mark.parametrize(
    ("given_value", "expected"),
    [
        ("1200", 1200),
        ("1200 m2", 1200),
        ("1200m²", 1200),
        ("1,601 m²", 1601),
        ("1200 sq m", 1200),
        ("1200 Sq. M.", 1200),
        ("1200 m^2", 1200),
        ("1200 кв.м", 1200),
        ("12.5 ha", 125_000),
        ("12,5 ha", 125_000),
        ("12.5 هكتار", 125_000),
        ("3 km²", 3_000_000),
        ("0.25 sq km", 250_000),
        ("2 dunum", 2000),
        ("2 dunams", 2000),
        ("1.2345 ha", 12_345),
        ("1,601 ha", "FIELD-011"),
        ("1,000 ha", "FIELD-011"),
        ("1,000 m2", 1000),
        ("10,000", 10_000),
        ("1.601 ha", "FIELD-011"),
        ("1.23456 ha", "FIELD-016"),
        ("12.5", "FIELD-016"),
        (12.5, "FIELD-016"),
        ("5 kg", "FIELD-015"),
        ("5 m", "FIELD-015"),
        ("5 acres", "FIELD-015"),
        ("-1 ha", "FIELD-013"),
        ("about 5 ha", "FIELD-010"),
    ],
)
def test_areas(given_value: object, expected: object) -> None:
    assert read(given_value, a_field("area", **AREA)) == expected


def test_a_typed_unit_is_what_a_bare_number_means() -> None:
    field = a_field("area", typed_unit="ha", **AREA)
    assert read("12.5", field) == 125_000
    assert read(12.5, field) == 125_000
    assert read("12.5 m2", field) == "FIELD-016"
    assert TYPES["area"].write(125_000, field) == "125000 m²"


def test_an_ambiguous_number_names_both_readings() -> None:
    found = TYPES["number"].read("1.601", a_field("number"))
    assert isinstance(found, Problem)
    assert {found.message.values["one"], found.message.values["other"]} == {"1.601", "1601"}


@pytest.mark.parametrize(
    ("given_value", "expected"),
    [
        ("12.5", 12.5),
        ("12,5", 12.5),
        ("12,50", 12.5),
        ("١٢٫٥", 12.5),
        ("١٬٢٣٤٫٥", 1234.5),
        ("1 234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("0.601", 0.601),
        ("1234.567", 1234.567),
        (".5", 0.5),
        ("5.", 5.0),
        ("2 cm", 20.0),
        ("1.5 m", 1500.0),
        (7, 7.0),
        ("1,601", "FIELD-011"),
        ("400", 400.0),
        ("9001", "FIELD-014"),
        ("2 kg", "FIELD-015"),
        ("1e3", "FIELD-017"),
        ("1" * 16, "FIELD-018"),
        (float("inf"), "FIELD-010"),
        ("twelve", "FIELD-010"),
    ],
)
def test_measures(given_value: object, expected: object) -> None:
    field = a_field("number", unit="mm", minimum=0, maximum=9000)
    assert read(given_value, field) == expected


def test_ages_in_months_are_not_taken_for_years() -> None:
    field = a_field("integer", unit="years", minimum=0)
    assert [read(text, field) for text in ("30 years", "24 months", "6 months")] == [
        30,
        2,
        "FIELD-016",
    ]


@pytest.mark.parametrize(
    ("currency", "given_value", "expected"),
    [
        ("USD", "1200", 120_000),
        ("USD", "1,200.50", 120_050),
        ("USD", "1.200,50", 120_050),
        ("USD", "1200,5", 120_050),
        ("USD", 1200.5, 120_050),
        ("USD", "1,200", 120_000),
        ("USD", "1.200", "FIELD-011"),
        ("USD", "USD 1,200.50", 120_050),
        ("USD", "1200.50 usd", 120_050),
        ("USD", "EUR 12", "FIELD-052"),
        ("USD", "12.345,678", "FIELD-051"),
        ("USD", 0.001, "FIELD-051"),
        ("JPY", "1200", 1200),
        ("JPY", "12.5", "FIELD-051"),
        ("JOD", "12.3456", "FIELD-051"),
        ("JOD", "1200.125", 1_200_125),
        ("JOD", "1,200", "FIELD-011"),
        ("USD", "USD", "FIELD-010"),
        (None, "1200", "FIELD-050"),
        (None, "1200 USD", "FIELD-050"),
        ("USD", "twelve", "FIELD-010"),
        ("USD", "12 kg", "FIELD-010"),
        ("USD", 1e30, "FIELD-018"),
    ],
)
def test_money(currency: str | None, given_value: object, expected: object) -> None:
    assert read(given_value, a_field("money"), FieldContext(currency=currency)) == expected


@pytest.mark.parametrize(
    ("given_value", "expected"),
    [
        ("2019", "2019"),
        (2019, "2019"),
        (2019.0, "2019"),
        ("2019-08", "2019-08"),
        ("08/2019", "2019-08"),
        ("8.2019", "2019-08"),
        ("2019/08", "2019-08"),
        ("2019-08-06", "2019-08-06"),
        ("2019/8/6", "2019-08-06"),
        ("2019-08-06T14:30:00.000+03:00", "2019-08-06"),
        ("2019-08-06 00:00:00", "2019-08-06"),
        ("٢٠١٩-٠٨-٠٦", "2019-08-06"),
        ("6 Aug 2019", "2019-08-06"),
        ("6-Aug-2019", "2019-08-06"),
        ("6th August 2019", "2019-08-06"),
        ("August 6, 2019", "2019-08-06"),
        ("Aug 2019", "2019-08"),
        ("1er août 2019", "2019-08-01"),
        ("6 de agosto de 2019", "2019-08-06"),
        ("6 августа 2019", "2019-08-06"),
        ("6 أغسطس 2019", "2019-08-06"),
        ("6 آب 2019", "2019-08-06"),
        ("06.08.2019", "2019-08-06"),
        ("06. 08. 2019", "2019-08-06"),
        ("13/08/2019", "2019-08-13"),
        ("08/13/2019", "2019-08-13"),
        ("8/8/2019", "2019-08-08"),
        ("1992-1995", "1992/1995"),
        ("1992–1995", "1992/1995"),
        ("1992/1995", "1992/1995"),
        ("1992 to 1995", "1992/1995"),
        ("2019-08-06/2019-08-10", "2019-08-06/2019-08-10"),
        ("06.08.2019 – 10.08.2019", "2019-08-06/2019-08-10"),
        ("Aug 2019 - Sep 2019", "2019-08/2019-09"),
        (date(2019, 8, 6), "2019-08-06"),
        (datetime(2019, 8, 6, 12, tzinfo=UTC), "2019-08-06"),
        (PartialDate.parse("2019"), "2019"),
        ("03/04/2019", "FIELD-022"),
        ("2011/12", "FIELD-022"),
        ("2011/95", "FIELD-023"),
        ("6/8/19", "FIELD-023"),
        ("6 Aug 19", "FIELD-023"),
        ("30.02.2019", "FIELD-024"),
        ("2019-13", "FIELD-024"),
        ("14/14/2019", "FIELD-024"),
        ("2562", "FIELD-025"),
        ("1441-05-06", "FIELD-025"),
        (date(1066, 10, 14), "FIELD-025"),
        (43683, "FIELD-026"),
        (43683.5, "FIELD-026"),
        ("43683", "FIELD-026"),
        ("1995/1992", "FIELD-027"),
        ("30.02.2019 - 10.03.2019", "FIELD-024"),
        ("before 1995", "FIELD-020"),
        ("6 Augober 2019", "FIELD-020"),
        ("2019-8-6-1", "FIELD-020"),
        (True, "FIELD-020"),
        ([2019], "FIELD-020"),
    ],
)
def test_partial_dates(given_value: object, expected: str) -> None:
    found = read(given_value, a_field("partial_date"))
    assert str(found) == expected


@pytest.mark.parametrize(("day_first", "expected"), [(True, "2019-04-03"), (False, "2019-03-04")])
def test_a_known_order_settles_a_date(day_first: bool, expected: str) -> None:
    context = FieldContext(day_first=day_first)
    assert str(read("03/04/2019", a_field("partial_date"), context)) == expected


def test_an_ambiguous_date_names_both_readings() -> None:
    found = TYPES["partial_date"].read("03/04/2019", a_field("partial_date"))
    assert isinstance(found, Problem)
    assert {found.message.values["one"], found.message.values["other"]} == {
        "2019-04-03",
        "2019-03-04",
    }


@pytest.mark.parametrize(
    ("given_value", "expected"),
    [
        ("2019-08-06", date(2019, 8, 6)),
        (datetime(2019, 8, 6, tzinfo=UTC), date(2019, 8, 6)),
        ("2019-08", "FIELD-021"),
        ("1992/1995", "FIELD-021"),
        ("2019-02-30", "FIELD-024"),
    ],
)
def test_full_days(given_value: object, expected: object) -> None:
    assert read(given_value, a_field("day")) == expected


@pytest.mark.parametrize(
    ("type_name", "given_value", "expected"),
    [
        ("latitude", "34.528455", 34.528455),
        ("latitude", "34,528455", 34.528455),
        ("latitude", "٣٤٫٥", 34.5),
        ("latitude", "-34.5", -34.5),
        ("latitude", "34.5 S", -34.5),
        ("latitude", "S34.5", -34.5),
        ("latitude", 34.5, 34.5),
        ("latitude", "34°30'N", 34.5),
        ("latitude", "34° 30.6' N", 34.51),
        ("latitude", "34°30'36\"N", 34.51),
        ("latitude", "34º30′36″N", 34.51),
        ("latitude", "34 30 36 N", 34.51),
        ("latitude", "34 30.6", 34.51),
        ("latitude", "34°30'36''S", -34.51),
        ("longitude", "69°06'E", 69.1),
        ("longitude", "-69°06'", -69.1),
        ("longitude", "170", 170.0),
        ("latitude", "170", "FIELD-043"),
        ("longitude", "181", "FIELD-043"),
        ("latitude", "34528455", "FIELD-043"),
        ("latitude", "69.1 E", "FIELD-042"),
        ("longitude", "34.5 N", "FIELD-042"),
        ("latitude", "-34.5 S", "FIELD-044"),
        ("latitude", "34°60'N", "FIELD-041"),
        ("latitude", "34°30'75\"", "FIELD-041"),
        ("latitude", "34.5°30'", "FIELD-040"),
        ("latitude", "3430'", "FIELD-040"),
        ("latitude", "34.528.455", "FIELD-040"),
        ("latitude", "34.5, 69.1", "FIELD-040"),
        ("latitude", "near the bridge", "FIELD-040"),
        ("latitude", True, "FIELD-040"),
        ("latitude", float("nan"), "FIELD-040"),
    ],
)
def test_degrees(type_name: str, given_value: object, expected: object) -> None:
    found = read(given_value, a_field(type_name))
    assert found == (pytest.approx(expected) if isinstance(expected, float) else expected)


@pytest.mark.parametrize(
    "word", ["yes", "Y", "TRUE", True, 1, 1.0, "1", "oui", "Sí", "да", "sim", "نعم"]
)
def test_yes(word: object) -> None:
    assert read(word, a_field("yes_no")) is True


@pytest.mark.parametrize("word", ["no", "N", "False", False, 0, "0", "non", "нет", "não", "لا"])
def test_no(word: object) -> None:
    assert read(word, a_field("yes_no")) is False


@pytest.mark.parametrize("word", ["maybe", "x", 2, "yes and no", date(2019, 1, 1)])
def test_neither_yes_nor_no(word: object) -> None:
    assert read(word, a_field("yes_no")) == "FIELD-060"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("APM", "APM"),
        ("apm", "APM"),
        ("Anti-personnel mine", "APM"),
        ("ANTI PERSONNEL  MINE", "APM"),
        ("pmn", "APM"),
        ("ATM", "AVM"),
        ("77", "SUBM"),
        (77, "SUBM"),
        (1.0, "1"),
        ("old", "old"),
        ("Antipersonel mine", "FIELD-031"),
        ("qqq", "FIELD-030"),
        (["APM"], "FIELD-003"),
    ],
)
def test_choices(text: object, expected: object) -> None:
    assert read(text, a_field("choice", choices=FRUIT)) == expected


def test_a_retired_choice_is_a_warning_only() -> None:
    found = TYPES["choice"].problems("old", a_field("choice", choices=FRUIT))
    assert [(one.code, one.severity) for one in found] == [("FIELD-032", Severity.WARNING)]


def test_suggestions_name_the_nearest_labels() -> None:
    found = TYPES["choice"].read("Anti-vehicel mine", a_field("choice", choices=FRUIT))
    assert isinstance(found, Problem)
    assert "Anti-vehicle mine" in found.message.render()


class _French(NullTranslations):
    def gettext(self, message: str) -> str:
        return {"Anti-personnel mine": "Mine antipersonnel"}.get(message, message)


def test_a_translated_label_is_known_in_its_language() -> None:
    field = a_field("choice", choices=FRUIT)
    assert read("mine antipersonnel", field, FieldContext(words=_French())) == "APM"
    assert read("mine antipersonnel", field) != "APM"


@pytest.mark.parametrize(
    ("choices", "given_value", "expected"),
    [
        (FRUIT, "AVM; APM", ["APM", "AVM"]),
        (FRUIT, "APM AVM", ["APM", "AVM"]),
        (FRUIT, "APM,AVM", ["APM", "AVM"]),
        (FRUIT, "APM|AVM|APM", ["APM", "AVM"]),
        (FRUIT, "APM\nAVM", ["APM", "AVM"]),
        (FRUIT, "AP mine / ATM", ["APM", "AVM"]),
        (FRUIT, "Submunition, explosive", ["SUBM"]),
        (FRUIT, "AP mine; Submunition, explosive", ["APM", "SUBM"]),
        (FRUIT, ["AVM", "pmn"], ["APM", "AVM"]),
        (FRUIT, [], None),
        (FRUIT, "APM; Antivehicle min", "FIELD-031"),
        (FRUIT, [None], "FIELD-003"),
        (OPEN, "Dog; big rat", ["dog", "big rat"]),
    ],
)
def test_several_choices(choices: ChoiceList, given_value: object, expected: object) -> None:
    assert read(given_value, a_field("choices", choices=choices)) == expected


def test_an_open_list_takes_a_code_of_the_office() -> None:
    assert read(" rat ", a_field("choice", choices=OPEN)) == "rat"
    assert TYPES["choice"].problems("rat", a_field("choice", choices=OPEN)) == []


@pytest.mark.parametrize(
    ("type_name", "given_value", "expected"),
    [
        ("text", "  two \n words ", "two words"),
        ("text", "nul\x00 and half \ud800", "nul and half"),
        ("text", "e\u0301", "é"),
        ("text", "a\u00a0b", "a b"),
        ("text", 1234.0, "1234"),
        ("text", 12.5, "12.5"),
        ("text", 7, "7"),
        ("text", True, "true"),
        ("text", date(2019, 8, 6), "2019-08-06"),
        ("text", datetime(2019, 8, 6, tzinfo=UTC), "2019-08-06"),
        ("text", "unknown", "unknown"),
        ("text", "\x00", None),
        ("text", b"bytes", "FIELD-003"),
        ("long_text", " one \r\ntwo  \n\n three ", "one\ntwo\n\n three"),
        ("texts", "PMN-2; PMN-2;; POMZ |a\nb", ["PMN-2", "POMZ", "a", "b"]),
        ("texts", ["a; b", "a"], ["a", "b"]),
        ("texts", " ; ", None),
        ("texts", "PMN; -; n/a", ["PMN"]),
        ("texts", [None], "FIELD-003"),
        ("sealed", "Name", "Name"),
        ("sealed", LOCKED, "FIELD-070"),
        ("link", " HA-1 ", "HA-1"),
    ],
)
def test_text(type_name: str, given_value: object, expected: object) -> None:
    assert read(given_value, a_field(type_name)) == expected


def test_a_link_is_looked_up_where_the_caller_can() -> None:
    asked: list[tuple[str | None, str]] = []

    def find(field: Field, text: str) -> str:
        asked.append((field.link, text))
        return "id-1"

    field = a_field("link", link="organisation")
    assert read("MAG", field, FieldContext(find_record=find)) == "id-1"
    assert asked == [("organisation", "MAG")]


WRONG_KINDS: dict[str, object] = {
    "text": 5,
    "long_text": 5,
    "sealed": 5,
    "link": 5,
    "texts": "a",
    "choices": "APM",
    "choice": 5,
    "integer": "5",
    "quantity": 5.0,
    "area": True,
    "number": "5",
    "latitude": "5",
    "longitude": float("nan"),
    "money": 5.5,
    "yes_no": "yes",
    "day": datetime(2019, 1, 1, tzinfo=UTC),
    "partial_date": date(2019, 1, 1),
}


@pytest.mark.parametrize("type_name", TYPES)
def test_a_kept_value_of_another_kind_is_a_problem(type_name: str) -> None:
    found = TYPES[type_name].problems(WRONG_KINDS[type_name], a_field(type_name, choices=FRUIT))
    assert [one.code for one in found] == ["FIELD-003"]


@pytest.mark.parametrize("type_name", ["integer", "quantity", "area", "money"])
def test_a_kept_number_must_fit_the_store(type_name: str) -> None:
    found = TYPES[type_name].problems(2**63, a_field(type_name))
    assert [one.code for one in found] == ["FIELD-018"]


def test_a_problem_says_where_it_is_and_what_was_given() -> None:
    found = TYPES["quantity"].read("x" * 500, a_field("quantity"))
    assert isinstance(found, Problem)
    assert (found.place.kind, found.place.field) == ("hazardous_area", "it")
    assert found.value is not None
    assert len(found.value) <= 60
    assert found.value in found.message.render()


_DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
_VALUES: dict[str, st.SearchStrategy[object]] = {
    "integer": st.integers(-(2**63) + 1, 2**63 - 1),
    "quantity": st.integers(0, 2**63 - 1),
    "area": st.integers(0, 2**63 - 1),
    "number": st.floats(-1e12, 1e12).filter(lambda it: it == 0 or abs(it) > 1e-9),
    "latitude": st.floats(-90, 90),
    "longitude": st.floats(-180, 180),
    "money": st.integers(-(10**15), 10**15),
    "yes_no": st.booleans(),
    "day": _DAYS,
    "partial_date": st.one_of(
        _DAYS.map(PartialDate.of),
        _DAYS.map(lambda day: PartialDate.parse(f"{day:%Y-%m}")),
        _DAYS.map(lambda day: PartialDate.parse(f"{day:%Y}")),
        st.tuples(_DAYS, _DAYS).map(
            lambda days: PartialDate.parse(f"{min(days).isoformat()}/{max(days).isoformat()}")
        ),
    ),
    "choice": st.sampled_from(list(FRUIT.choices)),
    "choices": st.sets(st.sampled_from(list(FRUIT.choices)), min_size=1).map(
        lambda codes: [code for code in FRUIT.choices if code in codes]
    ),
}
_CONTEXT = FieldContext(decimal_mark=".", currency="JOD")


@pytest.mark.parametrize("type_name", _VALUES)
@settings(max_examples=50)
@given(data=st.data())
def test_what_is_written_is_read_back(type_name: str, data: st.DataObject) -> None:
    value = data.draw(_VALUES[type_name])
    field, kind = a_field(type_name, choices=FRUIT), TYPES[type_name]
    assert kind.read(kind.write(value, field, _CONTEXT), field, _CONTEXT) == value
    assert kind.from_plain(kind.to_plain(value)) == value


@pytest.mark.parametrize("type_name", TYPES)
@settings(max_examples=50)
@given(text=st.text() | st.text("0123456789.,'/- :٬٫°NSEW²mha\u202f;"))
def test_any_text_is_read_or_refused_and_then_stays_the_same(type_name: str, text: str) -> None:
    field, kind = (
        a_field(type_name, choices=FRUIT, unit="m²" if type_name == "area" else None),
        TYPES[type_name],
    )
    value = kind.read(text, field, _CONTEXT)
    if not isinstance(value, Problem):
        assert kind.read(kind.write(value, field, _CONTEXT), field, _CONTEXT) == value


@pytest.mark.parametrize("type_name", TYPES)
@settings(max_examples=50)
@given(
    value=st.one_of(
        st.integers(),
        st.floats(),
        st.booleans(),
        st.dates(),
        st.datetimes(),
        st.binary(),
        st.decimals(),
        st.lists(st.one_of(st.text(max_size=5), st.integers(), st.none()), max_size=3),
    )
)
def test_no_value_breaks_reading_writing_or_checking(type_name: str, value: object) -> None:
    field, kind = a_field(type_name, choices=FRUIT), TYPES[type_name]
    kind.read(value, field, PORTABLE)
    assert isinstance(kind.write(value, field, _CONTEXT), str)
    assert isinstance(kind.problems(value, field), list)


@pytest.mark.parametrize("type_name", ["day", "partial_date"])
def test_unreadable_kept_dates_stay_as_they_are(type_name: str) -> None:
    assert TYPES[type_name].from_plain("gibberish") == "gibberish"


_CELLS = (
    *(
        "",
        " ",
        "-",
        " n/a ",
        "N/A",
        "nil",
        "?",
        "a",
        "ab",
        " two  words ",
        "e\u0301t\u00e9",
        "a\nb",
    ),
    *("0", "007", "12", "-3", "12.5", "1,234", "1.234", "1e5", "9" * 20, "\u0663", "12 ha"),
    *("90", "-90.0", "91", "34 30 N", "200", "2019-05", "yes", "\u200bx", "x" * 60, "APM", "old"),
    *(0, 7, -3, 10**15, 10**19, 12.5, 91.0, float("nan"), True, date(2019, 5, 1)),
)


@pytest.mark.parametrize("cell", _CELLS, ids=repr)
@pytest.mark.parametrize("type_name", TYPES)
def test_a_reader_made_once_reads_the_same(type_name: str, cell: object) -> None:
    choices = FRUIT if type_name in {"choice", "choices"} else None
    for more in ({}, {"minimum": 1, "maximum": 10}, AREA, {**AREA, "typed_unit": "ha"}):
        field = a_field(type_name, choices=choices, **more)
        for context in (PLAIN, PORTABLE, FieldContext(currency="USD")):
            made = TYPES[type_name].reader(field, context)(cell)
            found = TYPES[type_name].read(cell, field, context)
            assert (type(made), made) == (type(found), found)


def test_a_reader_looks_for_the_record_that_a_link_names() -> None:
    context = FieldContext(find_record=lambda field, text: f"{field.name} {text}")
    assert TYPES["link"].reader(a_field("link"), context)("North") == "it North"
