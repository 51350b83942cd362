"""Dressing the program: fonts, palette, stylesheet, direction, and Qt's own words."""

from __future__ import annotations

from PySide6.QtCore import QDir, QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from mineaction_desktop.paths import resources_dir
from mineaction_desktop.ui.stylesheet import SHEET
from mineaction_desktop.ui.theme import POINTS, Theme, wanted

STYLE = "Fusion"
"""The style of Qt that the stylesheet is written for; the application is made with it."""

FONT = "Noto Sans"
SUBSTITUTES = ("Noto Sans Arabic", "Noto Sans SC")

_translators: list[QTranslator] = []
"""What translates the dialogs of Qt just now; one at most."""

_STEPS = (24, 20, 16, 12, 10, 8, 6, 5, 4, 3, 2)


def register_fonts() -> None:
    """Make the fonts that come with the program known, so that no script shows as boxes."""
    for path in sorted((resources_dir() / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))
    QFont.insertSubstitutions(FONT, list(SUBSTITUTES))


def dress(app: QApplication, choice: str, percent: int) -> None:
    """Give the whole program its colours and its size of text; windows that stand open follow."""
    theme = wanted(choice)
    font = QFont(FONT)
    font.setPointSizeF(POINTS * percent / 100)
    app.setFont(font)
    app.setPalette(palette(theme))
    app.setStyleSheet(stylesheet(theme, percent))


def speak(app: QApplication, locale: QLocale) -> None:
    """Take the direction, the numbers and the dialogs of Qt from a language."""
    QLocale.setDefault(locale)
    app.setLayoutDirection(locale.textDirection())
    while _translators:  # to look for it among the children of the application would take long
        app.removeTranslator(_translators.pop())
    translator = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(locale, "qtbase", "_", folder):
        app.installTranslator(translator)
        _translators.append(translator)


def palette(theme: Theme) -> QPalette:
    """The colours in the roles that Qt knows."""
    made = QPalette()
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    for name, roles in {
        "window": (role.Window, role.Button),
        "surface": (role.Base,),
        "sunken": (role.AlternateBase, role.Midlight),
        "raised": (role.Light, role.ToolTipBase),
        "text": (role.WindowText, role.Text, role.ButtonText, role.ToolTipText),
        "accent": (role.Highlight, role.Link, role.Accent),
        "accent_text": (role.HighlightedText, role.BrightText),
        "line": (role.Mid,),
        "line_strong": (role.Dark, role.Shadow),
        "text_soft": (role.PlaceholderText, role.LinkVisited),
    }.items():
        for one in roles:
            made.setColor(one, theme.colour(name))
    faint = theme.colour("text_faint")
    for one in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        made.setColor(group.Disabled, one, faint)
    made.setColor(group.Disabled, role.Highlight, theme.colour("line"))
    made.setColor(group.Disabled, role.Base, theme.colour("window"))
    return made


def stylesheet(theme: Theme, percent: int) -> str:
    """The stylesheet in the colours of a theme; ``@4`` in it is a distance, ``$line`` a colour."""
    QDir.setSearchPaths("controls", [str(resources_dir() / "icons" / "controls")])
    text = SHEET
    mirrored = QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    text = text.replace("$forward", "left" if mirrored else "right")
    for name, colour in sorted(theme.colours().items(), key=lambda one: -len(one[0])):
        text = text.replace(f"${name}", colour)
    for step in _STEPS:
        text = text.replace(f"@{step}", f"{max(1, round(step * percent / 100))}px")
    return text
