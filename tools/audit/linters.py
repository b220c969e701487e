"""Our stylesheet and scripts, against the oldest browsers that package.json names."""

import json
import os
import subprocess
from pathlib import Path

from tools.audit.findings import HERE, MODULES, Check, Finding

ROOT = HERE.parent.parent
FORMAT = {"stylelint": ("--formatter", "json"), "eslint": ("--format", "json")}


def checks(static: Path = ROOT / "static") -> list[Check]:
    """One row for CSS and one for JavaScript."""
    styles, scripts = sorted(static.glob("css/**/*.css")), sorted(static.glob("js/*.js"))
    browsers = ", ".join(json.loads((HERE / "package.json").read_text(encoding="utf-8"))["browserslist"])
    of_css = [
        Finding(f"{_short(file['source'])}:{each['line']}", str(each["rule"]), each["text"])
        for file in _run("stylelint", styles)
        for each in [*file["warnings"], *file.get("parseErrors", [])]
    ]
    of_js = [
        Finding(f"{_short(file['filePath'])}:{each['line']}", str(each["ruleId"]), each["message"])
        for file in _run("eslint", scripts)
        for each in file["messages"]
    ]
    return [
        Check("stylelint", f"{len(styles)} files, {browsers}", f"{len(of_css)} faults", "0", of_css),
        Check("eslint", f"{len(scripts)} files, {browsers}", f"{len(of_js)} faults", "0", of_js),
    ]


def _run(linter: str, files: list[Path]) -> list[dict]:  # type: ignore[type-arg]  # JSON of theirs
    """Return the JSON output of a linter. It reads only files below the working directory, which is the top folder."""
    command: list[str | Path] = [MODULES / ".bin" / linter, "--config", HERE / f"{linter}.config.mjs"]
    done = subprocess.run(
        [*command, *FORMAT[linter], *files],
        cwd=os.path.commonpath([file.parent for file in files]),
        env=os.environ | {"BROWSERSLIST_IGNORE_OLD_DATA": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    # stylelint has said it on standard error since its version 16.
    said = next((part for part in (done.stdout, done.stderr) if part.lstrip().startswith("[")), "")
    if not said:
        raise RuntimeError(f"{linter} said nothing that can be read:\n{done.stdout}{done.stderr}")
    result: list[dict] = json.loads(said)  # type: ignore[type-arg]
    return result


def _short(path: str) -> str:
    return str(Path(path).relative_to(ROOT)) if Path(path).is_relative_to(ROOT) else path
