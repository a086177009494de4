"""Identifiers that follow from their cause, so that the same input always gives the same ids."""

import uuid

NAMESPACE = uuid.UUID("6f1c3bb4-5d0c-5b0e-9b5e-2f0f6f0f7a11")


def derive(cause: str, step: str) -> str:
    """Return the UUIDv5 of `step` below `cause` (RFC 9562, section 5.5)."""
    return str(uuid.uuid5(NAMESPACE, f"{cause}\x1f{step}"))
