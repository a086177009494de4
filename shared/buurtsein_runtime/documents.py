"""The words in which the OpenAPI documents of all services are written."""

from typing import Any

Document = dict[str, Any]
"""A part of an OpenAPI document, in JSON."""

Responses = dict[int | str, Document]
"""What an endpoint may answer, by status."""
