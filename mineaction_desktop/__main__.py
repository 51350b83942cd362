"""Run the command line with ``python -m mineaction_desktop``."""

from mineaction_desktop.cli.main import run

if __name__ == "__main__":
    raise SystemExit(run())
