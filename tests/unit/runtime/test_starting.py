"""How a service's process begins."""

import subprocess
import sys
from pathlib import Path

SERVICE = """
import gc
from buurtsein_runtime.starting import started

def main():
    print(gc.isenabled())
    started()
    print(gc.isenabled(), gc.get_freeze_count() > 0)
"""


def test_nothing_is_collected_until_a_service_has_loaded_what_stays(tmp_path: Path) -> None:
    """Then garbage is collected as ever, and what stays is left alone."""
    (tmp_path / "service.py").write_text(SERVICE, "utf-8")
    program = "from buurtsein_runtime.starting import start; start('service')"
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True
    )
    assert ran.stdout.split() == ["False", "True", "True"]
