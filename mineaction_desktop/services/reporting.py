"""From a register and a year to figures, and to a report in files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

from mineaction_desktop.domain.periods import Period
from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.formdef.catalogue import load_catalogue
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.reports.document import Origin, Report
from mineaction_desktop.reports.instruments import INSTRUMENTS
from mineaction_desktop.reports.layouts import load_layout
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.reports.source import EDITIONS, Source
from mineaction_desktop.storage.queries import years_with_records
from mineaction_desktop.storage.store import Reader, Store
from mineaction_desktop.storage.view import View

DRAFT = mark("DRAFT")
EXERCISE = mark("EXERCISE")
EXERCISE_NOTICE = mark("Made-up country for training: nothing in this report is real.")
PAGE = mark("page {page} of {pages}")
DRAFT_FOOTER = mark("{footer} – draft")
FINAL_FOOTER = mark("{footer} – final")

NO_RECORDS = mark(
    "The register holds no record dated in {year}. It has records for {years}. "
    "Choose one of these years, or add --nil to make a report that says there is nothing to report."
)
NO_RECORDS_AT_ALL = mark(
    "The register holds no dated record at all. Record or import something first, "
    "or add --nil to make a report that says there is nothing to report."
)
NOT_IN_FORCE = mark(
    "The Convention entered into force for {state} on {date}, so there is no report for {year}."
)
UNKNOWN_INSTRUMENT = mark("There is no instrument “{name}”. Available: {known}.")
UNKNOWN_LAYOUT = mark("There is no layout “{name}” of this instrument. Available: {known}.")
UNKNOWN_EDITION = mark("There is no edition “{name}”. Available: {known}.")
UNKNOWN_LANGUAGE = mark("Reports in “{name}” are not available. Available: {known}.")

LANGUAGES = ("en",)


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """Which report is wanted; ``nil`` makes one although nothing is dated in the year."""

    year: int
    instrument: str = "apmbc"
    layout: str = "classic"
    language: str = "en"
    edition: str = "public"
    final: bool = False
    nil: bool = False


def _known(name: str, known: tuple[str, ...], template: str) -> None:
    if name not in known:
        raise UserError(Message(template, {"name": name, "known": ", ".join(known)}))


def check_request(request: ReportRequest) -> None:
    """Refuse what does not exist, before anything is read."""
    _known(request.instrument, tuple(INSTRUMENTS), UNKNOWN_INSTRUMENT)
    _known(request.layout, tuple(INSTRUMENTS[request.instrument]), UNKNOWN_LAYOUT)
    _known(request.edition, EDITIONS, UNKNOWN_EDITION)
    _known(request.language, LANGUAGES, UNKNOWN_LANGUAGE)


def refuse_year(view: View, request: ReportRequest) -> None:
    """Refuse a year before entry into force, and one that nothing is dated in."""
    if view.period.last < view.in_force:
        values = {
            "state": view.state["name"],
            "date": view.in_force.isoformat(),
            "year": request.year,
        }
        raise UserError(Message(NOT_IN_FORCE, values))
    years = years_with_records(view.reader)
    if request.year in years or request.nil:
        return
    if not years:
        raise UserError(Message(NO_RECORDS_AT_ALL))
    shown = ", ".join(str(year) for year in years)
    raise UserError(Message(NO_RECORDS, {"year": request.year, "years": shown}))


def build_report(
    store: Store,
    reader: Reader,
    request: ReportRequest,
    *,
    whole: bool = True,
    submitted_on: date | None = None,
) -> Report:
    """Make the document of one year; its figures read their evidence while the reader is open."""
    check_request(request)
    presenter = Presenter(request.language)
    period = Period.of_year(request.year)
    source = Source(
        reader,
        period,
        presenter=presenter,
        catalogue=load_catalogue(),
        edition=request.edition,
        submitted_on=submitted_on,
    )
    refuse_year(source, request)
    layout, forms = load_layout(request.instrument, request.layout)
    in_use = tuple(form for form in forms if form.used_in(request.year))
    build = INSTRUMENTS[request.instrument][request.layout]
    exercise = store.info.purpose == "exercise"
    footer = source.say(layout.footer, state=source.state["name"], year=str(request.year))
    say = presenter.words.gettext
    marks = [say(EXERCISE)] if exercise else [] if request.final else [say(DRAFT)]
    return Report(
        instrument=request.instrument,
        layout=request.layout,
        edition=request.edition,
        language=request.language,
        right_to_left=presenter.locale.text_direction == "rtl",
        title=say(layout.title),
        short_title=say(layout.short_title),
        state_name=source.state["official_name"] or source.state["name"],
        iso3=source.state["iso3"],
        first_day=period.first,
        last_day=period.last,
        as_of=period.last,
        is_final=request.final,
        stem=f"{source.state['iso3']}-{request.instrument}-{request.year}-{request.language}",
        footer=source.say(FINAL_FOOTER if request.final else DRAFT_FOOTER, footer=footer),
        page_label=say(PAGE),
        mark=marks[0] if marks else None,
        notice=say(EXERCISE_NOTICE) if exercise else None,
        authority=source.state["authority"],
        origin=_origin(store, reader),
        forms=build(source, layout, in_use, whole=whole),
    )


def _origin(store: Store, reader: Reader) -> Origin:
    return Origin(
        register_id=store.info.id,
        change_number=reader.change_number,
        fingerprint=reader.fingerprint,
        changed_at=reader.changed_at,
        program=f"Mine Action Desktop {version('mineaction-desktop')}",
    )
