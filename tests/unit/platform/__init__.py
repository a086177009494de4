"""The local platform, without starting any of it."""
