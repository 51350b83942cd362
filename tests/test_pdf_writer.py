from __future__ import annotations

import re
import subprocess
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Protocol

import pikepdf
import pytest
from report_samples import (
    STATED,
    arabic_report,
    chinese_report,
    draft_report,
    drawings_report,
    empty_report,
    figure,
    large_report,
    report_of,
    russian_report,
    sample_report,
)

from mineaction_desktop.domain.states import STATE_WORDS, State
from mineaction_desktop.reports.document import (
    Block,
    Choice,
    Choices,
    Column,
    ColumnKind,
    Fields,
    Form,
    Heading,
    Paragraph,
    Report,
    Row,
    RowRole,
    Table,
)
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.reports.writers.pdf import write_pdf


class Write(Protocol):
    def __call__(self, report: Report, name: str = "report") -> Path: ...


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(report: Report, name: str = "report") -> Path:
        path = tmp_path / f"{name}.pdf"
        write_pdf(report, Presenter(report.language), path)
        return path

    return written


def text_of(path: Path, *options: str) -> str:
    run = ["pdftotext", *options, str(path), "-"]
    return subprocess.run(run, capture_output=True, check=True, text=True).stdout


def pages_of(path: Path) -> list[str]:
    return text_of(path, "-layout").split("\f")[:-1]


def letters_of(path: Path) -> str:
    """The text without marks of direction; ligatures as their letters."""
    text = unicodedata.normalize("NFKC", text_of(path))
    return "".join(char for char in text if unicodedata.category(char) != "Cf")


def one_form(*blocks: Block, label: str | None = "Form X") -> Report:
    return report_of((Form(key="x", sheet="X", label=label, title="Title", blocks=blocks),))


def table_of(rows: Iterable[tuple[str, ...]], *, columns: int = 2, title: str = "Things") -> Table:
    return Table(
        key="t",
        title=title,
        columns=tuple(Column(key=f"c{at}", title=f"Head {at}") for at in range(columns)),
        rows=tuple(Row(f"r{at}", cells) for at, cells in enumerate(rows)),
    )


def unusual_report() -> Report:
    """A report with letters that have to be shaped, in an order of its own."""
    report = one_form(Paragraph("ێڵڕە ښځړګ"))
    return replace(report, language="ar", right_to_left=True)


REPORTS: list[Callable[[], Report]] = [
    sample_report,
    draft_report,
    empty_report,
    arabic_report,
    chinese_report,
    russian_report,
    unusual_report,
    drawings_report,
]


@pytest.mark.parametrize("made", REPORTS)
def test_files_are_sound_and_carry_all_their_fonts(
    made: Callable[[], Report], write: Write
) -> None:
    path = write(made())
    checked = subprocess.run(["qpdf", "--check", path], capture_output=True, check=True, text=True)
    assert "No syntax or stream encoding errors" in checked.stdout
    listed = subprocess.run(["pdffonts", path], capture_output=True, check=True, text=True).stdout
    fonts = [line.split()[-6:] for line in listed.splitlines()[2:]]
    assert fonts
    assert all(font[1:4] == ["yes", "yes", "yes"] for font in fonts), listed
    assert "Helvetica" not in listed


@pytest.mark.parametrize("made", REPORTS)
def test_the_same_report_gives_the_same_bytes(made: Callable[[], Report], write: Write) -> None:
    first = write(made(), "first").read_bytes()
    write(arabic_report(), "between")
    write(one_form(Paragraph("ړګ ځښ ێ")), "as well")
    assert write(made(), "second").read_bytes() == first


def test_another_moment_gives_other_bytes(write: Write) -> None:
    report = sample_report()
    later = replace(report.origin, changed_at=report.origin.changed_at + timedelta(seconds=1))
    paths = write(report, "a"), write(replace(report, origin=later), "b")
    assert paths[0].read_bytes() != paths[1].read_bytes()


def test_the_file_says_what_it_is(write: Write) -> None:
    with pikepdf.open(write(arabic_report())) as pdf:
        assert str(pdf.Root.Lang) == "ar"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert pdf.Root.ViewerPreferences.Direction == pikepdf.Name.R2L
        assert str(pdf.docinfo.Title) == arabic_report().title
        assert str(pdf.docinfo.CreationDate) == "D:20260314092653+00'00'"
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == arabic_report().title
            assert metadata["xmp:CreateDate"] == "2026-03-14T09:26:53+00:00"


def test_each_form_starts_on_a_page_with_its_header(write: Write) -> None:
    pages = pages_of(write(sample_report()))
    assert len(pages) == 6
    for part in (
        "Form B",
        "Stockpiled anti-personnel mines",
        "Article 7.1 (b)",
        "Remark",
        "period",
    ):
        assert part in pages[3]
    assert "Form C" in pages[4]


def test_pages_are_numbered_and_footed(write: Write) -> None:
    pages = pages_of(write(sample_report()))
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of 6" in page
        assert sample_report().footer in page


