"""What the OpenAPI document says of the webhooks of providers, by path and method: their own requests, shortened."""

from collections.abc import Mapping
from typing import Final

from buurtsein_intake.openapi import problems
from buurtsein_runtime.documents import Document, Responses

_JSON: Final = "application/json"
_FORM: Final = "application/x-www-form-urlencoded"
_TEXT: Final = "De straatlantaarn op de hoek doet het niet."
_REFUSED: Final = {
    400: "It is not what this provider sends.",
    401: "The signature or secret is missing or wrong.",
    413: "The body is too large.",
    415: "The body is of another media type.",
    503: "It can't be kept now; providers send it again.",
}

_WHATSAPP: Final = {
    "object": "whatsapp_business_account",
    "entry": [
        {
            "id": "102290129340398",
            "changes": [
                {
                    "field": "messages",
                    "value": {
                        "messaging_product": "whatsapp",
                        "messages": [
                            {
                                "from": "31600000000",
                                "id": "wamid.1",
                                "timestamp": "1791852060",
                                "type": "text",
                                "text": {"body": _TEXT},
                            }
                        ],
                    },
                }
            ],
        }
    ],
}
_TELEGRAM: Final = {
    "update_id": 880000001,
    "message": {
        "message_id": 11,
        "from": {"id": 700000001, "is_bot": False, "language_code": "nl"},
        "chat": {"id": 700000001, "type": "private"},
        "date": 1791852060,
        "text": _TEXT,
    },
}
_FACEBOOK: Final = {
    "object": "page",
    "entry": [
        {
            "id": "682498302938465",
            "time": 1791852060819,
            "messaging": [
                {
                    "sender": {"id": "7000000000000001"},
                    "recipient": {"id": "682498302938465"},
                    "timestamp": 1791852060307,
                    "message": {"mid": "m_1", "text": _TEXT},
                }
            ],
        }
    ],
}
_SMS: Final = {
    "MessageSid": "SM00000000000000000000000000000001",
    "From": "+31600000000",
    "NumMedia": "0",
    "Body": _TEXT,
}

_QUESTION: Final = "Dank je wel, je melding is binnen. Is 112 al gebeld? Bij gevaar: bel nu 112."
_HEARD: Final[Mapping[str, Document]] = {_JSON: {"example": {}}}
_SENT: Final = {
    "method": "sendMessage",
    "chat_id": 700000001,
    "text": _QUESTION,
    "reply_markup": {"inline_keyboard": [[{"text": "Ja", "callback_data": "112-called-yes"}]]},
}
_TWIML: Final = f'<?xml version="1.0" encoding="UTF-8"?><Response><Message>{_QUESTION}</Message></Response>'
_CHALLENGE: Final[Document] = {"schema": {"type": "string"}, "example": "1158201444"}


def _refused(*statuses: int) -> Responses:
    return problems({status: _REFUSED[status] for status in statuses})


def _header(name: str, description: str) -> Document:
    return {"name": name, "in": "header", "required": True, "description": description, "schema": {"type": "string"}}


def _post(proof: Document, media_type: str, example: object, answer: Mapping[str, Document] = _HEARD) -> Document:
    body = {"required": True, "content": {media_type: {"schema": {"type": "object"}, "example": example}}}
    return {
        "description": "200 means that all of it is kept, or is nothing that this channel reports.",
        "responses": {
            200: {"description": "Kept.", "content": {kind: {"schema": {}, **said} for kind, said in answer.items()}},
            **_refused(400, 401, 413, 415, 503),
        },
        "openapi_extra": {"parameters": [proof], "requestBody": body},
    }


def _challenge() -> Document:
    given = (
        ("hub.mode", "subscribe"),
        ("hub.verify_token", "the token of the settings"),
        ("hub.challenge", _CHALLENGE["example"]),
    )
    query = [
        {"name": name, "in": "query", "required": True, "schema": {"type": "string"}, "example": example}
        for name, example in given
    ]
    return {
        "description": "Meta asks this once, when the webhook is set up.",
        "responses": {
            200: {"description": "The challenge.", "content": {"text/plain": _CHALLENGE}},
            **_refused(401),
        },
        "openapi_extra": {"parameters": query},
    }


_META: Final = _header("X-Hub-Signature-256", "sha256= and the HMAC-SHA256 of the body with the app secret, in hex.")

PROVIDERS: Final[Mapping[tuple[str, str], Document]] = {
    ("/v1/channels/whatsapp", "POST"): _post(_META, _JSON, _WHATSAPP),
    ("/v1/channels/whatsapp", "GET"): _challenge(),
    ("/v1/channels/facebook", "POST"): _post(_META, _JSON, _FACEBOOK),
    ("/v1/channels/facebook", "GET"): _challenge(),
    ("/v1/channels/telegram", "POST"): _post(
        _header("X-Telegram-Bot-Api-Secret-Token", "The secret that setWebhook was given."),
        _JSON,
        _TELEGRAM,
        {_JSON: {"example": _SENT}},
    ),
    ("/v1/channels/sms", "POST"): _post(
        _header(
            "X-Twilio-Signature",
            "Twilio's signature of URL and fields, with the account's token (HMAC-SHA1), or with the SharedKey and the "
            "hash that X-Twilio-Webhooks-Signature-Settings names.",
        ),
        _FORM,
        _SMS,
        {"text/xml": {"example": _TWIML}},
    ),
}
"""Arguments of a route, for each path and method."""
