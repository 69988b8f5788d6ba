"""Where things lie, for the tests."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
SHARED = ROOT.parent / "shared"
TEXTS = SHARED / "seeds"
OPENAPI = SHARED / "discord" / "openapi.json"
QUESTIONS = SHARED / "eval" / "questions.jsonl"


def needs(path: Path) -> pytest.MarkDecorator:
    """Skips a test, with the reason, where a file or folder outside the repository is missing."""
    return pytest.mark.skipif(not path.exists(), reason=f"needs {path.relative_to(ROOT.parent)}, which is not here")
