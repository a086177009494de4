"""Each alert has a runbook of its name and asks for metrics that there are."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import REGISTRY

import buurtsein_runtime.metrics

ROOT = Path(__file__).parents[2]
(GROUP,) = yaml.safe_load((ROOT / "deploy/alerts/buurtsein.rules.yml").read_text("utf-8"))["groups"]
RULES = pytest.mark.parametrize("rule", GROUP["rules"], ids=lambda rule: str(rule["alert"]))


@RULES
def test_an_alert_has_a_runbook_of_its_name(rule: dict[str, Any]) -> None:
    """Which begins with it."""
    runbook = ROOT / rule["annotations"]["runbook"]
    assert runbook.stem == rule["alert"]
    assert runbook.read_text("utf-8").startswith(f"# {rule['alert']}\n")


@RULES
def test_an_alert_asks_for_metrics_that_there_are(rule: dict[str, Any]) -> None:
    """By the names in buurtsein_runtime.metrics."""
    assert buurtsein_runtime.metrics.COUNTERS
    known = {family.name for family in REGISTRY.collect()}
    asked = re.findall(r"buurtsein_\w+", rule["expr"])
    assert {name.removesuffix("_total") for name in asked} <= known
