"""A program that is killed while somebody keys loses nothing that was entered."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path


def test_an_editor_killed_at_any_moment_loses_no_field() -> None:
    tests = Path(__file__).parent
    done = subprocess.run(
        [sys.executable, "killed_sessions.py", "15"],
        cwd=tests,
        env={**os.environ, "PYTHONPATH": str(tests.parent)},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    waited = re.search(r"15 kills in \d+ s; no field waited longer than (\d+) ms", done.stdout)
    assert waited is not None, done.stdout
    assert int(waited[1]) < 1000
    lost = re.search(r"lost: 0 of (\d+) committed fields\n$", done.stdout)
    assert lost is not None, done.stdout
    assert int(lost[1]) >= 40  # how many are keyed in the time depends on the machine
