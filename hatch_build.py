"""Build hook: knowledge/ is checked whole, and the wheel carries the stamp that says so."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CHECK_NEEDS = ("marshmallow", "PyYAML")  # what reading and checking knowledge/ imports; not the whole service


class StampBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's configuration is not generic here
    """Refuses to build a wheel whose knowledge has a fault."""

    PLUGIN_NAME = "stamp"

    def dependencies(self) -> list[str]:
        """What the check imports, in the versions the project wants."""
        wanted: list[str] = self.metadata.config["project"]["dependencies"]
        return [line for line in wanted if line.partition(">")[0].partition("=")[0].strip() in CHECK_NEEDS]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Check knowledge/ and add its stamp; an editable install reads the checkout, which `serve` checks itself."""
        if self.target_name != "wheel" or version == "editable":
            return
        self._written = tempfile.TemporaryDirectory(prefix="nen-cds-stamp-")
        stamp = stamp_of(Path(self.root), Path(self._written.name))
        build_data["force_include"][str(stamp)] = f"cds_service/_knowledge/{stamp.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Take the temporary stamp away."""
        if written := getattr(self, "_written", None):
            written.cleanup()


def stamp_of(root: Path, into: Path) -> Path:
    """The stamp for this checkout's knowledge/, written into a folder; exits with every fault where there is one."""
    sys.path.insert(0, str(root))
    try:
        from cds_service.errors import KnowledgeError
        from cds_service.knowledge_base import FORMAT, load, load_cases, write_stamp
        from cds_service.knowledge_base.folder import STAMP
        from cds_service.preflight import preflight
    finally:
        sys.path.remove(str(root))
    folder = root / "knowledge"
    try:
        knowledge = load(folder)
        faults = preflight(knowledge, load_cases(folder, knowledge), folder=folder)
    except KnowledgeError as error:
        faults = list(error.faults)
    if faults:
        raise SystemExit("\n".join(["knowledge/ has faults, no wheel is built:", *map(str, faults)]))
    write_stamp(into, knowledge.hash, FORMAT)
    return into / STAMP
