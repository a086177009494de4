"""Twilio's own library as the other side of the SMS webhook: it signs what we verify, and writes what we answer."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlencode
from xml.etree.ElementTree import canonicalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import SIGNATURE_SETTINGS_HEADER, RequestValidator, get_signature_algorithm
from twilio.twiml.messaging_response import MessagingResponse

from buurtsein_intake.channels.adapter import Call, Taken
from buurtsein_intake.channels.message import Message, Reply
from buurtsein_intake.channels.sms import Sms
from buurtsein_runtime.problems import Refused
from tests.unit.intake.channels.fixtures import Fixture, fixtures

URL = "https://buurtsein.example/v1/channels/sms"
TOKEN = "a token of Twilio"
SENT = {"MessageSid": "SM1", "AccountSid": "AC1", "From": "+31612345670", "Body": "Er ligt glas"}
FORMS = {
    "unicode": {**SENT, "Body": "Brand 🔥 bij café ‘De Zon’, ± 2 m² — Ġużeppi & co: 100% = alles+niets"},
    "empty values": {**SENT, "FromCity": "", "ToState": "", "FromZip": ""},
    "parameters that came later": {**SENT, "Body": "a=b&c", "MessagingServiceSid": "MG1", "ChannelMetadata": '{"a":1}'},
    "several lines": {**SENT, "Body": "een\r\ntwee\n\ndrie\t "},
}
WORDS = st.text(st.characters(codec="utf-8"), max_size=40)


def signature(fields: Mapping[str, str], token: str = TOKEN, url: str = URL) -> str:
    """Return what Twilio's own library signs a form with."""
    signed: str = RequestValidator(token).compute_signature(url, dict(fields))
    return signed


def call(fields: Mapping[str, str], signed: str) -> Call:
    """Return the call that brings a form and a signature."""
    return Call(
        method="POST",
        url=URL,
        now=datetime.now(UTC),
        headers={"x-twilio-signature": signed},
        body=urlencode(fields).encode(),
    )


def verified(sms: Sms, asked: Call) -> bool:
    """Tell whether our adapter takes a call for Twilio's."""
    try:
        sms.verify(asked)
    except Refused:
        return False
    return True


@pytest.mark.parametrize("fields", FORMS.values(), ids=FORMS)
def test_what_twilio_signs_is_read_as_it_was_written(fields: dict[str, str]) -> None:
    """The signature covers every field, and the text is the sender's own."""
    sms, asked = Sms(token=TOKEN), call(fields, signature(fields))
    sms.verify(asked)
    [message] = sms.parse(asked)
    assert (message.text, message.sender) == (" ".join(fields["Body"].split()), fields["From"])


@given(extra=st.dictionaries(WORDS, WORDS, max_size=8))
def test_whatever_fields_twilio_adds_its_signature_holds(extra: dict[str, str]) -> None:
    """Any names and values, in any order."""
    fields = {**extra, **SENT}
    assert verified(Sms(token=TOKEN), call(fields, signature(fields)))


@pytest.mark.parametrize("fields", FORMS.values(), ids=FORMS)
def test_what_is_signed_with_another_token_is_refused(fields: dict[str, str]) -> None:
    """Whoever knows the address of the webhook does not know the account's token."""
    with pytest.raises(Refused) as refused:
        Sms(token=TOKEN).verify(call(fields, signature(fields, "another token")))
    assert refused.value.problem.status == 401


@given(name=WORDS, value=WORDS)
def test_a_field_that_twilio_did_not_sign_is_refused(name: str, value: str) -> None:
    """What is added or changed on the way breaks the signature."""
    assert not verified(Sms(token=TOKEN), call({**SENT, name: value + "!"}, signature(SENT)))


RULE = "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256"
SHARED = "the secret of a SharedKey"


