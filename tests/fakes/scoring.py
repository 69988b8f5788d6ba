"""The rule by which answers to sample questions count as right: that of ``shared/eval/score.py``."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from knowledge.interpretation import AnswerKind, Interpretation

Row = dict[str, Any]
_ALONE = {AnswerKind.EVENTS, AnswerKind.OBSTACLES, AnswerKind.PROPOSALS}
_LENIENT = {AnswerKind.SUGGESTIONS, AnswerKind.NONE}


def rows(path: Path, *categories: str) -> Iterator[Row]:
    """The questions of a file, of these categories or of all; none where the file is missing."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    read = (json.loads(line) for line in lines if line.strip())
    return (row for row in read if not categories or row["category"] in categories)


def is_right(understood: Interpretation, row: Row) -> bool:
    """Whether an answer is one of those that a question accepts."""
    return any(_matches(understood, accepted) for accepted in row["accept"])


def _matches(understood: Interpretation, accepted: Row) -> bool:
    if understood.kind.value != accepted["kind"] or understood.kind in _ALONE:
        return str(accepted["kind"]) == understood.kind.value
    pairs = [
        (set(accepted.get("parties") or ()), set(understood.parties)),
        (set(accepted.get("topics") or ()), set(understood.topics)),
    ]
    return all(wanted == got or (understood.kind in _LENIENT and not wanted) for wanted, got in pairs)
