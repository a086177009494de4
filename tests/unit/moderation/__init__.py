"""Moderation: rules, redaction, the ladder and the decision."""
