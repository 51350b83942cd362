"""What the commands of the window itself do: registers, dialogs, and going about."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from mineaction_desktop.i18n import mark
from mineaction_desktop.ui.commands import SUBJECTS
from mineaction_desktop.ui.main_window import SUFFIX
from mineaction_desktop.ui.recent import recent_registers
from mineaction_desktop.ui.screen import Handlers

if TYPE_CHECKING:
    from mineaction_desktop.ui.program import Program

START, KEYS, HOME = "start", "keys", "register"
"""Addresses of the screens that need no register to be open: the page of one comes before it."""

OPEN_TITLE = mark("Open a register")
REGISTERS = mark("Registers (*{suffix})")


class WindowCommands:
    """The commands that can be used whatever screen is shown. Dialogs are imported at use."""

    def __init__(self, program: Program) -> None:
        self._program = program

    def handlers(self) -> Handlers:
        """What can be used just now, by command."""
        program = self._program
        stage = program.window.stage
        possible: dict[str, Callable[[], object]] = {}
        if stage.visits.can_go_back:
            possible["window.back"] = stage.back
        if stage.visits.can_go_forward:
            possible["window.forward"] = stage.forward
        of_register = self._with_register() if program.registers.path else {}
        return {**self._always(), **of_register, **possible}

    def _always(self) -> Handlers:
        program = self._program
        return {
            "register.open": self.choose_register,
            "register.new": self.new_register,
            "register.demo": self.make_country,
            "window.preferences": self.show_preferences,
            "window.quit": program.window.close,
            "window.palette": self.show_palette,
            "window.keys": partial(program.go, KEYS),
            "window.about": self.show_about,
            "window.home": self.go_home,
        }

    def _with_register(self) -> Handlers:
        program = self._program
        return {
            "register.close": program.close_register,
            "window.navigation": program.window.show_navigation,
            "list.search": partial(program.go, "search"),
            "year.open": partial(self.go_subject, "years"),
            **{f"subject.{name}": partial(self.go_subject, name) for name in SUBJECTS},
        }

    def choose_register(self) -> None:
        """Ask for a register and open it."""
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415 - rarely wanted

        say = self._program.desk.say
        chosen, _ = QFileDialog.getOpenFileName(
            self._program.window,
            say(OPEN_TITLE),
            str(self._folder()),
            say(REGISTERS, suffix=SUFFIX),
        )
        if chosen:
            self._program.open(Path(chosen))

    def new_register(self) -> None:
        """Ask for a State and make a register for it."""
        from mineaction_desktop.ui.new_register_dialog import (  # noqa: PLC0415 - rarely wanted
            NewRegisterDialog,
        )

        program = self._program
        dialog = NewRegisterDialog(program.desk, program.jobs, self._folder(), program.window)
        dialog.made.connect(program.open)
        dialog.open()

    def make_country(self) -> None:
        """Ask where, and make the made-up country there."""
        from mineaction_desktop.ui.country_dialog import CountryDialog  # noqa: PLC0415 - as above

        program = self._program
        dialog = CountryDialog(program.desk, program.jobs, self._folder(), program.window)
        dialog.made.connect(program.open)
        dialog.open()

    def show_preferences(self) -> None:
        """Show the preferences, and follow what is changed."""
        from mineaction_desktop.ui.preferences_dialog import (  # noqa: PLC0415 - rarely wanted
            PreferencesDialog,
        )

        dialog = PreferencesDialog(self._program.desk, self._program.window)
        dialog.changed.connect(self._program.take_up)
        dialog.open()

    def show_palette(self) -> None:
        """Show the command palette, with what was typed into the toolbar."""
        from mineaction_desktop.ui.command_palette import CommandPalette  # noqa: PLC0415 - at use

        program, field = self._program, self._program.window.search
        palette = CommandPalette(
            program.desk, program.jobs, program.session, program.window.actions_, program.window
        )
        palette.add_places(program.window.navigation.places())
        palette.asked.connect(program.go)
        palette.field.setText(field.text())
        field.clear()
        palette.open()

    def show_about(self) -> None:
        """Say what the program is."""
        from mineaction_desktop.ui.about_dialog import AboutDialog  # noqa: PLC0415 - rarely wanted

        AboutDialog(self._program.desk, self._program.window).open()

    def go_home(self) -> None:
        """Show the overview of the register, or the start screen."""
        self._program.go(HOME if self._program.registers.path else START)

    def go_subject(self, subject: str) -> None:
        """Show what a subject opens with."""
        address = self._program.window.navigation.first_address(subject)
        if address is not None:
            self._program.go(address)

    def _folder(self) -> Path:
        """Where the last register lies, or the home folder."""
        last = next(iter(recent_registers(self._program.settings)), None)
        return last.path.parent if last and last.path.parent.is_dir() else Path.home()
