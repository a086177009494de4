"""The buurtsein command: local platform, topics, dead letters, accounting, demo."""
