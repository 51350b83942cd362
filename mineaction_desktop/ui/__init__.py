"""The window: every screen of the program, on services alone."""