def ruled(said: str, secret: str = SHARED) -> Call:
    """Return a call that Twilio signs as a Webhooks Rule says, and names that in a header."""
    algorithm = get_signature_algorithm(said)
    known = algorithm if algorithm in {"HMAC_SHA1", "HMAC_SHA256"} else None
    signed = RequestValidator(secret).compute_signature(URL, SENT, known)
    asked = call(SENT, signed)
    return replace(asked, headers={**asked.headers, SIGNATURE_SETTINGS_HEADER.lower(): said})


@pytest.mark.parametrize("said", [RULE, "algorithm=HMAC_SHA256, key=k=1", "key=k,algorithm=HMAC_SHA1", "key=k"])
def test_a_webhooks_rule_has_calls_signed_with_a_shared_key(said: str) -> None:
    """With the hash that the header names."""
    assert verified(Sms(token=TOKEN, shared_key=SHARED), ruled(said))


@pytest.mark.parametrize(
    ("said", "secret", "shared_key"),
    [
        (RULE, TOKEN, SHARED),
        (RULE, "", ""),
        ("key=k,algorithm=HMAC_MD5", SHARED, SHARED),
    ],
)
def test_a_rule_is_only_taken_with_the_shared_key_and_a_known_hash(said: str, secret: str, shared_key: str) -> None:
    """Without a shared key there is nothing that could prove who calls."""
    assert not verified(Sms(token=TOKEN, shared_key=shared_key), ruled(said, secret))


def test_the_shared_key_does_not_stand_in_for_the_token() -> None:
    """A call that names no rule is signed with the token."""
    assert not verified(Sms(token=TOKEN, shared_key=SHARED), call(SENT, signature(SENT, SHARED)))


@pytest.mark.parametrize("signed", [URL, "https://buurtsein.example:443/v1/channels/sms"])
def test_the_url_is_signed_with_its_port_or_without(signed: str) -> None:
    """Twilio does both, and its own library takes both."""
    assert verified(Sms(token=TOKEN), call(SENT, signature(SENT, url=signed)))


@pytest.mark.parametrize(
    "configured", ["https://sms.example:8443/in", "https://sms.example/in?key=1", "http://s.example"]
)
def test_the_address_that_twilio_was_given_is_the_one_that_counts(configured: str) -> None:
    """Behind a proxy it is another one than ours."""
    assert verified(Sms(token=TOKEN, url=configured), call(SENT, signature(SENT, url=configured)))


@pytest.mark.parametrize("fixture", fixtures("sms-twilio"), ids=str)
def test_twilios_library_and_ours_agree_on_every_fixture(fixture: Fixture) -> None:
    """What the one takes for signed the other does, too."""
    fields = dict(parse_qsl(fixture.body.decode("utf-8", "replace"), keep_blank_values=True, errors="replace"))
    signed = fixture.headers["X-Twilio-Signature"]
    theirs = RequestValidator("test-token").validate(fixture.url, fields, signed)
    assert verified(Sms(token="test-token", url=fixture.url), call(fields, signed)) == theirs


def test_the_answer_is_the_twiml_that_twilios_library_writes() -> None:
    """Text, marks of XML and line ends included; the library itself reads no TwiML."""
    replies = (
        Reply(text="Is <112> al gebeld & wel?", choices=(("yes", "Ja"), ("no", "Nee"))),
        Reply(text="Bedankt 🙏"),
    )
    taken = Taken(message=Message(channel="sms", key="SM1"), replies=replies)
    theirs = MessagingResponse()
    theirs.message("Is <112> al gebeld & wel?\n1. Ja\n2. Nee")
    theirs.message("Bedankt 🙏")
    ours = Sms(token=TOKEN).answer([taken]).body.decode()
    assert canonicalize(ours) == canonicalize(theirs.to_xml())


def test_an_answer_that_says_nothing_is_twiml_too() -> None:
    """As the library writes it."""
    ours = Sms(token=TOKEN).answer([]).body.decode()
    assert canonicalize(ours) == canonicalize(MessagingResponse().to_xml())
