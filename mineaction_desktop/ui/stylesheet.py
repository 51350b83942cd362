"""The stylesheet: only what the palette cannot say. Screens name their parts with properties.

``role="title"``, ``"heading"``, ``"soft"``, ``"badge"``; ``tone="error"`` and its kin;
``kind="primary"`` for the one button that a screen is about; ``kind="card"`` for a framed part.
"""

SHEET = """
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox {
  background: $surface; border: 1px solid $line_strong; border-radius: @4;
  padding: @3 @6; selection-background-color: $accent; selection-color: $accent_text;
}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {
  border: 2px solid $accent; padding: @2 @5;
}
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled, QPlainTextEdit:disabled {
  background: $window; border-color: $line; color: $text_faint;
}
QLineEdit:read-only, QPlainTextEdit:read-only { background: $window; border-color: $line; }
QLineEdit[tone="error"], QPlainTextEdit[tone="error"], QComboBox[tone="error"],
QAbstractSpinBox[tone="error"] { border: 2px solid $error; padding: @2 @5; }
QLineEdit[tone="warning"], QPlainTextEdit[tone="warning"], QComboBox[tone="warning"],
QAbstractSpinBox[tone="warning"] { border: 2px solid $warning; padding: @2 @5; }
QComboBox::drop-down { border: none; width: @20; }
QComboBox::down-arrow { image: url(controls:$name-chevron-down.svg); width: @12; height: @12; }
QComboBox QAbstractItemView {
  background: $raised; border: 1px solid $line_strong; outline: none; padding: @2;
}
QComboBox QAbstractItemView::item { min-height: @24; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; width: @16; }
QAbstractSpinBox::up-arrow { image: url(controls:$name-chevron-up.svg); width: @10; height: @10; }
QAbstractSpinBox::down-arrow {
  image: url(controls:$name-chevron-down.svg); width: @10; height: @10;
}

QPushButton {
  background: $raised; border: 1px solid $line_strong; border-radius: @4; padding: @4 @12;
}
QPushButton, QCheckBox, QRadioButton { icon-size: @16; }
QPushButton:hover { background: $accent_soft; border-color: $accent; }
QPushButton:pressed { background: $sunken; }
QPushButton:focus { border: 2px solid $accent; padding: @3 @10; }
QPushButton:disabled { background: $window; border-color: $line; color: $text_faint; }
QPushButton[kind="primary"] {
  background: $accent; border: 1px solid $accent; color: $accent_text; font-weight: bold;
}
QPushButton[kind="primary"]:hover { background: $accent_hover; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; }
QPushButton[kind="primary"]:disabled {
  background: $sunken; border-color: $line; color: $text_faint;
}
QPushButton[kind="link"] {
  background: transparent; border: 1px solid transparent; color: $accent; padding: @3 @4;
  text-align: left;
}
QPushButton[kind="link"]:disabled { color: $text_faint; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"]:focus { border: 2px solid $accent; padding: @2 @3; }
QToolButton {
  background: transparent; border: 2px solid transparent; border-radius: @4; padding: @3 @5;
}
QToolButton:hover { background: $accent_soft; }
QToolButton:pressed, QToolButton:checked { background: $sunken; }
QToolButton:focus { border: 2px solid $accent; }
QToolButton:disabled { color: $text_faint; }
QToolButton[kind="chip"] { background: $sunken; border: 1px solid $line_strong; padding: @2 @6; }
QToolButton[kind="chip"]:hover { background: $accent_soft; border-color: $accent; }
QToolButton::menu-indicator { image: none; }
QToolButton { qproperty-iconSize: @16 @16; }
QToolBar QToolButton { qproperty-iconSize: @20 @20; }

QCheckBox, QRadioButton { spacing: @6; padding: @2; border: 2px solid transparent; }
QCheckBox:focus, QRadioButton:focus { border: 2px solid $accent; border-radius: @4; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator {
  width: @16; height: @16; border: 1px solid $line_strong; background: $surface;
  border-radius: @3;
}
QRadioButton::indicator { border-radius: @8; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {
  background: $accent; border-color: $accent; image: url(controls:$name-check.svg);
}
QCheckBox::indicator:indeterminate {
  background: $accent; border-color: $accent; image: url(controls:$name-minus.svg);
}
QRadioButton::indicator:checked { border: @5 solid $accent; width: @8; height: @8; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { background: $window; }

QAbstractItemView { border: 1px solid $line; outline: none; background: $surface;
  alternate-background-color: $window;
  selection-background-color: $accent_soft; selection-color: $text; }
QAbstractItemView:focus { border: 2px solid $accent; }
QAbstractItemView::item:hover { background: $sunken; }
QAbstractItemView::item:selected { background: $accent_soft; color: $text; }
QHeaderView { background: $window; border: none; }
QHeaderView::section {
  background: $window; color: $text_soft; border: none; border-right: 1px solid $line;
  border-bottom: 1px solid $line_strong; padding: @4 @8; font-weight: bold;
}
QTableView { gridline-color: $line; }
QTableCornerButton::section { background: $window; border: none; border-right: 1px solid $line;
  border-bottom: 1px solid $line_strong; }
QHeaderView::section:vertical { border-bottom: 1px solid $line; padding: 0 @4; }
QListView::item, QTreeView::item { padding: @3 @4; }

QListWidget#sections { border: none; background: transparent; }
QTreeView#navigation { border: none; background: $window; show-decoration-selected: 1; }
QTreeView#navigation:focus { border: 2px solid $accent; }
QTreeView#navigation::item { padding: @4 @4; }
QTreeView#navigation::branch { background: transparent; }
QTreeView#navigation::branch:has-children:closed {
  image: url(controls:$name-chevron-$forward.svg);
}
QTreeView#navigation::branch:has-children:open {
  image: url(controls:$name-chevron-down.svg);
}

QTabBar::tab {
  background: transparent; border: none; border-bottom: 2px solid transparent;
  padding: @6 @12; color: $text_soft;
}
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; font-weight: bold; }
QTabBar::tab:hover { background: $accent_soft; }
QTabBar::tab:focus { border: 2px solid $accent; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }

QMenuBar { background: $window; border-bottom: 1px solid $line; }
QMenuBar::item { padding: @4 @8; background: transparent; border-radius: @4; }
QMenuBar::item:selected { background: $accent_soft; color: $text; }
QMenu { background: $raised; border: 1px solid $line_strong; padding: @4; }
QMenu::item { padding: @4 @24 @4 @8; border-radius: @3; }
QMenu::icon { padding-left: @6; padding-right: @6; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $text_faint; background: transparent; }
QMenu::separator { height: 1px; background: $line; margin: @4 @8; }
QToolBar { background: $window; border: none; border-bottom: 1px solid $line; spacing: @2;
  padding: @3; }
QToolBar::separator { background: $line; width: 1px; margin: @4 @6; }
QStatusBar { background: $window; border-top: 1px solid $line; }
QStatusBar::item { border: none; }
QToolTip { background: $raised; color: $text; border: 1px solid $line_strong; padding: @4; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: $accent; }
QProgressBar { border: 1px solid $line_strong; border-radius: @4; background: $surface;
  text-align: center; min-height: @16; }
QProgressBar::chunk { background: $accent; border-radius: @3; }
QScrollArea { border: none; }
QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: @12; }
QScrollBar:horizontal { height: @12; }
QScrollBar::handle { background: $line_strong; border-radius: @3; margin: @3; }
QScrollBar::handle:vertical { min-height: @24; }
QScrollBar::handle:horizontal { min-width: @24; }
QScrollBar::handle:hover { background: $text_soft; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QGroupBox { border: 1px solid $line; border-radius: @4; margin-top: @16; padding: @8; }
QGroupBox::title { subcontrol-origin: margin; subcontrol-position: top left; color: $text_soft;
  font-weight: bold; padding: 0 @2; }
QLabel[role="soft"] { color: $text_soft; }
QLabel[role="heading"] { font-weight: bold; }
QLabel[tone="error"] { color: $error; }
QLabel[tone="warning"] { color: $warning; }
QLabel[tone="info"] { color: $info; }
QLabel[tone="done"] { color: $done; }
QLabel[role="exercise"] { background: $exercise; color: $exercise_text; font-weight: bold;
  padding: 0 @12; }
QLabel[role="key"] { background: $surface; border: 1px solid $line_strong; border-radius: @3;
  padding: 0 @5; }
QDialog#palette { border: 1px solid $line_strong; background: $raised; }
QFrame[kind="card"] { background: $surface; border: 1px solid $line; border-radius: @4; }
QFrame#banner[tone="error"] { background: $error_soft; border-left: @4 solid $error; }
QFrame#banner[tone="warning"] { background: $warning_soft; border-left: @4 solid $warning; }
QFrame#banner[tone="info"] { background: $info_soft; border-left: @4 solid $info; }
QFrame#banner[tone="done"] { background: $done_soft; border-left: @4 solid $done; }
"""
