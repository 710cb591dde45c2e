"""Every exception that amity raises on purpose.

::

    AmityError
    ├── InputError              what a person or a file gave cannot be used
    │   ├── UnreadableFile      a file cannot be turned into documents
    │   │   ├── UnknownFormat   no reader knows this kind of file
    │   │   ├── LimitExceeded   a size, page or expansion limit guards against it
    │   │   └── MissingTool     an optional program or extra is needed to read it
    │   ├── InvalidRecord       a table, coding or exchange file breaks its form
    │   ├── InvalidValue        a value is not one the codebook or an option allows
    │   └── SpanMismatch        offsets and quoted words do not agree
    ├── NotFound                no document, actor, position or measure of that name
    ├── ProjectError            the project file
    │   ├── NotAProject         the file is something else, or from a newer amity
    │   ├── ProjectBusy         another process is writing
    │   ├── StaleWrite          the record changed since it was read
    │   └── NothingToUndo       no event is left to undo or redo
    ├── NetworkError            a network cannot be built or measured as asked
    ├── MissingExtra            an optional dependency is not installed
    ├── ModelUnavailable        the reader's weights are not in this installation
    └── ReaderError             a reader (encoder, language model) failed

Faces turn an `AmityError` into an exit code or one JSON shape; anything else is a bug and shows its traceback.
"""


class AmityError(Exception):
    """Base of every exception that amity raises on purpose."""


class InputError(AmityError):
    """What a person or a file gave cannot be used."""


class UnreadableFile(InputError):
    """A file cannot be turned into documents."""


class UnknownFormat(UnreadableFile):
    """No reader knows this kind of file."""


class LimitExceeded(UnreadableFile):
    """A limit on size, pages or expansion guards against this file."""


class MissingTool(UnreadableFile):
    """An optional program or extra is needed to read this file."""


class InvalidRecord(InputError):
    """A table, coding or exchange file breaks its form."""


class InvalidValue(InputError):
    """A value is not one that the codebook or an option allows."""


class SpanMismatch(InputError):
    """Offsets and quoted words do not agree."""


class NotFound(AmityError):
    """There is no document, actor, position or measure of that name."""


class ProjectError(AmityError):
    """The project file cannot do what was asked."""


class NotAProject(ProjectError):
    """The file is something else, or was written by a newer amity."""


class ProjectBusy(ProjectError):
    """Another process is writing to the project."""


class StaleWrite(ProjectError):
    """The record changed since it was read."""


class NothingToUndo(ProjectError):
    """No event is left to undo or redo."""


class NetworkError(AmityError):
    """A network cannot be built or measured as asked."""


class MissingExtra(AmityError):
    """An optional dependency is not installed."""


class ModelUnavailable(AmityError):
    """The reader's weights are not in this installation."""


class ReaderError(AmityError):
    """A reader (encoder or language model) failed."""
