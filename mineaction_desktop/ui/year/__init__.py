"""The year: figures with the records behind them, problems, changes, and the report in files."""
