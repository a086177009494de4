"""The CloudEvents envelope that every event travels in (CloudEvents 1.0.2, JSON format, structured mode)."""

from datetime import datetime
from typing import Final, Generic, Literal, NotRequired, TypedDict, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict

from buurtsein_events.values import Value

Data_co = TypeVar("Data_co", bound=Value, covariant=True)


class Event(BaseModel, Generic[Data_co]):
    """One event: the CloudEvents attributes and its data.

    `source` follows the Dutch government profile (`urn:nld:oin:<20 digits>:systeem:<name>`), `subject` is the report,
    signal or reader that it is about, `partitionkey` its Kafka key and `traceparent` its W3C trace context.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    specversion: Literal["1.0"] = "1.0"
    id: str
    source: str
    type: str
    time: AwareDatetime
    subject: str
    partitionkey: str
    traceparent: str | None = None
    datacontenttype: Literal["application/json"] = "application/json"
    dataschema: str
    data: Data_co


class Attributes(TypedDict):
    """The attributes of an event; those in `SAME` may be left out."""

    specversion: NotRequired[Literal["1.0"]]
    id: str
    source: str
    type: str
    time: datetime
    subject: str
    partitionkey: str
    traceparent: str | None
    datacontenttype: NotRequired[Literal["application/json"]]
    dataschema: str
    data: Value


SAME: Final = {name: field.default for name, field in Event.model_fields.items() if field.default}
"""The attributes that are the same in every event."""
