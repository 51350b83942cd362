"""A photograph that was attached to a type stands in Form H."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from mineaction_desktop.reports.document import Picture, Report
from mineaction_desktop.services.attachments import add_attachment
from mineaction_desktop.services.reporting import ReportRequest, build_report
from mineaction_desktop.storage.store import Author, Store


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
    (picture,) = [block for block in form.blocks if isinstance(block, Picture)]
    assert picture.content == shot.getvalue()
    assert picture.caption == "TB-4: Mine from above"


def test_a_type_without_a_photograph_has_none(demo_reports: dict[int, Report]) -> None:
    blocks = [block for form in demo_reports[2025].forms for block in form.blocks]
    assert not [block for block in blocks if isinstance(block, Picture)]
