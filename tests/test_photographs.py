"""A photograph that was attached to a type stands in Form H."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from submissions import stock_register

from mineaction_desktop.reports.document import Picture, Report
from mineaction_desktop.services.attachments import add_attachment
from mineaction_desktop.services.demo.pictures import PAPER, Shape, drawn
from mineaction_desktop.services.reporting import ReportRequest, build_report
from mineaction_desktop.storage.store import Author, Store

HELD = {"PMN", "PMN-2", "POMZ-2M", "OZM-72", "PMD-6", "TB-4"}


def pictures(report: Report) -> list[Picture]:
    blocks = (block for form in report.forms for block in form.blocks)
    return [block for block in blocks if isinstance(block, Picture)]


def test_a_photograph_stands_in_form_h(demo_path: Path, tmp_path: Path, author: Author) -> None:
    path = tmp_path / "demo.mineaction"
    path.write_bytes(demo_path.read_bytes())
    shot = io.BytesIO()
    Image.new("RGB", (320, 200), "olive").save(shot, "JPEG")
    (tmp_path / "tb4.jpg").write_bytes(shot.getvalue())
    with Store.open(path, author, write=True) as store:
        add_attachment(store, tmp_path / "tb4.jpg", title="Mine from above", subject="TB-4")
        with store.read() as reader:
            report = build_report(store, reader, ReportRequest(2025))
    (form,) = [form for form in report.forms if form.key == "H"]
    shown = {block.caption: block.content for block in form.blocks if isinstance(block, Picture)}
    assert shown["TB-4: Mine from above"] == shot.getvalue()
    assert len(shown) == len(HELD)


def test_a_type_without_a_photograph_has_none(tmp_path: Path) -> None:
    with Store.open(stock_register(tmp_path)) as store, store.read() as reader:
        report = build_report(store, reader, ReportRequest(2023))
    assert pictures(report) == []


def test_every_type_that_the_made_up_country_holds_has_its_drawing(
    demo_reports: dict[int, Report],
) -> None:
    shown = pictures(demo_reports[2025])
    assert {picture.caption.partition(":")[0] for picture in shown} == HELD
    for picture in shown:
        with Image.open(io.BytesIO(picture.content)) as drawing:
            dark = sum(drawing.histogram()[:200])
            assert 0.05 < dark / (drawing.width * drawing.height) < 0.6


@pytest.mark.parametrize(
    "shape",
    [
        Shape(120.0, 120.0, 40.0),
        Shape(60.0, 60.0, 180.0),
        Shape(196.0, 87.0, 50.0, is_round=False),
    ],
)
def test_a_drawing_is_to_scale_and_inside_its_sheet(shape: Shape) -> None:
    with Image.open(io.BytesIO(drawn(shape))) as image:
        inked = image.crop((0, 0, image.width, image.height - 20)).point(lambda grey: grey < PAPER)
    columns = [x for x in range(inked.width) if inked.crop((x, 0, x + 1, inked.height)).getbbox()]
    (gap,) = [at for at, x in enumerate(columns[1:], start=1) if x - columns[at - 1] > 1]
    sizes = []
    for side in (columns[:gap], columns[gap:]):
        box = inked.crop((side[0], 0, side[-1] + 1, inked.height)).getbbox()
        assert box is not None
        sizes.append((len(side), box[3] - box[1]))
    (wide, deep), (long, high) = sizes
    assert deep / wide == pytest.approx(shape.width / shape.length, abs=0.05)
    assert high / wide == pytest.approx(shape.height / shape.length, rel=0.05)
    assert long == pytest.approx(wide, abs=1)
    assert 0 < columns[0] < columns[-1] < inked.width - 1
