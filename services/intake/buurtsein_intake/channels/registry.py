"""Every channel that intake knows: to add one, write its adapter and name it here."""

from collections.abc import Callable, Iterator
from datetime import datetime

from buurtsein_intake.channels.adapter import Adapter
from buurtsein_intake.channels.cloudevents import CloudEvents
from buurtsein_intake.channels.email import Email
from buurtsein_intake.channels.facebook import Facebook
from buurtsein_intake.channels.sms import Sms
from buurtsein_intake.channels.telegram import Telegram
from buurtsein_intake.channels.whatsapp import WhatsApp
from buurtsein_intake.clients import Keyring
from buurtsein_intake.settings import IntakeSettings
from buurtsein_intake.validation import Known


def adapters(
    settings: IntakeSettings, keyring: Keyring, known: Callable[[datetime | None], Known]
) -> Iterator[Adapter]:
    """Yield the adapters of the channels that clients have keys for, or that the settings have secrets for."""
    yield CloudEvents(keyring, known)
    yield email(settings, keyring, known)
    if secret := settings.whatsapp_secret.get_secret_value():
        yield WhatsApp(secret=secret, verify_token=settings.whatsapp_verify_token.get_secret_value())
    if token := settings.telegram_secret_token.get_secret_value():
        yield Telegram(secret_token=token)
    if token := settings.sms_token.get_secret_value():
        yield Sms(token=token, url=settings.sms_url, shared_key=settings.sms_shared_key.get_secret_value())
    if secret := settings.facebook_secret.get_secret_value():
        yield Facebook(secret=secret, verify_token=settings.facebook_verify_token.get_secret_value())


def email(settings: IntakeSettings, keyring: Keyring, known: Callable[[datetime | None], Known]) -> Email:
    """Return the adapter of e-mail, which HTTP and SMTP share."""
    return Email(keyring, known, authserv=settings.email_authserv, recipients=settings.email_recipients)
