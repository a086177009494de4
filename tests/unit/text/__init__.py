"""Text: what neighbours do not see of it, and what it is matched with."""
