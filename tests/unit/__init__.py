"""Pure, fast tests without a network."""
