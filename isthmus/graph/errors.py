"""What can go wrong, named after what the reader did or met.

Library code raises these; the command line alone turns them into a sentence and exit code 1.
"""


class IsthmusError(Exception):
    """Base of every error whose message is meant for the reader: what happened, where, what to do."""


class BadCase(IsthmusError):
    """The case file is missing, is no case, has an unknown version, or is locked."""


class BadInput(IsthmusError):
    """A source's file cannot be used at all; nothing was loaded."""


class EmptySheet(BadInput):
    """A sheet of a workbook has no row, not even a header."""


class BadRow(IsthmusError):
    """One row cannot be used; a loader sets it aside and goes on."""


class BadDate(BadRow):
    """A date is not EDTF, is impossible, or its end lies before its start."""


class UnknownWord(BadInput):
    """A kind, property or code that `schema.yml` does not declare."""


class NoSuchEntity(IsthmusError):
    """No entity of the case has this id or name."""


class AmbiguousName(IsthmusError):
    """Several entities bear this name; the message lists them."""


class BadQuestion(IsthmusError):
    """The parameters of a question are at fault."""


class ServerError(IsthmusError):
    """A Neo4j server is down, refused, or failed in the middle."""


class TooLittleMemory(IsthmusError):
    """The embedded engine may not take the memory that it needs; the message names what to raise."""


class MissingExtra(IsthmusError):
    """An optional package is not installed; the message names the extra."""
