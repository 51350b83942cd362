"""Entry forms on paper: blank, to be filled in by hand, and filled in with a record."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path

from mineaction_desktop.exchange.writing import placed
from mineaction_desktop.formdef.catalogue import Catalogue, load_catalogue
from mineaction_desktop.formdef.checking import shown_values
from mineaction_desktop.formdef.form import Form
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.reports.document import Origin, Report
from mineaction_desktop.reports.paper import Paper, Part
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.services.content import Content
from mineaction_desktop.services.linking import link_name
from mineaction_desktop.services.loading import open_record
from mineaction_desktop.services.paper_questions import filled_parts, lists_of, parts_of
from mineaction_desktop.services.paper_text import Teller
from mineaction_desktop.storage.audit import Entry, history
from mineaction_desktop.storage.store import Reader, Store

CODE = mark("Form {code}")
LEGEND = mark(
    "Fields with * must be filled in. Tick one box unless it says more. Write clearly; leave empty "
    "what nobody knows, and write 0 only for what was counted and found to be none."
)
FOOTER = mark("Form {code} · version {version} · Mine Action Desktop {program}")
PAGE_LABEL = mark("Page {page} of {pages}")
LISTS = mark("Lists of codes")
FILLED_BY, CHECKED_BY, KEYED_BY = mark("Filled in by"), mark("Checked by"), mark("Keyed by")
DATE, SIGNATURE = mark("Date"), mark("Signature")
RECORD_NUMBER = mark("Record number")
EXERCISE = mark("EXERCISE")
EXERCISE_NOTICE = mark("Made-up country for training: nothing on this form is real.")
ENTERED = mark("Entered {day} by {author} ({office})")
CHANGED = mark("Entered {day} by {author} ({office}); changed {n} time since, last {last} by {who}")
CHANGED_MANY = mark(
    "Entered {day} by {author} ({office}); changed {n} times since, last {last} by {who}"
)
CLASSIFIED = mark("Classification: {classification}")
UNCLASSIFIED = mark("as usual in this office")
DELETED = mark("This record is deleted; it counts in no figure.")
FILLED_FOOTER = mark("{register} · state {number} · {fingerprint} · form {code}, version {version}")
_SHOWN = 8


def form_version(form: Form) -> str:
    """A short fingerprint of all that a form asks; it changes whenever a question does."""
    told = hashlib.sha256()
    for section in form.sections:
        told.update(f"§{section.id}\n{section.title}\n".encode())
        fields = section.group.form.fields.values() if section.group else section.fields
        for field in fields:
            codes = ",".join(field.choices.choices) if field.choices else ""
            line = (field.name, field.label, field.type, field.unit or "", codes)
            told.update(("|".join(line) + "\n").encode())
    return told.hexdigest()[:_SHOWN]


def blank_form(
    kind: str,
    path: Path,
    *,
    presenter: Presenter | None = None,
    catalogue: Catalogue | None = None,
    store: Store | None = None,
    today: date | None = None,
) -> Path:
    """Write the empty form of a kind as PDF. ``store`` is the register it is for, if any."""
    known, shown = catalogue or load_catalogue(), presenter or Presenter()
    form = known.form(kind)
    teller = _teller(known, shown)
    day = today or date.today()  # noqa: DTZ011 (the day on the wall where the person sits)
    lists = lists_of(form, teller)
    number = form_version(form)
    program = version("mineaction-desktop")
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    origin = Origin(
        register_id=store.info.id if store else "",
        change_number=0,
        fingerprint=number,
        changed_at=moment,
        program=f"Mine Action Desktop {program}",
    )
    footer = teller.say(FOOTER, code=form.code, version=number, program=program)
    paper = Paper(
        report=_report(form, shown, origin, footer, store),
        code=teller.say(CODE, code=form.code),
        title=teller.say(form.title),
        lead=(" ".join(teller.say(form.help).split()), teller.say(LEGEND)),
        status=None,
        parts=parts_of(form, teller),
        lists_title=teller.say(LISTS),
        lists=lists,
        signatures=_signatures(teller, FILLED_BY, CHECKED_BY, KEYED_BY),
    )
    return _write(paper, shown, path)


def filled_form(
    store: Store,
    kind: str,
    record_id: str,
    path: Path,
    *,
    presenter: Presenter | None = None,
    catalogue: Catalogue | None = None,
    today: date | None = None,
) -> Path:
    """Write a record as its filled form as PDF."""
    known, shown = catalogue or load_catalogue(), presenter or Presenter()
    form = known.form(kind)
    with store.read() as reader:
        content = open_record(reader, known, kind, record_id)
        told = history(reader, record_id)
        teller = _teller(known, shown, reader)
        parts = _filled(form, teller, content, today)
        origin = Origin(
            register_id=store.info.id,
            change_number=reader.change_number,
            fingerprint=reader.fingerprint,
            changed_at=reader.changed_at,
            program=f"Mine Action Desktop {version('mineaction-desktop')}",
        )
    footer = teller.say(
        FILLED_FOOTER,
        register=store.path.stem,
        number=origin.change_number,
        fingerprint=origin.fingerprint[:_SHOWN],
        code=form.code,
        version=form_version(form),
    )
    paper = Paper(
        report=_report(form, shown, origin, footer, store, content),
        code=teller.say(CODE, code=form.code),
        title=f"{teller.say(form.title)} {content.local_id or ''}".strip(),
        lead=tuple(_lead(told, content, teller)),
        status=teller.say(CLASSIFIED, classification=_classification(form, content, teller)),
        parts=parts,
        lists_title="",
        lists=(),
        signatures=_signatures(teller, CHECKED_BY),
    )
    return _write(paper, shown, path)


def _teller(catalogue: Catalogue, presenter: Presenter, reader: Reader | None = None) -> Teller:
    titles = {kind: presenter.words.gettext(one.title) for kind, one in catalogue.forms.items()}
    if reader is None:
        return Teller(presenter, titles)
    words = presenter.words
    return Teller(
        presenter, titles, lambda kind, one: link_name(reader, catalogue, kind, one, words)
    )


def _filled(form: Form, teller: Teller, content: Content, today: date | None) -> tuple[Part, ...]:
    day = today or date.today()  # noqa: DTZ011 (the day on the wall where the person sits)
    relevant = shown_values(form, content.values, today=day)
    kept = {name for name, value in content.values.items() if value is not None}
    names = [name for name in form.fields if name in relevant or name in kept]
    return filled_parts(form, teller, content, {one: content.values.get(one) for one in names})


def _lead(told: list[Entry], content: Content, teller: Teller) -> list[str]:
    if not told:
        return []
    first, last = told[0], told[-1]
    values = {
        "day": teller.presenter.day(first.at.astimezone().date()),
        "author": first.author,
        "office": first.office,
        "n": len(told) - 1,
        "last": teller.presenter.day(last.at.astimezone().date()),
        "who": last.author,
    }
    changed = len(told) > 1
    said = Message(CHANGED, values, CHANGED_MANY) if changed else Message(ENTERED, values)
    deleted = [teller.say(DELETED)] if content.is_hidden else []
    return [said.render(teller.presenter.words), *deleted]


def _classification(form: Form, content: Content, teller: Teller) -> str:
    return teller.text(form.fields["classification"], content.values) or teller.say(UNCLASSIFIED)


def _signatures(teller: Teller, *titles: str) -> tuple[tuple[str, ...], ...]:
    date_and_sign = teller.say(DATE), teller.say(SIGNATURE)
    return tuple((teller.say(title), *date_and_sign) for title in titles)


def _report(
    form: Form,
    presenter: Presenter,
    origin: Origin,
    footer: str,
    store: Store | None,
    content: Content | None = None,
) -> Report:
    words = presenter.words
    is_exercise = store is not None and store.info.purpose == "exercise"
    title = words.gettext(form.title)
    number = content.local_id if content else None
    day = origin.changed_at.date()
    return Report(
        instrument="entry form",
        layout=form.kind,
        edition="internal",
        language=presenter.language,
        right_to_left=presenter.language == "ar",
        title=f"{title} {number}" if number else title,
        short_title=words.gettext(CODE).format(code=form.code),
        state_name=store.path.stem if store else "Mine Action Desktop",
        iso3="",
        first_day=day,
        last_day=day,
        as_of=day,
        is_final=True,
        stem=number or form.kind,
        footer=footer,
        page_label=words.gettext(PAGE_LABEL),
        mark=words.gettext(EXERCISE) if is_exercise else None,
        notice=words.gettext(EXERCISE_NOTICE) if is_exercise else None,
        authority=None,
        origin=origin,
        forms=(),
    )


def _write(paper: Paper, presenter: Presenter, path: Path) -> Path:
    from mineaction_desktop.reports.writers.paper import write_paper  # noqa: PLC0415 - slow

    with placed(path) as unfinished:
        write_paper(paper, presenter, unfinished)
    return path
