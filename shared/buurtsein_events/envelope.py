"""The CloudEvents envelope that every event travels in (CloudEvents 1.0.2, JSON format, structured mode)."""

from typing import Generic, Literal, TypeVar

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
