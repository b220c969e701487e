"""The Nu HTML checker over saved pages, in one JVM."""

import json
import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tools.audit.documents import Document
from tools.audit.findings import MODULES, Finding

JAR = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
#: What is not counted, and why. Everything else is, warnings too.
FILTERED = {
    # htmx reads them, nothing else does; a browser keeps an attribute that it does not know.
    r"Attribute “hx-[a-z-]+” not allowed on element": "htmx's attributes",
    # What was typed is kept beside its error. A browser that knows dates shows an empty field there.
    r"Bad value .*for attribute “value” on element “input”: The literal did not satisfy the date format": "wrong dates",
    # aria-labelledby names the heading, which stands outside: the letter itself has none.
    r"Article lacks heading": "letters",
}


def faults(documents: Sequence[Document]) -> list[Finding]:
    """Errors and warnings of the checker on whole pages."""
    with tempfile.TemporaryDirectory() as folder:
        for number, document in enumerate(documents):
            (Path(folder) / f"{number}.html").write_text(document.html, encoding="utf-8")
        done = subprocess.run(
            ["java", "-Xmx512m", "-jar", JAR, "--format", "json", "--exit-zero-always", folder],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        )
    messages = json.loads(done.stderr)["messages"]
    return [
        Finding(str(documents[int(Path(each["url"]).stem)]), each["message"], " ".join(each.get("extract", "").split()))
        for each in messages
        if not any(re.match(pattern, each["message"]) for pattern in FILTERED)
    ]
