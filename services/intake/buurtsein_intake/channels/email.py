"""E-mail: a report that a resident mails, as a mail server received it (message/rfc822).

Mail programs send more than what was said: quotations, signatures, the same words as HTML. What remains is the report.
"""

import hashlib
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import Final

from buurtsein_events.values import Channel
from buurtsein_intake.channels import email_trust, reading
from buurtsein_intake.channels.adapter import Answer, Call, Taken
from buurtsein_intake.channels.email_mime import pictures_of, read, text_of, unreadable
from buurtsein_intake.channels.email_replies import own_words
from buurtsein_intake.channels.email_subject import is_forward, report_text
from buurtsein_intake.channels.message import Message, clean
from buurtsein_intake.clients import Keyring
from buurtsein_intake.shapes import EARLIEST, LATEST
from buurtsein_intake.validation import Known
from buurtsein_runtime.problems import Problem, Refused

MAIL_LIMIT: Final = 10 * 1024 * 1024
"""Bytes of an e-mail."""


class Email:
    """The adapter; `known` tells the communities and how late it is.

    `authserv` is how our own mail server is named in Authentication-Results, `recipients` are the addresses and domains
    that are ours.
    """

    channel: Channel = "email"
    path: str = "/v1/channels/email"
    media_types: tuple[str, ...] = ("message/rfc822",)
    body_limit: int = MAIL_LIMIT
    handshake_method: str | None = None

    def __init__(
        self,
        keyring: Keyring,
        known: Callable[[datetime | None], Known],
        *,
        authserv: str = "",
        recipients: Collection[str] = (),
    ) -> None:
        self._keyring = keyring
        self._known = known
        self._authserv = authserv
        self._recipients = recipients

    def verify(self, call: Call) -> None:
        """Raise `Refused` unless the bearer token is the key of a client (401) that may send reports (403)."""
        self._keyring.admit(call.headers.get("authorization", "").encode("latin-1"), "reports:write")

    def handshake(self, call: Call) -> Answer | None:  # noqa: ARG002
        """Return nothing: mail servers ask nothing beforehand."""
        return None

    def parse(self, call: Call) -> Sequence[Message]:
        """Return the report of an e-mail, none when a machine wrote it.

        Raises `Refused`: 400 when it can't be read or says nothing, 403 when our mail server says that it is forged.
        """
        mail = read(call.body)
        sender = email_trust.sender(mail)
        if email_trust.is_automatic(mail, sender):
            return ()
        if email_trust.is_forged(mail, self._authserv):
            raise Refused(_FORGED)
        if not sender:
            raise unreadable("From holds no address; an e-mail has one (RFC 5322, section 3.6.2).")
        text, pictures = _words(mail), pictures_of(mail)
        if not text and not pictures:
            raise unreadable("It has no words of its own; write what you saw as text.")
        return (
            Message(
                channel="email",
                key=_key(mail, sender, call.body),
                sender=sender,
                text=text,
                occurred_at=self._moment(mail),
                community=self._community(mail),
                pictures=pictures,
            ),
        )

    def answer(self, taken: Sequence[Taken]) -> Answer:
        """Return the reference of the report, none when there is none."""
        return reading.as_json({"references": [one.reference for one in taken]}, 202)

    def refuse(self, problem: Problem) -> Answer:
        """Return the problem."""
        return reading.refuse(problem)

    def _community(self, mail: EmailMessage) -> str | None:
        communities = self._known(None).communities
        ours = (
            address
            for address in email_trust.recipients(mail)
            if not self._recipients or email_trust.is_ours(address, self._recipients)
        )
        named = (email_trust.community_of(address, communities) for address in ours)
        return next((community for community in named if community), None)

    def _moment(self, mail: EmailMessage) -> datetime | None:
        """Return when it was sent, if that can be true."""
        try:
            date = parsedate_to_datetime(email_trust.header(mail, "date"))
            at = date if date.tzinfo else date.replace(tzinfo=UTC)
            latest = self._known(at).latest or LATEST
            return at if EARLIEST <= at <= latest else None
        except (TypeError, ValueError, OverflowError, IndexError):
            return None


_FORGED: Final = Problem(
    403,
    "forged-sender",
    "The sender is forged",
    "Neither DKIM nor SPF proves who sent this; send it from the mail server of your own address.",
)


def _words(mail: EmailMessage) -> str | None:
    subject = str(mail.get("subject", ""))
    body = clean(own_words(text_of(mail), forwarded=is_forward(subject)))
    return clean(report_text(subject, body or "", answers=bool(email_trust.header(mail, "in-reply-to"))))


def _key(mail: EmailMessage, sender: str, body: bytes) -> str:
    """Return what says which e-mail it is: its own id with its sender, so that nobody takes another's id first."""
    identity = email_trust.header(mail, "message-id").encode() or body
    return hashlib.sha256(sender.encode() + b"\n" + identity).hexdigest()
