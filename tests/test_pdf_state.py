"""What the PDF of a State holds beside its pages: tags, links, data inside, pictures and maps."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import pdfa
from PIL import Image
from report_samples import (
    arabic_report,
    chinese_report,
    draft_report,
    drawings_report,
    empty_report,
    figure,
    large_report,
    photograph,
    report_of,
    russian_report,
    sample_report,
    sketch_map,
)

from mineaction_desktop.domain.states import State
from mineaction_desktop.reports.document import (
    Block,
    Chart,
    ChartKind,
    Choice,
    Choices,
    Column,
    Fields,
    Form,
    MapMark,
    Medium,
    Outline,
    Paragraph,
    Picture,
    Report,
    Row,
    Series,
    SketchMap,
    Table,
)
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.reports.writers.pdf import Attachment, unprintable, write_pdf
from mineaction_desktop.reports.writers.pdf.photograph import developed
from mineaction_desktop.reports.writers.pdf.scale import scale_for
from mineaction_desktop.reports.writers.pdf.scripts import Spot

DATA = Attachment("report.json", "application/json", b'{"made": "up"}', "The data of the report")
SHEET = Attachment("figures.csv", "text/csv", b"a;b\r\n1;2\r\n", "The figures")
REPORTS: list[Callable[[], Report]] = [
    sample_report,
    draft_report,
    empty_report,
    arabic_report,
    chinese_report,
    russian_report,
    drawings_report,
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "report.pdf"


def write(report: Report, path: Path) -> Path:
    write_pdf(report, Presenter(report.language), path)
    return path


def one_form(*blocks: Block) -> Report:
    return report_of((Form(key="x", sheet="X", label="Form X", title="Title", blocks=blocks),))


def text_of(path: Path) -> list[str]:
    run = subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, check=True, text=True
    )
    return run.stdout.split("\f")[:-1]


def elements(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Every element below one, in the order of reading."""
    kids = node.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def roles(pdf: pikepdf.Pdf) -> list[str]:
    return [str(node.S)[1:] for node in elements(pdf.Root.StructTreeRoot)]


def marked(page: pikepdf.Page) -> list[int]:
    """The numbers of the marked parts of a page; each part has to end before the next begins."""
    found: list[int] = []
    open_ = 0
    for step in pikepdf.parse_content_stream(page):
        operator, operands = str(step.operator), list(step.operands)
        if operator in ("BDC", "BMC"):
            assert not open_
            open_ = 1
            found += [int(each.MCID) for each in operands if isinstance(each, pikepdf.Dictionary)]
        elif operator == "EMC":
            open_ -= 1
        elif operator in ("Tj", "S", "f", "f*", "B", "B*", "Do"):
            assert open_, f"{operator} outside of all tags"
    assert not open_
    return found