def test_a_form_turns_across_for_a_wide_table_only(write: Write) -> None:
    with pikepdf.open(write(sample_report())) as pdf:
        wide = [page.mediabox[2] > page.mediabox[3] for page in pdf.pages]
    assert wide == [False, False, False, False, True, False]


def test_forms_and_titles_are_in_the_outline(write: Write) -> None:
    with pikepdf.open(write(sample_report())) as pdf, pdf.open_outline() as outline:
        forms = [str(item.title) for item in outline.root]
        tables = [str(item.title) for item in outline.root[3].children]
    assert forms[3] == "Form B · Stockpiled anti-personnel mines"
    assert tables == [
        "1. Total of stockpiled anti-personnel mines",
        "2. Previously unknown stockpiles",
    ]


def test_outline_leads_to_the_page_of_the_form(write: Write) -> None:
    with pikepdf.open(write(sample_report())) as pdf, pdf.open_outline() as outline:
        targets = [_page_of(item) for item in outline.root]
    assert targets == [0, 1, 2, 3, 4, 5]


def _page_of(item: pikepdf.OutlineItem) -> int:
    assert isinstance(item.destination, pikepdf.Array)
    return pikepdf.Page(item.destination[0]).index


def test_rows_are_read_in_order_with_their_figures(write: Write) -> None:
    page = pages_of(write(sample_report()))[3]
    rows = [" ".join(line.split()) for line in page.splitlines()]
    for row in ("Depot Alpha 1,200 12-77; 3-81", "Subtotal PMN 1,540", "Total 96,849"):
        assert row in rows
    assert rows.index("PMN-2") < rows.index("Depot Bravo 85,310") < rows.index("Total 96,849")
    assert "Quantities were counted by hand." in rows


def test_units_dates_money_and_partial_figures(write: Write) -> None:
    page = pages_of(write(sample_report()))[4]
    for part in ("(m²)", "(EUR)", "Jun 1994", "1992 to 1995", "1,055,367 or more", "1,396,665.45"):
        assert part in page


def test_every_state_prints_its_words(write: Write) -> None:
    page = pages_of(write(sample_report()))[5]
    for state in STATED:
        assert re.search(rf"{state}\s+{STATE_WORDS[state]}\s+{STATE_WORDS[state]}", page)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (replace(table_of(()), empty=State.UNCHANGED), "Unchanged"),
        (replace(table_of(()), empty_text="Nothing at all."), "Nothing at all."),
    ],
)
def test_a_table_without_rows_says_so(table: Table, words: str, write: Write) -> None:
    assert words in text_of(write(one_form(table)))


def test_boxes_are_ticked_in_the_text_as_well(write: Write) -> None:
    choice = Choice("Form A", (("changed", False), ("unchanged", True)))
    text = text_of(write(one_form(Choices((choice,), ()))), "-layout")
    assert re.search(r"\[ \]\s+changed", text)
    assert re.search(r"\[x\]\s+unchanged", text)


def test_mark_and_notice_are_on_every_page(write: Write) -> None:
    marked, plain = pages_of(write(draft_report())), pages_of(write(sample_report(), "plain"))
    assert all("Exercise. The figures in this paper are made up." in page for page in marked)
    drawn = text_of(write(draft_report()), "-raw")
    assert drawn.count("DRAFT") == len(marked)
    assert not any("DRAFT" in page for page in plain)


def test_head_of_a_table_is_on_each_of_its_pages(write: Write) -> None:
    rows = [(f"row {at}", "x") for at in range(120)]
    pages = pages_of(write(one_form(table_of(rows))))
    assert len(pages) > 1
    assert all("Head 0" in page for page in pages)
    found = re.findall(r"row (\d+)\b", "".join(pages))
    assert [int(number) for number in found] == list(range(120))


@pytest.mark.parametrize("before", range(20, 50, 3))
def test_headings_and_titles_stay_with_the_first_rows(before: int, write: Write) -> None:
    rows = [(f"row {at}", "x") for at in range(3)]
    form = one_form(Paragraph("line\n" * before), Heading("A heading"), table_of(rows))
    pages = pages_of(write(form))
    (page,) = [page for page in pages if "A heading" in page]
    assert "Things" in page
    assert "row 0" in page


@pytest.mark.parametrize("count", range(25, 50, 4))
def test_a_total_never_stands_alone_on_a_page(count: int, write: Write) -> None:
    rows = (
        *(Row(f"r{at}", (f"row {at}", "x")) for at in range(count)),
        Row("sum", ("Total", "y"), RowRole.TOTAL),
    )
    pages = pages_of(write(one_form(replace(table_of(()), rows=rows))))
    (page,) = [page for page in pages if "Total" in page]
    assert f"row {count - 1} " in page


def test_a_row_taller_than_a_page_goes_on_on_the_next(write: Write) -> None:
    long = " ".join(f"word{at}" for at in range(4_000))
    pages = pages_of(write(one_form(table_of([("first", long), ("second", "short")]))))
    assert len(pages) > 3
    found = re.findall(r"word(\d+)\b", "".join(pages))
    assert [int(number) for number in found] == list(range(4_000))
    assert "second" in pages[-1]


