"""Ids as files for other programs bear them: of entities and of ties, the same in every face.

GraphML allows an NMTOKEN (XML 1.0, production 7) as the id of a node or tie, and programs that check it (JGraphT) refuse
a blank. The page makes the same ids: see `frontend/src/tokens.ts`.
"""

from __future__ import annotations

import re

_OTHER = re.compile(r"[^A-Za-z0-9._:-]|_(?=x[0-9A-F]{4,6}_)")


def token(identity: str) -> str:
    """An id with every other sign than ASCII letters, digits and `._:-` as `_xHHHH_`, its code point.

    No two ids give the same token. The form is that of ISO/IEC 9075-14, which Excel and SQL servers write too.
    """
    return _OTHER.sub(lambda sign: f"_x{ord(sign[0]):04X}_", identity) or "_"


def tie_token(source: str, kind: str, target: str) -> str:
    """The id of a tie: its ends in its own direction and its kind, parted by a sign that stands in no token."""
    return f"{token(source)}·{kind}·{token(target)}"
