"""The contracts of every event: pure data, no clock and no I/O."""
