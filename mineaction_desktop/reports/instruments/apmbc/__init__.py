"""Anti-Personnel Mine Ban Convention, Article 7: the classic reporting format, Forms A to J."""

from mineaction_desktop.reports.instruments.apmbc.classic import build_forms

__all__ = ["build_forms"]
