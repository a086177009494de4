"""Moderates reports by rules: friendly first, firm on repetition."""
