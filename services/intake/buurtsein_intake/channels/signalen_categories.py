"""Signalen's public categories: which there are, and which type of report each stands for; pure."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from buurtsein_events.values import ReportType

BASE: Final = "/signals/v1/public"

_SLUG: Final = "[a-z0-9]+(?:[-_][a-z0-9]+)*"
_LINK: Final = re.compile(
    rf"(?:https?://[^/\s]{{1,253}})?{BASE}/terms/categories/({_SLUG})(?:/sub_categories)?/({_SLUG})/?", re.IGNORECASE
)
_LINK_LIMIT: Final = 500

Slug = Annotated[str, Field(pattern=f"^{_SLUG}$", max_length=100)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SubCategory(_Part):
    """One sub-category and the type of report that it stands for, if it stands for one."""

    slug: Slug
    name: str
    type: ReportType | None = None


class Category(_Part):
    """One main category."""

    slug: Slug
    name: str
    sub_categories: tuple[SubCategory, ...]


class SignalenFile(_Part):
    """The categories and public sources of an installation."""

    sources: tuple[str, ...]
    categories: tuple[Category, ...]

    @cached_property
    def types(self) -> dict[tuple[str, str], ReportType | None]:
        """Return the type of report of each sub-category, by the slugs of both."""
        return {(main.slug, sub.slug): sub.type for main in self.categories for sub in main.sub_categories}


def slugs_in(link: str) -> tuple[str, str] | None:
    """Return the slugs in a link to a sub-category of this or another installation, nothing when it is none."""
    found = _LINK.fullmatch(link.strip()) if len(link) <= _LINK_LIMIT else None
    return (found[1].lower(), found[2].lower()) if found else None


def tree(file: SignalenFile, public_url: str) -> dict[str, object]:
    """Return all categories as Signalen lists them."""
    root = f"{public_url.rstrip('/')}{BASE}/terms/categories"
    found = list(_mains(file, root))
    links = {"self": {"href": f"{root}/"}, "next": {"href": None}, "previous": {"href": None}}
    return {"_links": links, "count": len(found), "results": found}


def _mains(file: SignalenFile, root: str) -> Iterator[dict[str, object]]:
    for number, main in enumerate(file.categories, 1):
        link = f"{root}/{main.slug}"
        yield {
            "_links": {"self": {"href": link}},
            "_display": main.name,
            "id": number,
            "name": main.name,
            "slug": main.slug,
            "public_name": None,
            "is_public_accessible": True,
            "sub_categories": [_sub(sub, link) for sub in main.sub_categories],
        }


def _sub(sub: SubCategory, main: str) -> dict[str, object]:
    return {
        "_links": {"self": {"href": f"{main}/sub_categories/{sub.slug}"}},
        "_display": sub.name,
        "name": sub.name,
        "slug": sub.slug,
        "public_name": None,
        "is_active": True,
        "is_public_accessible": True,
        "description": None,
        "handling_message": None,
        "departments": [],
    }