@pytest.mark.parametrize("made", REPORTS)
def test_files_last(made: Callable[[], Report], path: Path) -> None:
    report = made()
    write_pdf(report, Presenter(report.language), path, attachments=[DATA, SHEET])
    checked = pdfa.validate_written(path, "3b")
    assert checked.passed, str(checked)
    run = subprocess.run(["qpdf", "--check", path], capture_output=True, check=False, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


def test_data_travels_inside_the_file(path: Path) -> None:
    write_pdf(sample_report(), Presenter(), path, attachments=[DATA, SHEET])
    with pikepdf.open(path) as pdf:
        found = pdf.attachments[DATA.name]
        assert found.get_file().read_bytes() == DATA.content
        assert found.obj.AFRelationship == pikepdf.Name.Data
        assert str(found.obj.Desc) == DATA.description
        assert {str(each.UF) for each in pdf.Root.AF} == {DATA.name, SHEET.name}
        first = path.read_bytes()
    write_pdf(sample_report(), Presenter(), path, attachments=[DATA, SHEET])
    assert path.read_bytes() == first


def test_dates_agree_in_both_descriptions_even_with_parts_of_seconds(path: Path) -> None:
    report = sample_report()
    moment = datetime(2026, 3, 14, 9, 26, 53, 999_999, tzinfo=UTC)
    write(replace(report, origin=replace(report.origin, changed_at=moment)), path)
    assert pdfa.validate_written(path, "3b").passed


def test_only_what_is_checked_is_claimed(path: Path) -> None:
    with pikepdf.open(write(sample_report(), path)) as pdf:
        packet = pdf.Root.Metadata.read_bytes().decode()
    assert "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>" in packet
    assert "pdfuaid" not in packet


@pytest.mark.parametrize("made", REPORTS)
def test_every_marked_text_has_its_element_and_the_way_back(
    made: Callable[[], Report], path: Path
) -> None:
    with pikepdf.open(write(made(), path)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        ways = list(pdf.Root.StructTreeRoot.ParentTree.Nums)[1::2]
        for at, page in enumerate(pdf.pages):
            assert page.obj.StructParents == at
            numbers = marked(page)
            assert sorted(numbers) == list(range(len(numbers)))
            assert len(ways[at]) == len(numbers)
            assert all(str(node.S) != "/Document" for node in ways[at])


def test_forms_are_sections_with_headings_tables_and_figures(path: Path) -> None:
    with pikepdf.open(write(drawings_report(), path)) as pdf:
        (document,) = elements_at(pdf.Root.StructTreeRoot)
        assert str(document.S) == "/Document"
        assert {str(section.S) for section in elements_at(document)} == {"/Sect"}
        counted = Counter(roles(pdf))
        figures = [node for node in elements(document) if str(node.S) == "/Figure"]
        first = [str(node.S)[1:] for node in elements_at(elements_at(document)[0])]
    assert counted["H1"] == len(drawings_report().forms) + 1  # the contents as well
    assert counted["Table"] == len(list(drawings_report().tables()))
    assert len(figures) == 7
    assert str(figures[0].Alt) == "Bars of land released in each year, by method."
    assert all(str(node.Alt) for node in figures)
    assert first[:2] == ["P", "H1"]


def elements_at(node: pikepdf.Object) -> list[pikepdf.Object]:
    kids = node.K if isinstance(node.K, pikepdf.Array) else [node.K]
    return [kid for kid in kids if isinstance(kid, pikepdf.Dictionary)]


def test_each_row_has_a_cell_for_each_column(path: Path) -> None:
    with pikepdf.open(write(sample_report(), path)) as pdf:
        for table in elements(pdf.Root.StructTreeRoot):
            if str(table.S) != "/Table":
                continue
            rows = [row for row in elements_at(table) if str(row.S) == "/TR"]
            widths = {sum(_columns(cell) for cell in elements_at(row)) for row in rows}
            assert len(widths) == 1
            heads = elements_at(rows[0])
            assert {str(cell.S) for cell in heads} == {"/TH"}
            assert {str(cell.A.Scope) for cell in heads} == {"/Column"}


def _columns(cell: pikepdf.Object) -> int:
    return int(cell.get("/A", pikepdf.Dictionary()).get("/ColSpan", 1))


def test_heads_on_further_pages_are_not_read_again(path: Path) -> None:
    with pikepdf.open(write(large_report(120), path)) as pdf:
        assert len(pdf.pages) > 2
        assert Counter(roles(pdf))["TH"] == 8
        assert Counter(roles(pdf))["TR"] == 121


def test_a_cell_on_two_pages_stays_one_cell(path: Path) -> None:
    long = " ".join(["word"] * 3_000)
    table = Table(
        key="t", title=None, columns=(Column(key="a", title="A"),), rows=(Row("r", (long,)),)
    )
    with pikepdf.open(write(one_form(table), path)) as pdf:
        assert len(pdf.pages) > 1
        (cell,) = [n for n in elements(pdf.Root.StructTreeRoot) if str(n.S) == "/TD"]
        assert len(cell.K) == len(pdf.pages)
        assert str(cell.K[1].Type) == "/MCR"


def test_the_contents_name_each_form_and_its_page(path: Path) -> None:
    pages = text_of(write(sample_report(), path))
    assert "Contents" in pages[1]
    for form, number in zip(sample_report().forms[1:], (3, 4, 5, 6), strict=True):
        assert re.search(rf"{form.title}[ .]+{number}\n", pages[1])
        assert form.title in pages[number - 1]
    with pikepdf.open(path) as pdf:
        targets = [pikepdf.Page(link.Dest[0]).index for link in pdf.pages[1].Annots]
    assert targets == [2, 3, 4, 5]


def test_many_forms_make_several_pages_of_contents(path: Path) -> None:
    forms = [
        Form(
            key=f"f{at}",
            sheet=f"F{at}",
            title=f"Title {at:03d}",
            label=f"L{at}" if at else None,
            blocks=(),
        )
        for at in range(90)
    ]
    pages = text_of(write(report_of(forms), path))
    listed = re.findall(r"Title (\d{3})[ .]+(\d+)\n", "".join(pages[1:5]))
    (moved,) = {int(number) - int(title) for title, number in listed if number}
    assert len(listed) == 89
    assert len(pages) == 90 + moved - 1


def test_figures_lead_to_their_evidence_and_back(path: Path) -> None:
    with pikepdf.open(write(drawings_report(), path)) as pdf:
        there = [pikepdf.Page(link.Dest[0]).index for link in pdf.pages[6].Annots]
        back = [pikepdf.Page(link.Dest[0]).index for link in pdf.pages[7].Annots]
        link = pdf.pages[6].Annots[0]
        assert list(link.Border) == [0, 0, 0]
        assert link.F == 4
    assert (there, back) == ([7] * 3, [6] * 3)


def test_links_without_a_target_are_not_made(path: Path) -> None:
    columns = (Column(key="a", title="A"),)
    rows = (Row("r", ("gone",), opens="gone"), Row("s", (figure("here", 1),)))
    table = Table(key="t", title=None, columns=columns, rows=rows)
    with pikepdf.open(write(one_form(table), path)) as pdf:
        assert "/Annots" not in pdf.pages[0]


def test_forms_for_other_files_stay_away(path: Path) -> None:
    kept, left = (
        Form(key=key, sheet=key, title=f"Title {key}", media=media, blocks=())
        for key, media in (("kept", (Medium.PAPER,)), ("left", (Medium.WORKBOOK, Medium.DATA)))
    )
    (page,) = text_of(write(report_of((kept, left)), path))
    assert "Title kept" in page
    assert "left" not in page


@pytest.mark.parametrize("count", range(24, 40, 2))
def test_notes_stand_with_the_last_rows(count: int, path: Path) -> None:
    table = Table(
        key="t",
        title="Things",
        columns=(Column(key="a", title="A"),),
        rows=tuple(Row(f"r{at}", (f"row {at}.",)) for at in range(count)),
        notes=("The first note.", "The second note."),
    )
    pages = text_of(write(one_form(table), path))
    (page,) = [page for page in pages if "first note" in page]
    assert f"row {count - 1}." in page
    assert "second note" in page


def test_columns_are_explained_below_their_titles(path: Path) -> None:
    (page,) = [page for page in text_of(write(sample_report(), path)) if "As of the last" in page]
    assert "Every state" in page


def test_labels_longer_than_a_page_go_on_on_the_next(path: Path) -> None:
    label = " ".join(f"word{at}" for at in range(1_500))
    option = " ".join(f"option{at}" for at in range(2_500))
    choice = Choice(label.replace("word", "label"), ((option, True), ("other", False)))
    pages = text_of(write(one_form(Fields(((label, "x"),)), Choices((choice,), (choice,))), path))
    text = "".join(pages)
    for part, count in (("word", 1_500), ("label", 1_500), ("option", 2_500)):
        found = {int(number) for number in re.findall(rf"{part}(\d+)\b", text)}
        assert found == set(range(count))


def test_characters_without_a_font_are_named() -> None:
    table = Table(
        key="t",
        title="ไ",
        columns=(Column(key="a", title="A", help="한"),),
        rows=(Row("r", ("plain ไ 😀",)), Row("s", (State.NONE,))),
    )
    report = one_form(Paragraph("ქ and é, 地雷, لغم"), table)
    found = [(one.spot, one.characters) for one in unprintable(report)]
    sheet = report.forms[0].sheet
    assert found == [
        (Spot(sheet), ("ქ",)),
        (Spot(sheet), ("ไ",)),
        (Spot(sheet, column="A"), ("한",)),
        (Spot(sheet, "r", "A"), ("ไ", "😀")),
    ]
    assert unprintable(arabic_report()) == unprintable(chinese_report()) == []
    assert unprintable(drawings_report()) == []


@pytest.mark.parametrize("kind", list(ChartKind))
@pytest.mark.parametrize(
    "rows",
    [
        ((1, 2, 3),),
        ((None, None, None), (0, 0, 0)),
        ((-4, 5, None), (3, -1, 10**15)),
        tuple((at, 2 * at, 3 * at) for at in range(9)),
    ],
)
def test_charts_of_any_numbers_are_drawn(
    kind: ChartKind, rows: tuple[tuple[int | None, ...], ...], path: Path
) -> None:
    series = tuple(Series(f"Series {at}", values) for at, values in enumerate(rows))
    names = ("2023", "2024", "a long name " * 9)
    chart = Chart(
        key="c", title="A chart", kind=kind, categories=names, series=series, unit="m²", alt="!"
    )
    bare = replace(chart, key="d", title="Nothing", categories=(), series=())
    (page,) = text_of(write(one_form(chart, bare), path))
    assert "A chart (m²)" in page
    assert "2023" in page


def test_bars_are_labelled_with_their_numbers(path: Path) -> None:
    pages = text_of(write(drawings_report(), path))
    for number in ("2,350,000", "3,856,300", "1,420,000", "4,010"):
        assert number in "".join(pages)
    for words in ("Cancelled", "Reduced", "Cleared", "Men", "Women"):
        assert words in "".join(pages)


@given(st.lists(st.integers(-(10**12), 10**12)))
def test_scales_hold_their_values_in_few_round_steps(values: list[int]) -> None:
    scale = scale_for(values)
    assert all(0 <= scale.share(value) <= 1 for value in [0, *values])
    assert 2 <= len(scale.ticks) <= 7
    assert len({high - low for low, high in zip(scale.ticks, scale.ticks[1:], strict=False)}) == 1


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF"])
def test_pictures_of_usual_kinds_are_developed(kind: str) -> None:
    found = developed(photograph(kind))
    assert found is not None
    assert (found.width, found.height) == (640, 480)


def test_pictures_stand_upright() -> None:
    found = developed(photograph(turned=True))
    assert found is not None
    assert (found.width, found.height) == (640, 480)
    with Image.open(BytesIO(found.content)) as image:
        sky = image.getpixel((10, 10))
        assert not image.getexif()
    assert isinstance(sky, tuple)
    assert sky[2] > 200


def test_large_pictures_become_small_and_clear_ones_white() -> None:
    out = BytesIO()
    Image.new("RGBA", (3_000, 2_000), (0, 0, 0, 0)).save(out, "PNG")
    found = developed(out.getvalue())
    assert found is not None
    assert max(found.width, found.height) <= 1_240
    with Image.open(BytesIO(found.content)) as image:
        assert image.getpixel((5, 5)) == (255, 255, 255)


def _bomb() -> bytes:
    out = BytesIO()
    Image.new("1", (40_000, 40_000)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    "content", [b"", b"no picture", photograph()[:900], b"\x89PNG\r\n\x1a\n" + b"\0" * 50, _bomb()]
)
def test_pictures_that_cannot_be_shown_say_so(content: bytes, path: Path) -> None:
    (page,) = text_of(write(one_form(Picture(key="p", content=content, caption="A field")), path))
    assert "This picture cannot be shown" in page
    assert "A field" in page


def test_a_picture_that_comes_twice_is_stored_once(path: Path) -> None:
    picture = Picture(key="p", content=photograph(), caption="A field", alt="A field")
    with pikepdf.open(write(one_form(*[picture] * 5), path)) as pdf:
        images = [each for each in pdf.objects if _is_image(each)]
        assert len(pdf.pages) > 1
        assert all("/XObject" in page.Resources for page in pdf.pages)
    assert len(images) == 1


def _is_image(item: pikepdf.Object) -> bool:
    return isinstance(item, pikepdf.Stream) and item.get("/Subtype") == pikepdf.Name.Image


def test_the_map_has_its_places_scale_and_caption(path: Path) -> None:
    (page,) = text_of(write(one_form(sketch_map()), path))
    for words in ("Northern Hills", "Tamarisk", "128", "100 km", "Areas suspected", "Sketch only"):
        assert words in page


@pytest.mark.parametrize(
    ("outlines", "marks"),
    [
        ((), ()),
        ((), (MapMark("Here", 44.1, 33.2, 1, "none"),)),
        ((Outline("Empty", ()), Outline("Line", (((1.0, 1.0), (2.0, 2.0)),))), ()),
        ((Outline("Far", (((0.0, 89.9), (180.0, 89.9), (90.0, -89.9)),)),), ()),
        ((), tuple(MapMark(f"P{at}", 10.0, 10.0, 10**at, "known") for at in range(9))),
    ],
)
def test_maps_of_anything_are_drawn(
    outlines: tuple[Outline, ...], marks: tuple[MapMark, ...], path: Path
) -> None:
    sketch: SketchMap = replace(sketch_map(), outlines=outlines, marks=marks)
    (page,) = text_of(write(one_form(sketch), path))
    assert "Areas by district" in page


@given(st.binary(max_size=400))
@settings(max_examples=60, deadline=None)
def test_no_bytes_stop_the_development_of_pictures(content: bytes) -> None:
    assert developed(b"\xff\xd8\xff" + content) is None
