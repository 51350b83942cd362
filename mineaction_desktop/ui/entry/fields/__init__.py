"""The widgets of the fields: one for every type, and some for fields that are keyed together."""

from mineaction_desktop.ui.entry.fields.table import editor_for, hosts, single_editor

__all__ = ["editor_for", "hosts", "single_editor"]
