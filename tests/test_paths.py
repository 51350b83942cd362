from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import pytest

from mineaction_desktop import paths


@pytest.mark.parametrize("installed", [False, True])
def test_data_lie_beside_the_module_or_beside_the_package(tmp_path: Path, installed: bool) -> None:
    package = tmp_path / "package"
    (package / "_data" if installed else package).mkdir(parents=True)
    copy = Path(shutil.copy(paths.__file__, package))
    spec = importlib.util.spec_from_file_location("copied_paths", copy)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    root = package / "_data" if installed else tmp_path
    assert (module.forms_dir(), module.resources_dir()) == (root / "forms", root / "resources")


def test_the_fonts_are_there() -> None:
    assert (paths.resources_dir() / "fonts" / "NotoSans-Regular.ttf").is_file()
