"""What schemathesis needs to know to send e-mails: they are bytes as they are."""

import schemathesis


@schemathesis.serializer("message/rfc822")
def mail(_: schemathesis.SerializationContext, value: object) -> bytes:
    """Return a mail as it is sent."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")
