"""Every dependency of pyproject.toml stands in the lock files, within its range. Run by `make check`."""

import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]


def locked(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    return {_plain(match[1]): match[2] for match in re.finditer(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", text, re.M)}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def faults() -> list[str]:
    """One sentence for each dependency that a lock file does not hold or holds out of range."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {
        "run.lock": project["project"]["dependencies"],
        "dev.lock": [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]],
    }
    found = []
    for file, lines in wanted.items():
        versions = locked(file)
        for line in lines:
            requirement = Requirement(line)
            version = versions.get(_plain(requirement.name))
            if version is None or version not in requirement.specifier:
                found.append(f"{file}: {requirement} is not met ({version or 'missing'}); run `make lock`")
    return found


if __name__ == "__main__":
    problems = faults()
    print("\n".join(problems))
    sys.exit(bool(problems))
