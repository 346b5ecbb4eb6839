"""What can keep the harness from playing its part."""

from __future__ import annotations

from ..errors import CdsError


class HarnessError(CdsError):
    """The harness cannot go on; the message says what is in the way and what to do."""
