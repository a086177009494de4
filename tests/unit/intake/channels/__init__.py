"""The channels of intake."""
