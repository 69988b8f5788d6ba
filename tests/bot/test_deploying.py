"""What operators copy: the dashboard, the compose file, the unit, the example for Kubernetes, the Dockerfile."""

import json
import os
import re
import subprocess
import sys
from configparser import ConfigParser
from typing import Any

import pytest
import yaml

from bot.metrics import Metrics
from bot.settings import Settings
from tests.paths import ROOT

SUFFIXES = {"histogram": ("_bucket", "_count", "_sum"), "counter": ("_total",), "gauge": ("",)}
OPERATING = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
KUBERNETES, COMPOSE = ROOT / "docs" / "kubernetes.yaml", ROOT / "compose.yaml"
GIVEN_BY_SUPERVISORS = 15
"""Seconds that all supervisors give; the bot needs at most ten."""
NOT_OF_THE_BOT = {"PARLEY_DATABASE_PASSWORD"}


def exported() -> dict[str, tuple[str, ...]]:
    """The metrics, each with the names of what it exports."""
    families = Metrics().registry.collect()
    return {each.name: tuple(each.name + suffix for suffix in SUFFIXES[each.type]) for each in families}


def named_in_the_dashboard() -> set[str]:
    """All metrics that its panels ask for."""
    board = json.loads((ROOT / "docs" / "grafana.json").read_text(encoding="utf-8"))
    asked = " ".join(target["expr"] for panel in board["panels"] for target in panel["targets"])
    return set(re.findall(r"\b(?:parley|process)_\w+", asked))


def test_every_metric_of_the_dashboard_is_exported() -> None:
    assert named_in_the_dashboard() - {name for names in exported().values() for name in names} == set()


def test_every_metric_of_ours_is_in_the_dashboard_and_explained() -> None:
    named = named_in_the_dashboard()
    for name, names in exported().items():
        if name.startswith("parley_"):
            assert named & set(names), name
            assert f"`{name}" in OPERATING


def test_panels_of_the_dashboard_do_not_overlap() -> None:
    board = json.loads((ROOT / "docs" / "grafana.json").read_text(encoding="utf-8"))
    places = [(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in board["panels"]]
    assert len(set(places)) == len(places)
    assert all(x + 8 <= 24 for x, _ in places)


def test_every_setting_is_explained() -> None:
    for name in Settings.model_fields:
        assert f"| `{name.upper()}` |" in OPERATING, name


def test_compose_runs_the_bot_on_a_database_that_is_ready() -> None:
    services = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["services"]
    bot, database = services["parley"], services["database"]
    assert bot["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert bot["read_only"]
    assert bot["stop_grace_period"] == f"{GIVEN_BY_SUPERVISORS}s"
    assert "ports" not in bot
    assert "healthcheck" in database
    assert "PASSWORD:?" in bot["environment"]["DATABASE_URL"], "no password is shipped"


def test_kubernetes_asks_the_addresses_that_there_are() -> None:
    pod = yaml.safe_load(KUBERNETES.read_text(encoding="utf-8"))["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    assert pod["terminationGracePeriodSeconds"] == GIVEN_BY_SUPERVISORS
    assert {kind: container[f"{kind}Probe"]["httpGet"]["path"] for kind in ("startup", "liveness", "readiness")} == {
        "startup": "/healthz",
        "liveness": "/healthz",
        "readiness": "/readyz",
    }
    assert container["securityContext"]["readOnlyRootFilesystem"]


def test_systemd_gives_time_to_finish_and_does_not_repeat_a_wrong_setting() -> None:
    unit = ConfigParser(interpolation=None, strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign]  # systemd's names have capitals
    unit.read(ROOT / "docs" / "parley.service", encoding="utf-8")
    service = unit["Service"]
    assert (service["TimeoutStopSec"], service["RestartPreventExitStatus"]) == (str(GIVEN_BY_SUPERVISORS), "2")
    assert service["ExecStart"].endswith("/parley run")


@pytest.mark.parametrize("path", ["compose.yaml", "docs/kubernetes.yaml", "Dockerfile", "docs/parley.service"])
def test_settings_in_examples_exist(path: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    named = set(re.findall(r"\b(?:PARLEY|DISCORD|DATABASE)_[A-Z_]+\b", text)) - NOT_OF_THE_BOT
    assert named <= {name.upper() for name in Settings.model_fields}


def test_the_health_check_of_the_image_asks_the_bot() -> None:
    found = re.search(r'HEALTHCHECK .*?CMD (\[.*?"])\n', (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.DOTALL)
    assert found
    command: list[Any] = json.loads(found[1].replace("\\\n", ""))
    done = subprocess.run(
        [sys.executable, *command[1:]],
        env={"PATH": os.environ.get("PATH", ""), "PARLEY_WEB_PORT": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, "nothing listens there"
    assert "Connection refused" in done.stderr
