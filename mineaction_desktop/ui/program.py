"""The program while it runs: the window, the register in it, and what its commands do."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.i18n import mark
from mineaction_desktop.services.glance import Overview
from mineaction_desktop.settings import SettingsFile
from mineaction_desktop.ui import looks
from mineaction_desktop.ui.banner import Notice
from mineaction_desktop.ui.crash import catch_crashes
from mineaction_desktop.ui.desk import Desk, Session, open_desk
from mineaction_desktop.ui.jobs import Jobs
from mineaction_desktop.ui.main_window import MainWindow
from mineaction_desktop.ui.navigation import FOLDED
from mineaction_desktop.ui.recent import recent_registers, remember_register
from mineaction_desktop.ui.register_work import Opened, bring_drafts_back
from mineaction_desktop.ui.registers import Registers
from mineaction_desktop.ui.screen import Screen
from mineaction_desktop.ui.screens import make_screen
from mineaction_desktop.ui.start_screen import StartScreen
from mineaction_desktop.ui.waiting_screen import WaitingScreen
from mineaction_desktop.ui.window_commands import HOME, KEYS, START, WindowCommands

UPGRADED = mark(
    "This register was made by an older version and has been brought up to date. As it was, it "
    "lies beside it: “{copy}”."
)
GONE = mark(
    "“{file}” cannot be reached just now. Put the stick back, or connect to the network again: "
    "what you key stays in drafts meanwhile."
)
INTERRUPTED = mark("{n} record was begun and not saved. Its draft is safe.")
INTERRUPTED_MANY = mark("{n} records were begun and not saved. Their drafts are safe.")
SHOW_DRAFTS = mark("Show them")
HELD = mark(
    "{name} ({office}) is working in this register, so it is open for reading only. Try again when "
    "it has been closed there."
)
TRY_AGAIN = mark("Try again")
BACK_AGAIN = mark("“{file}” can be reached again.")
REPLACED = mark(
    "Another file lies at the place of “{file}” now: the stick was put in again, or a copy took "
    "its place. Open it again to go on; what you typed meanwhile will be offered to you."
)
OPEN_AGAIN = mark("Open it again")
TAKEN_IN = mark("{n} draft that waited on this computer is in the register now.")
TAKEN_IN_MANY = mark("{n} drafts that waited on this computer are in the register now.")


class Program(QObject):
    """Everything that lives as long as the program runs."""

    def __init__(self, app: QApplication, settings: SettingsFile) -> None:
        super().__init__(app)
        self._app = app
        self.settings = settings
        self.jobs = Jobs(self)
        self._has_offered = False
        self._place: str | None = None
        app.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)
        self._begin()

    def _begin(self) -> None:
        """Make the desk and the window in the language that is wished for."""
        self.desk: Desk = open_desk(self.settings)
        looks.speak(self._app, self.desk.locale)
        self.dress()
        self.registers = Registers(self.desk, self.jobs, self)
        self.window = MainWindow(self.desk, self._make_screen)
        self.window.answer(WindowCommands(self).handlers)
        catch_crashes(self.desk, self.window, self._on_not_done)
        self.window.navigation.asked.connect(self.go)
        self.window.dropped.connect(self.open)
        self.window.leaving.connect(self._on_leaving)
        registers = self.registers
        registers.opening.connect(self._on_opening)
        registers.opened.connect(self._on_opened)
        registers.refused.connect(self._on_refused)
        registers.closed.connect(self._on_closed)
        registers.failed.connect(self._on_failed)
        registers.seen.connect(self.window.show_glance)
        registers.checked.connect(self.window.navigation.show_standing)
        registers.reachable.connect(self._on_reachable)
        registers.replaced.connect(self._on_replaced)

    @property
    def session(self) -> Session | None:
        """The register that is open."""
        return self.registers.session

    def start(self, path: Path | None) -> None:
        """Show the window, with what is remembered of a register, then open the register."""
        if path is None and self.settings.value.reopen_last:
            last = next(iter(recent_registers(self.settings)), None)
            path = last.path if last and not last.is_missing else None
        if path is None:
            self.go(START)
        else:
            self.registers.expect(path.absolute())
            self.window.drawn.connect(self.registers.begin)
        self.window.show()

    def dress(self) -> None:
        """Put on the colours and the size of text that are preferred."""
        looks.dress(self._app, self.settings.value.theme, self.settings.value.text_size)

    def relaunch(self) -> None:
        """Begin anew in another language or size, with the same register and screen.

        If a screen cannot be left, the next start does it.
        """
        path = self.registers.path
        self.window.save()
        if not self._leave():
            return
        self.registers.close()
        self.registers.deleteLater()
        self.window.hide()
        self.window.deleteLater()
        self._begin()
        self.start(path)

    def open(self, path: Path) -> None:
        """Open a register, if the screen in front can be left."""
        if self._leave():
            self.registers.open(path.absolute())

    def go(self, address: str) -> None:
        """Show a screen by its address; while a register is being opened, one that waits for it."""
        self._place = None
        self.window.stage.go(address)

    def tell(self, notice: Notice) -> None:
        """Show a notice at the top of the window."""
        self.window.banners.show_notice(notice)

    def close_register(self) -> None:
        """Close the register, if every screen can be left."""
        if self.registers.path is not None and self._leave():
            self.registers.close()
            self.go(START)

    def close(self) -> None:
        """End everything that runs."""
        self.registers.close()
        self.jobs.close()

    def _make_screen(self, address: str) -> Screen | None:
        screen = self._made(address)
        if screen is not None:
            screen.go.connect(self.go)
            screen.noticed.connect(self.tell)
            screen.handlers_changed.connect(self.window.actions_.refresh)
        return screen

    def _made(self, address: str) -> Screen | None:
        if address == START:
            start = StartScreen(self.desk)
            start.wanted.connect(self.window.actions_.use)
            start.opened.connect(self.open)
            return start
        if address == KEYS:
            from mineaction_desktop.ui.keys_page import KeysPage  # noqa: PLC0415 - few look at it

            return KeysPage(self.desk)
        if address == HOME and (self.session is not None or self.registers.glance is not None):
            return self._made_page()
        if self.session is None:
            path = self.registers.path
            return WaitingScreen(self.desk, path) if path is not None else None
        try:
            return make_screen(self.session, address)
        except UserError as error:  # a record that is gone, for one
            self.tell(Notice(error.render(self.desk.words), "error", key=address))
            return None

    def _made_page(self) -> Screen:
        from mineaction_desktop.ui.overview_screen import (  # noqa: PLC0415 - not every start
            OverviewScreen,
        )

        page = OverviewScreen(self.desk)
        self.registers.seen.connect(page.show_glance)
        if self.registers.glance is not None:
            page.show_glance(self.registers.glance)
        return page

    def _on_opening(self, path: Path) -> None:
        """Show the page of a register as it was left, if that is known, until it is open."""
        glance = self.registers.glance
        self.window.banners.clear()
        self.window.stage.clear()
        if glance is None:
            self.window.show_no_register()
        else:
            self.window.show_register(path, is_exercise=glance.is_exercise)
            self.window.show_glance(glance)
        self.window.status.opening(path.stem, is_exercise=glance is not None and glance.is_exercise)
        self.go(HOME)
        self._place = self._place_of(path)

    def _on_opened(self, session: Session, opened: Opened) -> None:
        window = self.window
        window.show_register(session.path, is_exercise=session.is_exercise)
        window.navigation.show_kinds(opened.kinds)
        if self.registers.glance is not None:
            window.show_glance(self.registers.glance)
        session.kept.connect(self._on_kept)
        session.changed.connect(lambda _: window.status.kept(datetime.now().astimezone()))
        session.trouble.connect(self._on_trouble)
        session.looked_over.connect(self._on_looked_over)
        self._has_offered = False
        self._tell_how_opened(session, opened)
        remember_register(self.settings, session.path, is_exercise=session.is_exercise)
        place = self._place or ""
        window.stage.renew()
        lists = {f"list:{kind}" for kind in session.catalogue.forms}
        is_gone = place.startswith("list:") and place not in lists  # of a form that was taken away
        if place and not is_gone and place != window.stage.visits.here:
            self.go(place)

    def _tell_how_opened(self, session: Session, opened: Opened) -> None:
        author = session.author
        self.window.status.opened(
            session.path.name, author.name, author.office, is_exercise=session.is_exercise
        )
        if opened.refusal is not None:
            holder = session.store.holder
            self.window.status.reading_only(
                holder.name if holder else "", holder.office if holder else ""
            )
            said = (
                self.desk.say(HELD, name=holder.name, office=holder.office)
                if holder
                else opened.refusal.render(self.desk.words)
            )
            again = (self.desk.say(TRY_AGAIN), partial(self.open, session.path))
            self.tell(Notice(said, "warning", key="refusal", action=again))
        if opened.copy is not None:
            text = self.desk.say(UPGRADED, copy=opened.copy.name)
            self.tell(Notice(text, "info", key="upgraded"))

    def _on_refused(self, path: Path, error: UserError) -> None:
        del path
        self.window.stage.clear()
        self.window.show_no_register()
        self.go(START)
        self.tell(Notice(error.render(self.desk.words), "error", key="refused"))

    def _on_failed(self) -> None:
        self._on_closed()
        self.go(START)

    def _on_closed(self) -> None:
        self.window.stage.clear()
        self.window.banners.clear()
        self.window.show_no_register()

    def _on_looked_over(self, overview: Overview) -> None:
        session = self.session
        if session is not None:
            remember_register(
                self.settings,
                session.path,
                state=overview.state or "",
                is_exercise=session.is_exercise,
            )
            if overview.interrupted and not self._has_offered:
                self._offer_drafts(overview.interrupted)
            self._has_offered = True  # later ones are what is being keyed just now

    def _offer_drafts(self, count: int) -> None:
        """Drafts that nobody put aside: the program or the computer stopped early."""
        text = self.desk.count(INTERRUPTED, INTERRUPTED_MANY, count)
        act = (self.desk.say(SHOW_DRAFTS), partial(self.go, "unfinished"))
        self.tell(Notice(text, "warning", key="drafts", action=act))

    def _on_reachable(self, is_there: bool) -> None:  # noqa: FBT001 - what a signal carries
        if self.session is None:
            return
        self.window.banners.take_away("gone")
        text = self.desk.say(BACK_AGAIN if is_there else GONE, file=self.session.path.name)
        self.tell(Notice(text, "done" if is_there else "error", key="gone"))
        if is_there:
            self._take_in_drafts(self.session)

    def _take_in_drafts(self, session: Session) -> None:
        """Drafts that went to files while the register could not be reached."""
        count = 0
        if session.store.is_writable:
            count = bring_drafts_back(session.store, session.catalogue)
        if count:
            text = self.desk.count(TAKEN_IN, TAKEN_IN_MANY, count)
            act = (self.desk.say(SHOW_DRAFTS), partial(self.go, "unfinished"))
            self.tell(Notice(text, "info", key="drafts", action=act))
            self.registers.look_over()

    def _on_replaced(self) -> None:
        if self.session is None:
            return
        path = self.session.path
        text = self.desk.say(REPLACED, file=path.name)
        again = (self.desk.say(OPEN_AGAIN), partial(self.open, path))
        self.tell(Notice(text, "error", key="gone", action=again, can_close=False))

    def _on_kept(self, at: datetime) -> None:
        self.window.banners.take_away("trouble")
        self.window.status.kept(at)

    def _on_trouble(self, error: UserError) -> None:
        self.window.status.not_kept(error)
        self.tell(Notice(error.render(self.desk.words), "error", key="trouble"))
        self.registers.look_for_file()

    def _on_not_done(self, error: UserError) -> None:
        """Something could not be done for a reason that is no fault of the program."""
        self.tell(Notice(error.render(self.desk.words), "error", key="not done"))
        self.registers.look_for_file()

    def take_up(self, changed: frozenset[str]) -> None:
        """Follow preferences that were changed."""
        if changed & {"language", "digits", "text_size"}:
            self.relaunch()
        elif "theme" in changed:
            self.dress()

    def _on_scheme_changed(self) -> None:
        if self.settings.value.theme == "system":
            self.dress()

    def _on_leaving(self, event: QCloseEvent) -> None:
        event.setAccepted(self._leave())

    def _leave(self) -> bool:
        """Put every screen away, unless one cannot be left; the place is remembered."""
        self._keep_place()
        return self.window.stage.clear()

    def _keep_place(self) -> None:
        """Remember which screen was shown last, and what is folded."""
        if self.session is None:
            return
        here = self.window.stage.visits.here
        self.settings.remember(f"place:{self.session.path}", here)
        self.settings.remember(FOLDED, self.window.navigation.folded())

    def _place_of(self, path: Path) -> str:
        """The screen to open a register with: the one it was left with, if it is a lasting one."""
        place = self.settings.recall(f"place:{path}")
        name, _, of = place.partition(":") if isinstance(place, str) else ("", "", "")
        is_lasting = {
            "list": of.isidentifier(),
            "year": of.isascii() and of.isdecimal(),
            "unfinished": not of,
        }.get(name, False)
        return str(place) if is_lasting else HOME
