"""Every channel that intake knows: to add one, write its adapter and name it here."""

from collections.abc import Iterator

from buurtsein_intake.channels.adapter import Adapter
from buurtsein_intake.channels.whatsapp import WhatsApp
from buurtsein_intake.settings import IntakeSettings


def adapters(settings: IntakeSettings) -> Iterator[Adapter]:
    """Yield the adapters of the channels that the settings have secrets for."""
    if secret := settings.whatsapp_secret.get_secret_value():
        yield WhatsApp(secret=secret, verify_token=settings.whatsapp_verify_token.get_secret_value())
