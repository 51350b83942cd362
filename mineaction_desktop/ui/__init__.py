"""The window: every screen of the program, on services alone.

Qt for Python puts itself into the way of every import that follows its own, and reads the source
of each module to see whether it asks for names in another style. None of ours does, and the
libraries of a register are nine megabytes of source, so the way is cleared again.
"""

import builtins

_usual = builtins.__import__

import PySide6.QtCore  # noqa: E402, F401 - what it does to imports is undone in the next line

builtins.__import__ = _usual
