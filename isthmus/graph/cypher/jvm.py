"""The embedded engine's package, and its Java machine: bounded, silent, and started only when Cypher is asked.

Three packages bring the engine: `arcadedb-embedded`; from release 26.11 on `arcadedb-jvm`, the same under the import
name `arcadedb`; and `arcadedb`, of the same import name, compiled ahead of time, without a Java machine.
"""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from isthmus.graph import places
from isthmus.graph.errors import MissingExtra, TooLittleMemory

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAP = "ISTHMUS_CYPHER_HEAP"
"""Environment variable with the most memory the machine may take, such as 2g."""
_DEFAULT_HEAP = "2g"
_DEEPEST = 64  # causes; Java allows circles of them


@contextmanager
def enough() -> Iterator[None]:
    """Turns an exhausted memory into a sentence that says what to set.

    Raises
    ------
    TooLittleMemory
        The machine may not take what the work within needs.
    """
    try:
        yield
    except Exception as error:
        if not exhausted(error):
            raise
        raise TooLittleMemory(
            f"Cypher needs more memory than the embedded engine may take ({_heap()}); set {HEAP}, for example {HEAP}=4g"
        ) from None


def exhausted(error: BaseException) -> bool:
    """Whether an error of the engine says that its memory is used up."""
    return "OutOfMemoryError" in classes(error)


def classes(error: BaseException) -> frozenset[str]:
    """Names of the engine's own errors, without their packages, that an error of the binding comes from.

    The native build sends them as text (`java_chain`); otherwise they are Java's own, and each has its cause.
    """
    found = set()
    met: Any = error
    for _ in range(_DEEPEST):
        if met is None:
            break
        of_java = hasattr(met, "getCause")
        named = [str(met.getClass().getName())] if of_java else [name for name, _ in getattr(met, "java_chain", ())]
        found |= {name.rpartition(".")[2].rpartition("$")[2] for name in named}
        met = met.getCause() if of_java else met.__cause__ or met.__context__
    return frozenset(found)


def _heap() -> str:
    said = os.environ.get(HEAP) or _DEFAULT_HEAP
    if not re.fullmatch(r"[1-9]\d*[kKmMgG]?", said):
        raise TooLittleMemory(f"{HEAP} is {said!r}; a size such as 512m or 4g is wanted")
    return said


def start(folder: Path, *, small: bool = False) -> Any:
    """The package, ready to open databases. `folder` takes the settings that keep its log quiet.

    `small` says that little will be asked of it: compiling less then halves the time to the first answer.

    Raises
    ------
    MissingExtra
        No package of the engine is installed.
    TooLittleMemory
        Its Java machine doesn't start with the memory that it may take.
    """
    _set_for_native(folder)
    found = package()
    if has_java(found):
        _start_java(found, folder, small)
    return found


def _set_for_native(folder: Path) -> None:
    """The same bounds for the native build, which reads them from the environment."""
    os.environ.setdefault("ARCADEDB_LOG_CONSOLE", "0")
    os.environ.setdefault("ARCADEDB_LOG_DIR", str(folder))
    os.environ.setdefault("ARCADEDB_NATIVE_ISOLATE_ARGS", f"-Xmx{_heap()}")


def package() -> Any:
    """The package that brings the engine.

    Raises
    ------
    MissingExtra
        None is installed.
    """
    for name in ("arcadedb_embedded", "arcadedb"):
        if find_spec(name) is not None:
            return import_module(name)
    raise MissingExtra(
        "Cypher without a server needs an embedded engine: pip install 'isthmus[cypher]' (Linux with glibc 2.34 or newer, "
        "Windows, macOS on arm64); or ask a Neo4j server with --on bolt://HOST"
    )


def has_java(found: Any) -> bool:
    """Whether the engine runs on a Java machine, whose classes can be reached; the native build has none."""
    return bool(getattr(found, "__backend__", "jvm") == "jvm")


def _start_java(found: Any, folder: Path, small: bool) -> None:
    """Start it with our own arguments: the package's would write a log into the working directory."""
    import jpype

    if jpype.isJVMStarted():
        return
    quiet = folder / "logging.properties"
    with places.written(quiet) as out:
        out.write(b"handlers=\n.level=OFF\n")
    jars = sorted(str(path) for path in Path(found.jvm.get_jar_path()).glob("*.jar"))
    heap = _heap()
    try:
        jpype.startJVM(
            found.jvm.get_bundled_jre_lib_path(),
            f"-Xmx{heap}",
            *(("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1") if small else ("-XX:+UseParallelGC",)),
            "-XX:-PrintWarnings",
            "-XX:+UseCompactObjectHeaders",
            f"-XX:ErrorFile={folder / 'java_error_%p.log'}",
            f"-Djava.util.logging.config.file={quiet}",
            "-Djava.awt.headless=true",
            "-Dfile.encoding=UTF8",
            "-Dpolyglot.engine.WarnInterpreterOnly=false",
            "--enable-native-access=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
            "--add-opens=java.base/java.nio.channels.spi=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            classpath=os.pathsep.join(jars),
            interrupt=False,
        )
    except RuntimeError as error:
        raise TooLittleMemory(
            f"Cypher's Java machine doesn't start with {HEAP}={heap} ({error}); try another size"
        ) from None
