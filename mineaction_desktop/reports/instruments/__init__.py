"""One module per instrument: which figures stand in which form."""

from collections.abc import Callable, Mapping

from mineaction_desktop.reports.document import Form
from mineaction_desktop.reports.instruments import apmbc

INSTRUMENTS: Mapping[str, Mapping[str, Callable[..., tuple[Form, ...]]]] = {
    "apmbc": {"classic": apmbc.build_forms},
}
"""The instruments and their layouts, each with the function that builds its forms."""
