"""``attach``."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

from mineaction_desktop.cli.output import author_of, give, tell
from mineaction_desktop.services.attachments import Attached, add_attachment
from mineaction_desktop.services.changing import changed
from mineaction_desktop.storage.store import Store


def attach_verb(arguments: Namespace) -> int:
    """Keep a file in the register."""

    def work(store: Store) -> Attached:
        return add_attachment(
            store,
            arguments.file,
            arguments.title,
            kind=arguments.kind,
            subject=arguments.to,
        )

    made = changed(arguments.store, author_of(arguments), work)
    if arguments.json:
        give(asdict(made))
    tell(f"Kept {arguments.file} as {made.local_id}.")
    if made.is_photo_of_type:
        tell(f"It is now the photograph of {made.subject}.")
    return 0
