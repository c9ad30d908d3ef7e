"""One HTML file: script and style locked by their hashes, data as inert text, nothing asked of any network."""

from __future__ import annotations

import gzip
import html
import json
import os
import tempfile
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

_SHELL = """<!DOCTYPE html>
<html lang="en" data-made-by="isthmus">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<noscript>This page draws itself with a script that it carries; the browser has scripts switched off.</noscript>
<script id="isthmus-data" type="application/json" data-packing="{packing}">{data}</script>
<script>{script}</script>
</body>
</html>
"""


def digest(text: str) -> str:
    """Source expression for a content security policy."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def policy(scripts: list[str], styles: list[str], extra: str = "") -> str:
    """A policy that allows these scripts and styles and nothing else: no request, no form, no base, no frame."""
    run, look = " ".join(map(digest, scripts)), " ".join(map(digest, styles))
    return (
        f"default-src 'none'; script-src {run}; style-src {look}; img-src data:; base-uri 'none'; "
        f"form-action 'none'{extra}"
    )


def inert(value: Any) -> str:
    """JSON that cannot end the element it stands in, nor be read as anything but data."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def packed(value: Any) -> str:
    """JSON as gzip in base64; the same value gives the same text."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return b64encode(gzip.compress(text.encode(errors="replace"), compresslevel=9, mtime=0)).decode()


def page(title: str, style: str, script: str, data: Any, *, plain: bool = False) -> str:
    """The page's text. `plain` leaves the data readable, for mail filters that refuse what they cannot read."""
    return _SHELL.format(
        policy=policy([script], [style]),
        title=html.escape(title),
        style=style,
        script=script,
        packing="none" if plain else "gzip",
        data=inert(data) if plain else packed(data),
    )


def write(path: Path, text: str) -> None:
    """Write the whole file or none of it; whoever may read the folder's other files may read it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.write(text)
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
