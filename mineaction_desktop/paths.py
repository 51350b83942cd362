"""Where the files lie that come with the program."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_config_path

_HERE = Path(__file__).resolve().parent
_INSTALLED = _HERE / "_data"
_ROOT = _INSTALLED if _INSTALLED.is_dir() else _HERE.parent


def forms_dir() -> Path:
    """The folder of the form definitions."""
    return _ROOT / "forms"


def national_forms_dir() -> Path:
    """The office's own forms: national fields, further lists and kinds, safe from updates.

    The variable ``MINEACTION_FORMS`` names it, else it is a folder of the user's settings.
    """
    named = os.environ.get("MINEACTION_FORMS")
    if named:
        return Path(named)
    return user_config_path("mineaction-desktop", appauthor=False) / "forms"


def resources_dir() -> Path:
    """The folder of fonts, catalogues, maps and other material."""
    return _ROOT / "resources"
