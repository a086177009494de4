"""Moderation: rules, the ladder and the decision."""