@pytest.mark.parametrize(
    "text",
    [
        "b" * 50_000,
        "word " * 10_000,
        "كلمة " * 5_000,
        "كلمة" * 1_000,
        "地雷，" * 5_000,
        "\x00\x1b[31m \ud800 😀 \u202e \u2069 %^\\()<>",
        "ێڵڕە ښځړګ שלום ไทย हिन्दी ქართული",
        "\u064b\u200c\u200d",
    ],
)
def test_no_text_stops_the_writer(text: str, write: Write) -> None:
    table = table_of([(text, "x"), ("y", text)])
    fields = Fields(((text[:300], text), ("label", State.UNKNOWN)))
    path = write(one_form(table, fields, Paragraph(text), Heading(text[:500])))
    assert "Not known" in text_of(path)


def test_a_head_as_tall_as_a_page_leaves_room_for_rows(write: Write) -> None:
    columns = (Column(key="a", title="long title " * 2_000), Column(key="b", title="B"))
    table = replace(table_of([("first", "x"), ("last", "y")]), columns=columns)
    pages = pages_of(write(one_form(table)))
    assert "first" in pages[0]
    assert "last" in pages[0]


def test_titles_cannot_break_the_file(write: Write) -> None:
    odd = "title\x00 \ud800\n😀"
    form = Form(key="x", sheet="X", title=odd, blocks=(replace(table_of(()), title=odd),))
    report = replace(report_of((form,)), title=odd, mark=odd, notice=odd, authority=odd)
    with pikepdf.open(write(report)) as pdf:
        assert str(pdf.docinfo.Title) == "title\ufffd \ufffd \ufffd"


@pytest.mark.parametrize("columns", [1, 5, 6, 14])
def test_tables_of_any_width_keep_their_words_whole(columns: int, write: Write) -> None:
    rows = [tuple(f"cell{at}" for at in range(columns))] * 3
    text = text_of(write(one_form(table_of(rows, columns=columns))))
    assert all(text.count(f"cell{at}\n") + text.count(f"cell{at} ") >= 3 for at in range(columns))


def test_large_figures_stay_on_one_line(write: Write) -> None:
    columns = (
        Column(key="words", title="Words"),
        Column(key="n", title="N", kind=ColumnKind.NUMBER),
    )
    rows = [Row(f"r{at}", ("lorem ipsum " * 9, figure(f"f{at}", at))) for at in range(900)]
    rows.insert(451, Row("large", ("x", figure("large", 123_456_789_012))))
    table = Table(key="t", title=None, columns=columns, rows=tuple(rows))
    assert "123,456,789,012" in text_of(write(one_form(table)))


def test_a_long_table_is_complete(write: Write) -> None:
    found = re.findall(r"HA-(\d{6})", "".join(pages_of(write(large_report(400)))))
    assert [int(number) for number in found] == list(range(400))


def test_arabic_is_mirrored(write: Write) -> None:
    boxes = text_of(write(arabic_report()), "-bbox", "-f", "2", "-l", "2")
    (width,) = map(float, re.findall(r'<page width="([\d.]+)"', boxes))
    found = re.findall(r'xMax="([\d.]+)" yMax="[\d.]+">([^<]+)<', boxes)
    edges = {word: float(edge) / width for edge, word in found}
    assert edges["HA-0000/B"] > edges["1,250"] > edges["5,000,000"]
    assert edges["HA-0000/B"] > 0.8


def test_arabic_is_read_as_plain_letters(write: Write) -> None:
    text = letters_of(write(arabic_report()))
    for words in ("الألغام المضادة للأفراد المخزونة", "جمهورية ساندوفيا", "معلومات تكميلية"):
        assert words in text
    for code in ("HA-0012", "2025-03-01", "+999 21 555 0100", "PMN-2"):
        assert code in text
    assert not re.search("[\ufb50-\ufdff\ufe70-\ufef4]", text_of(write(arabic_report())))


def test_marked_and_unusual_words_are_read_by_their_letters(write: Write) -> None:
    report = replace(one_form(Paragraph("ښځړګ تقريراً محمّد")), language="ar", right_to_left=True)
    assert "ښځړګ تقريرا محمد" in letters_of(write(report))


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (chinese_report, ["库存杀伤人员地雷", "二〇二五年三月一日", "第 1 页"]),
        (russian_report, ["Противопехотные мины", "Уничтожены в присутствии", "Страница 1 из 1"]),
    ],
)
def test_other_scripts_are_read(made: Callable[[], Report], words: list[str], write: Write) -> None:
    text = text_of(write(made())).replace("\n", " ")
    for part in words:
        assert part in text


def test_an_empty_report_is_one_page_with_its_title(write: Write) -> None:
    (page,) = pages_of(write(empty_report()))
    assert empty_report().title in page
    assert "Page 1 of 1" in page
