"""The Java machine of `arcadedb-embedded`: bounded, silent, and started only when Cypher is asked."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from isthmus.graph.errors import MissingExtra

HEAP = "ISTHMUS_CYPHER_HEAP"
"""Environment variable with the most memory the machine may take, such as 2g."""
_DEFAULT_HEAP = "2g"


def start(folder: Path, *, small: bool = False) -> Any:
    """The package, ready to open databases. `folder` takes the settings that keep its log quiet.

    `small` says that little will be asked of it: compiling less then halves the time to the first answer.

    The coming native build, which has no Java machine, bears the import name `arcadedb` and is taken as it is.

    Raises
    ------
    MissingExtra
        Neither is installed.
    """
    if find_spec("arcadedb_embedded") is not None:
        import arcadedb_embedded

        _start_java(folder, small)
        return arcadedb_embedded
    if find_spec("arcadedb") is not None:
        from importlib import import_module

        return import_module("arcadedb")
    raise MissingExtra(
        "Cypher without a server needs the package arcadedb-embedded: pip install 'isthmus[cypher]'; "
        "or ask a Neo4j server with --on bolt://HOST"
    )


def _start_java(folder: Path, small: bool) -> None:
    """Start it with our own arguments: the package's would write a log into the working directory."""
    import jpype
    from arcadedb_embedded import jvm

    if jpype.isJVMStarted():
        return
    folder.mkdir(parents=True, exist_ok=True)
    quiet = folder / "logging.properties"
    quiet.write_text("handlers=\n.level=OFF\n", encoding="ascii")
    jars = sorted(str(path) for path in Path(jvm.get_jar_path()).glob("*.jar"))
    jpype.startJVM(
        jvm.get_bundled_jre_lib_path(),
        f"-Xmx{os.environ.get(HEAP, _DEFAULT_HEAP)}",
        *(("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1") if small else ()),
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
