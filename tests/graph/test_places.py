"""Where the cache lies on each system, and that what lies there is its owner's alone."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import platformdirs
import pytest
from platformdirs.macos import MacOS
from platformdirs.unix import Unix
from platformdirs.windows import Windows

from isthmus.graph import places

if TYPE_CHECKING:
    from pathlib import Path

posix = pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_on_linux_the_cache_is_xdgs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(platformdirs, "PlatformDirs", Unix)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert places.cache() == tmp_path / "isthmus"
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert places.cache() == tmp_path / "home" / ".cache" / "isthmus"


def test_on_macos_the_cache_is_in_the_library(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(platformdirs, "PlatformDirs", MacOS)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    assert places.cache() == tmp_path / "Library" / "Caches" / "isthmus"


def test_on_windows_the_cache_is_in_local_application_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(platformdirs, "PlatformDirs", Windows)
    asked = []

    def known(name: str) -> str:
        asked.append(name)
        return str(tmp_path)

    monkeypatch.setattr("platformdirs.windows.get_win_folder", known)
    assert places.cache() == tmp_path / "isthmus" / "Cache"
    assert asked == ["CSIDL_LOCAL_APPDATA"]


@posix
@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_folders_and_files_are_the_owners_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mask: int) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "a" / "b"))
    former = os.umask(mask)
    try:
        with places.written(places.cache() / "c" / "file") as out:
            out.write(b"x")
        with places.opened(tmp_path / "a" / "text") as text:
            text.write("x")
    finally:
        os.umask(former)
    found = {str(path.relative_to(tmp_path / "a")): mode(path) for path in sorted((tmp_path / "a").rglob("*"))}
    assert found == {"b": 0o700, "b/isthmus": 0o700, "b/isthmus/c": 0o700, "b/isthmus/c/file": 0o600, "text": 0o600}
    assert mode(tmp_path / "a") == 0o700


@posix
def test_what_an_earlier_release_left_open_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "cache" / "isthmus").mkdir(parents=True)
    (tmp_path / "cache").chmod(0o755)
    (tmp_path / "cache" / "isthmus").chmod(0o755)
    (tmp_path / "text").write_text("before", encoding="utf-8")
    (tmp_path / "text").chmod(0o644)
    places.folder(places.cache() / "folds")
    places.opened(tmp_path / "text").close()
    assert mode(tmp_path / "cache") == 0o755  # the user's own
    assert mode(places.cache()) == 0o700
    assert mode(tmp_path / "text") == 0o600
    assert (tmp_path / "text").read_text(encoding="utf-8") == ""


def test_a_file_that_fails_leaves_the_one_before(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"before")
    with pytest.raises(TypeError), places.written(tmp_path / "file") as out:
        out.write(b"half" + out)  # type: ignore[operator]
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("file", b"before")]
