"""The command ``mineaction``: words in, exit codes out; no logic of its own."""
