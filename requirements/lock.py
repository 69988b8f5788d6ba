"""Renews the lock files: versions and hashes, and no word of where they were fetched from."""

import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
GROUPS: dict[str, tuple[str, ...]] = {"run": (), "preview": ("build", "preview"), "dev": ("build", "preview", "dev")}
COMPILE = (
    str(Path(sys.executable).parent / "uv"),
    *("pip", "compile", "--quiet", "--python-version", "3.11", "--universal", "--generate-hashes"),
    *("--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate", "--upgrade", "pyproject.toml"),
)


def main() -> None:
    """Compiles each group within the versions of the one before it."""
    before: tuple[str, ...] = ()
    for name, extras in GROUPS.items():
        target = HERE / f"{name}.txt"
        options = [option for extra in extras for option in ("--extra", extra)]
        command = [*COMPILE, *options, *before, "--output-file", str(target)]
        subprocess.run(command, check=True, cwd=HERE.parent)  # noqa: S603 - a fixed command
        before = ("--constraint", str(target))
    (HERE / "uv.txt").write_text(_block("uv", (HERE / "dev.txt").read_text()))


def _block(package: str, lock: str) -> str:
    """The lines of one package: what installs the installer."""
    found = re.search(rf"^{package}==.*(?:\n    .*)*\n", lock, re.MULTILINE)
    if not found:
        raise SystemExit(f"{package} is not locked")
    return found.group(0)


main()
