"""The made-up country: a rich, consistent and clearly fictional register to learn and test with."""

from mineaction_desktop.services.demo.assemble import generate

__all__ = ["generate"]
