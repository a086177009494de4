"""The shapes of GeoReport's answers, for the OpenAPI document."""

from typing import Literal

from pydantic import BaseModel, ConfigDict


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Open311Endpoint(_Shape):
    """One endpoint of a discovery."""

    specification: str
    url: str
    changeset: str
    type: Literal["production", "test"]
    formats: list[str]


class Open311Discovery(_Shape):
    """Where the API is and whom to ask."""

    changeset: str
    contact: str
    key_service: str
    endpoints: list[Open311Endpoint]


class Open311Service(_Shape):
    """One service: a type of report."""

    service_code: str
    service_name: str
    description: str | None
    metadata: bool
    type: Literal["realtime"]
    keywords: str | None
    group: str | None


class Open311Value(_Shape):
    """One value of an attribute."""

    key: str
    name: str


class Open311Attribute(_Shape):
    """One question about a report; with `variable` false it only tells something."""

    variable: bool
    code: str
    datatype: Literal["singlevaluelist", "datetime", "string"]
    required: bool
    datatype_description: str | None
    description: str
    values: list[Open311Value]
    order: int


class Open311Definition(_Shape):
    """The attributes of a service."""

    service_code: str
    attributes: list[Open311Attribute]


class Open311Filed(_Shape):
    """What an application gets for a request that is kept."""

    service_request_id: str
    service_notice: str
    account_id: None


class Open311Token(_Shape):
    """The reference of a token, which are the same here."""

    service_request_id: str
    token: str


class Open311Request(_Shape):
    """Where a service request stands, and what was filed."""

    service_request_id: str
    status: Literal["open", "closed"]
    status_notes: str
    service_name: str | None
    service_code: str | None
    description: str | None
    agency_responsible: str | None
    service_notice: str
    requested_datetime: str | None
    updated_datetime: str | None
    expected_datetime: str | None
    address: str | None
    address_id: None
    zipcode: None
    lat: float | None
    long: float | None
    media_url: str | None


class Open311Error(_Shape):
    """Why a request was refused."""

    code: int
    description: str
