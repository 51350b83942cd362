"""Where the files lie that come with the program."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_cache_path, user_config_path, user_data_path

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
    return _settings_dir() / "forms"


def rescue_dir() -> Path:
    """Where drafts go that the register cannot take; ``MINEACTION_RESCUE`` names another folder."""
    named = os.environ.get("MINEACTION_RESCUE")
    return (
        Path(named) if named else user_data_path("mineaction-desktop", appauthor=False) / "rescued"
    )


def resources_dir() -> Path:
    """The folder of fonts, catalogues, maps and other material."""
    return _ROOT / "resources"


def settings_file() -> Path:
    """The file of the preferences of the person who is logged in."""
    return _settings_dir() / "settings.json"


def cache_dir() -> Path:
    """The folder for what can be made again: it may be emptied at any time."""
    return user_cache_path("mineaction-desktop", appauthor=False)


def _settings_dir() -> Path:
    return user_config_path("mineaction-desktop", appauthor=False)
