"""What can go wrong with an event.

ContractError
├── DecodeError        bytes that are not an event of these contracts
└── EncodeError        an event that these contracts do not allow on a topic
"""


class ContractError(Exception):
    """Base of everything that breaks a contract; `reason` is a short code for metrics and dead letters."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class DecodeError(ContractError):
    """The bytes are not an event of these contracts, now or later."""


class EncodeError(ContractError):
    """The event may not be written: too large, or of a type that the topic does not carry."""
