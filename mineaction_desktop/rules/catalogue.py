"""Every check there is, in the order of its code."""

from __future__ import annotations

from mineaction_desktop.rules import general, land, people, records, retained, stock, technical
from mineaction_desktop.rules.model import Rule

_MODULES = (general, land, people, records, retained, stock, technical)

ALL_RULES: tuple[Rule, ...] = tuple(
    sorted((rule for module in _MODULES for rule in module.RULES), key=lambda rule: rule.code)
)
"""The rules of every form, sorted by code; a test holds each code to be there once."""
