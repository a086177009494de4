"""The Idempotency-Key header, and what a claim's state means for the request."""

import pytest

from buurtsein_intake.idempotency import KEY_LIMIT, Claim, ClaimState, Held, parse_key, refusal
from buurtsein_intake.limits import Quota
from buurtsein_runtime.problems import Refused

CLAIM = Claim("name", "f" * 32, "id", 60, True)


@pytest.mark.parametrize(
    ("header", "key"),
    [
        (None, None),
        ('"8e03978e-40d5"', "8e03978e-40d5"),
        ("8e03978e-40d5", "8e03978e-40d5"),
        (' "a b" ', "a b"),
        (r'"a\"b\\c"', 'a"b\\c'),
        ("a:b/c=d", "a:b/c=d"),
        ('"' + "k" * KEY_LIMIT + '"', "k" * KEY_LIMIT),
    ],
)
def test_a_key_may_be_quoted_or_not(header: str | None, key: str | None) -> None:
    """The draft wants a quoted string; many clients send a bare one, which means the same."""
    assert parse_key(header) == key


@pytest.mark.parametrize("header", ["", " ", '""', '"a', 'a"', "a b", '"a";b=1', "é", '"\\x"', "a\tb", "k" * 256])
def test_what_is_no_key_is_refused(header: str) -> None:
    """Half a quote, blanks, parameters, other characters and endless keys are refused with an example."""
    with pytest.raises(Refused) as refused:
        parse_key(header)
    assert refused.value.problem.status == 400
    assert "8e03978e" in refused.value.problem.detail


@pytest.mark.parametrize(("state", "status"), [("new", None), ("done", None), ("running", 409), ("other", 422)])
def test_a_claim_lets_a_request_on_or_not(state: ClaimState, status: int | None) -> None:
    """A new and a settled claim go on; a running one must wait, and another body is a mistake."""
    problem = refusal(CLAIM, Held(state, "id"))
    assert (problem and problem.status) == status


def test_a_claim_without_a_token_is_told_to_wait() -> None:
    """As long as the bucket needs to fill."""
    problem = refusal(CLAIM._replace(quota=Quota("client:app", 1, 5)), Held("limited", "", 4200))
    assert problem
    assert (problem.status, problem.headers["Retry-After"]) == (429, "5")


def test_a_key_can_be_required() -> None:
    """Its absence is refused in words of its own."""
    with pytest.raises(Refused, match="send the header Idempotency-Key") as refused:
        parse_key(None, required=True)
    assert refused.value.problem.status == 400
    assert parse_key("k", required=True) == "k"
