"""The pages on generated graphs: size, time to readiness, frames a second, a step of the slider, layout.

python -m bench.page [--nodes 1000,10000,50000] [--others] [--json out.json]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from isthmus.case import Case
from isthmus.graph.record.rows import Claim, Record, SourceRow, pack
from isthmus.views.explorer import from_picture
from isthmus.views.layout import layout
from isthmus.views.picture import picture
from isthmus.views.quick import quick_from_picture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from isthmus.graph.record.rows import Row

TIES = ("communicated_with", "met", "friend_of", "directed", "travelled_with", "housed")
FIRST = ("Adam", "Bilal", "Cem", "Driss", "Emir", "Farid", "Ghani", "Hamid", "Idris", "Jamal", "Karim", "Luan")
LAST = ("Abadi", "Berisha", "Cohen", "Demir", "Essid", "Fontaine", "Girard", "Haddad", "Ilic", "Janssen", "Kaya")
PATIENCE = 180.0  # seconds
COUNTRIES = ("FR", "BE", "DE", "NL", "GB", "ES", "TR", "MA", "TN", "XK")


def rows(n: int, seed: int = 1) -> Iterator[Row]:
    """`n` people in communities of about fifty, three dated ties each, as claims of a hundred records."""
    rng = np.random.default_rng(seed)
    yield SourceRow("bench", "Generated", "bench", "2016-12-31")
    records = [Record("bench", str(number), f"row {number}", published="2016-12-31") for number in range(100)]
    yield from records
    names = [
        f"{FIRST[a]} {LAST[b]} {at}"
        for at, (a, b) in enumerate(zip(rng.integers(0, 12, n), rng.integers(0, 11, n), strict=True))
    ]
    for at in range(n):
        record = records[at % 100].id
        identity = f"p{at}"
        yield Claim(record, identity, "kind", "Person")
        yield Claim(record, identity, "name", names[at])
        yield Claim(record, identity, "status", "convicted")
    source = np.repeat(np.arange(n), 3)
    inside = source // 50 * 50 + rng.integers(0, 50, 3 * n)
    target = np.minimum(n - 1, np.where(rng.random(3 * n) < 0.8, inside, rng.integers(0, n, 3 * n)))
    start = date(2014, 1, 1)
    days = rng.integers(0, 1000, 3 * n)
    kinds = rng.integers(0, len(TIES), 3 * n)
    for tie, (a, b) in enumerate(zip(source.tolist(), target.tolist(), strict=True)):
        if a != b:
            first = start + timedelta(days=int(days[tie]))
            valid = f"{first.isoformat()}/{(first + timedelta(days=90)).isoformat()}"
            yield Claim(records[tie % 100].id, f"p{a}", TIES[kinds[tie]], f"p{b}", valid, qualifiers=pack({}))


def made(n: int, folder: Path) -> tuple[dict[str, Any], dict[str, float]]:
    """The picture of a generated case of `n` people, and what it took."""
    with Case.create(folder / f"{n}.case") as case:
        case.load(rows(n), source="bench")
        start = time.perf_counter()
        graph = case.graph
        folded = time.perf_counter()
        parts = picture(graph, title=f"{n} nodes")
        return parts, {"fold s": folded - start, "picture s": time.perf_counter() - folded}


def layouts(sizes: list[int]) -> list[dict[str, Any]]:
    """Seconds for positions alone, over sizes, clustered and random ties."""
    out = []
    for n in sizes:
        rng = np.random.default_rng(1)
        source = np.repeat(np.arange(n), 3)
        near = np.minimum(n - 1, source // 50 * 50 + rng.integers(0, 50, 3 * n))
        far = rng.integers(0, n, 3 * n)
        for name, target in (("clustered", np.where(rng.random(3 * n) < 0.8, near, far)), ("random", far)):
            start, used = time.perf_counter(), time.process_time()
            placed = layout(n, source, target)
            took, cpu = time.perf_counter() - start, time.process_time() - used
            row = {"layout": "isthmus", "nodes": n, "ties": name, "wall s": round(took, 2), "cpu s": round(cpu, 2)}
            out.append({**row, "neighbours kept": round(preserved(placed.points, source, target), 3)})
            if n <= 1000:
                out.append({**force_atlas(n, source, target), "ties": name})
    return out


def force_atlas(n: int, source: Any, target: Any) -> dict[str, Any]:
    """ForceAtlas2 as networkx has it, a hundred iterations, for the same measure."""
    import networkx as nx

    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(n))
    graph.add_edges_from(zip(source.tolist(), target.tolist(), strict=True))
    start = time.perf_counter()
    places = nx.forceatlas2_layout(graph, max_iter=100, seed=1)
    took = time.perf_counter() - start
    points = np.array([places[at] for at in range(n)])
    return {"layout": "ForceAtlas2 (networkx)", "nodes": n, "wall s": round(took, 2),
            "neighbours kept": round(preserved(points, source, target), 3)}  # fmt: skip


def preserved(points: Any, source: Any, target: Any, most: int = 2000) -> float:
    """Share of a node's neighbours that are among as many nearest in the picture, over up to `most` nodes."""
    from scipy.spatial import cKDTree

    n = len(points)
    near: list[set[int]] = [set() for _ in range(n)]
    for a, b in zip(source.tolist(), target.tolist(), strict=True):
        if a != b:
            near[a].add(b)
            near[b].add(a)
    tree, shares = cKDTree(points), []
    for at in range(0, n, max(1, n // most)):
        if near[at]:
            found = tree.query(points[at], k=len(near[at]) + 1)[1]
            shares.append(len(near[at] & set(np.atleast_1d(found).tolist())) / len(near[at]))
    return float(np.mean(shares))


# Frames are counted between the first and the last of sixty movements, one asked for in each frame.
FRAMES = """
() => new Promise((done) => {
  const act = (k) => { MOVE; }; let k = 0; const begun = performance.now();
  const step = () => { act(k++); if (k < 60) requestAnimationFrame(step); else requestAnimationFrame(() => done(1000 * k / (performance.now() - begun))); };
  requestAnimationFrame(step);
})
"""
STEP = """
() => new Promise((done) => {
  const { store, data } = window.isthmus, times = [], last = data.lastDay - 60; let k = 0;
  const next = () => {
    const begun = performance.now();
    store.set({ to: last - 15 * k });
    requestAnimationFrame(() => { const channel = new MessageChannel();
      channel.port1.onmessage = () => { times.push(performance.now() - begun); if (++k < 12) setTimeout(next, 30); else done(times); };
      channel.port2.postMessage(0); });
  };
  next();
})
"""
EXPLORER = {"zoom": "window.isthmusNetwork.zoom(k < 30 ? 1.03 : 1 / 1.03)", "pan": "window.isthmusNetwork.camera.x += (k < 30 ? 8 : -8) / window.isthmusNetwork.camera.k; window.isthmusNetwork.moving()"}  # fmt: skip
VIS = {"zoom": "network.moveTo({scale: network.getScale() * (k < 30 ? 1.03 : 1 / 1.03)})", "pan": "const p = network.getViewPosition(); network.moveTo({position: {x: p.x + (k < 30 ? 8 : -8) / network.getScale(), y: p.y}})"}  # fmt: skip


def opened(
    browser: Browser, text: str, folder: Path, wait: str, name: str = "page.html"
) -> tuple[Page, float, list[str]]:
    """The page, ready, and how long that took from the start of loading."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    page = context.new_page()
    page.set_default_timeout(180_000)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    start = time.perf_counter()
    page.goto(path.as_uri())
    until = start + PATIENCE
    while (
        not page.evaluate(f"Boolean({wait})") and time.perf_counter() < until
    ):  # the page's policy forbids to evaluate within
        page.wait_for_timeout(20)
    return page, time.perf_counter() - start, [url for url in asked if not url.startswith("file:")]


def frames(page: Page, moves: dict[str, str]) -> dict[str, float]:
    """Frames a second for each movement."""
    return {f"{name} fps": round(page.evaluate(FRAMES.replace("MOVE", move)), 1) for name, move in moves.items()}


def measured(browser: Browser, n: int, folder: Path, *, others: bool) -> Iterator[dict[str, Any]]:
    """One row a page for a graph of `n` nodes."""
    parts, took = made(n, folder)
    text = from_picture(parts)
    page, ready, asked = opened(browser, text, folder, "document.documentElement.dataset.ready")
    row = {
        "page": "explorer",
        "nodes": n,
        "MB": round(len(text.encode()) / 1e6, 2),
        "ready s": round(ready, 2),
        "requests": len(asked),
    }
    row |= {key: round(value, 2) for key, value in took.items()}
    row["slider step ms"] = round(float(np.median(page.evaluate(STEP))), 0)
    page.evaluate("window.isthmus.store.set({ to: null, collapsed: [] }); window.isthmusNetwork.fit()")
    page.wait_for_timeout(1500)
    row |= frames(page, EXPLORER)
    page.wait_for_timeout(1500)
    row["slider step ms, all expanded"] = round(float(np.median(page.evaluate(STEP))), 0)
    page.context.close()
    yield row
    if others:
        yield hardened(browser, parts, n, folder)
        yield raw(browser, parts, n, folder)
        for name in ("sigma", "cytoscape", "vis"):
            yield library(browser, name, parts, n, folder)


def library(browser: Browser, name: str, parts: dict[str, Any], n: int, folder: Path) -> dict[str, Any]:
    """Another library with our positions, without labels, bundled from `bench/libraries`."""
    home = Path(__file__).parent / "libraries"
    if not (home / "node_modules").is_dir():
        subprocess.run(["npm", "ci", "--ignore-scripts"], cwd=home, check=True, capture_output=True)
    command = ["node_modules/.bin/esbuild", f"{name}.js", "--bundle", "--minify", "--format=iife"]
    script = subprocess.run(command, cwd=home, check=True, capture_output=True, text=True).stdout
    community = parts["layouts"]["community"]
    graph = {
        "x": community["x"],
        "y": community["y"],
        "source": parts["ties"]["source"],
        "target": parts["ties"]["target"],
    }
    text = (
        '<!DOCTYPE html><meta charset="utf-8"><div id="net" style="width:1280px;height:800px"></div>'
        f'<script id="graph" type="application/json">{json.dumps(graph)}</script><script>{script}</script>'
    )
    page, ready, asked = opened(browser, text, folder, "document.documentElement.dataset.ready")
    row = {"page": name, "nodes": n, "MB": round(len(text.encode()) / 1e6, 2), "ready s": round(ready, 2), "requests": len(asked),
           **frames(page, {"zoom": "window.moves.zoom(k)", "pan": "window.moves.pan(k)"})}  # fmt: skip
    page.context.close()
    return row


def hardened(browser: Browser, parts: dict[str, Any], n: int, folder: Path) -> dict[str, Any]:
    """The quick page."""
    start = time.perf_counter()
    text = quick_from_picture(parts)
    took = time.perf_counter() - start
    page, ready, asked = opened(browser, text, folder, "document.documentElement.dataset.ready")
    row = {"page": "pyvis hardened", "nodes": n, "MB": round(len(text.encode()) / 1e6, 2), "made s": round(took, 2),
           "ready s": round(ready, 2), "requests": len(asked), **frames(page, VIS)}  # fmt: skip
    page.context.close()
    return row


def raw(browser: Browser, parts: dict[str, Any], n: int, folder: Path) -> dict[str, Any]:
    """Pyvis as it comes, with its own physics: ready when the graph has come to rest, or after three minutes."""
    from pyvis.network import Network  # type: ignore[import-untyped]

    if n > 1000:
        return {"page": "pyvis raw", "nodes": n, "left out": "quadratic to make, minutes to rest"}
    start = time.perf_counter()
    net = Network(cdn_resources="in_line")
    for at, label in enumerate(parts["nodes"]["label"]):
        net.add_node(at, label=label)
    for a, b in zip(parts["ties"]["source"], parts["ties"]["target"], strict=True):
        net.add_edge(a, b)
    text = net.generate_html(notebook=False)
    took = time.perf_counter() - start
    settled = "typeof network !== 'undefined' && (window.rest ??= (network.once('stabilizationIterationsDone', () => { window.done = 1; }), 1)) && window.done"
    page, ready, asked = opened(browser, text, folder, settled)
    row = {"page": "pyvis raw", "nodes": n, "MB": round(len(text.encode()) / 1e6, 2), "made s": round(took, 2),
           "ready s": round(ready, 2), "requests": len(asked), **frames(page, VIS)}  # fmt: skip
    page.context.close()
    return row


def main() -> None:
    """Print one JSON object a row, and write them all if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", default="1000,10000,50000")
    parser.add_argument("--layout", default="1000,10000,100000")
    parser.add_argument(
        "--others", action="store_true", help="pyvis, raw and hardened, and other drawing libraries too"
    )
    parser.add_argument("--json", type=Path)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    given = parser.parse_args()
    from playwright.sync_api import sync_playwright

    found: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        browser = playwright.chromium.launch(executable_path=given.chromium, args=["--no-sandbox"])
        for n in [int(word) for word in given.nodes.split(",") if word]:
            for row in measured(browser, n, folder, others=given.others):
                print(json.dumps(row), flush=True)
                found.append(row)
        browser.close()
    for row in layouts([int(word) for word in given.layout.split(",") if word]):
        print(json.dumps(row), flush=True)
        found.append(row)
    if given.json:
        given.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
