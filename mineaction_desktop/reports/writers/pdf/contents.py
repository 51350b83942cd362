"""The page of contents: each form with its page, behind the front page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mineaction_desktop.i18n import mark
from mineaction_desktop.reports.document import Form
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.reports.writers.pdf import theme
from mineaction_desktop.reports.writers.pdf.leads import to_form
from mineaction_desktop.reports.writers.pdf.pages import Pages, first_base
from mineaction_desktop.reports.writers.pdf.sheet import Align
from mineaction_desktop.reports.writers.pdf.text import Line

CONTENTS = mark("Contents")

_LEAST_FORMS = 4  # behind the front page; fewer are found without help
_LABELS = 0.2  # of the width
_NUMBERS = 0.08
_PADDING = 5.0
_DOT = 4.0  # from one dot of a leader to the next
_TITLE_HEIGHT = 50.0


@dataclass(frozen=True, slots=True)
class _Entry:
    """A form in the contents, laid out."""

    key: str
    label: tuple[Line, ...]
    title: tuple[Line, ...]

    @property
    def height(self) -> float:
        lines = max(len(self.label), len(self.title), 1)
        return lines * theme.CONTENTS_TITLE.leading + 2 * _PADDING


def has_contents(forms: Sequence[Form]) -> bool:
    """Whether a report has a front page and enough behind it to look for something."""
    return len(forms) > _LEAST_FORMS and forms[0].label is None


def write_contents(pages: Pages, presenter: Presenter, forms: Sequence[Form], at: int) -> None:
    """Write the contents of finished forms and put the pages in front of page ``at``."""
    title = presenter.words.gettext(CONTENTS)
    pages.start_section(title)
    entries = [_entry(pages, form) for form in forms]
    sheets = list(_divided(entries, pages.place.body))
    for count, on_page in enumerate(sheets):
        if count:
            pages.next_page()
        else:
            with pages.tags.leaf("H1"):
                pages.write(title, theme.TITLE)
            pages.height = pages.place.top - _TITLE_HEIGHT
        for entry in on_page:
            _paint(pages, entry, at, len(sheets))
    pages.move(len(sheets), at)


def _entry(pages: Pages, form: Form) -> _Entry:
    measure = pages.place.measure
    label = pages.lay(form.label or "", theme.CONTENTS_LABEL, measure * _LABELS - 8)
    room = measure * (1 - _NUMBERS) - _start(pages, form.label)
    title = pages.lay(form.title, theme.CONTENTS_TITLE, room - 4 * _DOT)
    return _Entry(form.key, label[:4], title[:4])


def _start(pages: Pages, label: object) -> float:
    return pages.place.measure * _LABELS if label else 0.0


def _divided(entries: Sequence[_Entry], body: float) -> Iterator[list[_Entry]]:
    """The entries of each page; the first page has room for its title as well."""
    page: list[_Entry] = []
    room = body - _TITLE_HEIGHT
    for entry in entries:
        if page and entry.height > room:
            yield page
            page, room = [], body
        page.append(entry)
        room -= entry.height
    yield page


def _paint(pages: Pages, entry: _Entry, moved_to: int, moved: int) -> None:
    """Paint one line: label, title, dots and the number of the page, all leading to the form."""
    sheet, measure = pages.sheet, pages.place.measure
    top = pages.height - _PADDING
    base = top - first_base(theme.CONTENTS_TITLE)
    start = _start(pages, entry.label)
    number = str(pages.number_of(to_form(entry.key), moved_to, moved))
    with pages.tags.leaf("P"):
        sheet.lines(entry.label, theme.CONTENTS_LABEL, 0, base, measure)
        sheet.lines(entry.title, theme.CONTENTS_TITLE, start, base, measure - start)
        last = base - (len(entry.title) - 1) * theme.CONTENTS_TITLE.leading
        (shown,) = pages.lay(number, theme.CONTENTS_TITLE, measure)
        sheet.lines((shown,), theme.CONTENTS_TITLE, 0, last, measure, Align.END)
    used = start + (entry.title[-1].width if entry.title else 0.0)
    _lead(pages, used + 5, measure - shown.width - 5, last)
    pages.height -= entry.height
    sheet.link(0, pages.height, measure, entry.height, to_form(entry.key))


def _lead(pages: Pages, start: float, end: float, base: float) -> None:
    """Dots from the title to the number; those of all lines stand below each other."""
    first = -(-start // _DOT) * _DOT
    count = int((end - first) // _DOT)
    if count > 2:
        (dots,) = pages.lay(".", theme.CONTENTS_DOTS, 100)
        for at in range(count):
            pages.sheet.lines((dots,), theme.CONTENTS_DOTS, first + at * _DOT, base, dots.width)
