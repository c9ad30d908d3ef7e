// Beside pyvis's own script: the legend, the countries' regions, and a panel with the claims of what is clicked.
(async function () {
  "use strict";
  const bytes = Uint8Array.from(atob(document.getElementById("isthmus-data").textContent.trim()), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const data = JSON.parse(await new Response(stream).text());
  const { nodes: N, ties: T, statements: S, claims: C, records: R, sources, words, layout } = data;
  const panel = document.getElementById("panel");

  function element(tag, text, kind) {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    if (kind) made.className = kind;
    return made;
  }
  const named = (i) => N.label[i] + (N.status[i] ? " (" + N.status[i] + ")" : "");

  function legend() {
    const box = document.getElementById("legend"), used = new Set(N.kind);
    words.kinds.forEach((kind, k) => {
      if (!used.has(k) || kind.name === "Country" || kind.name === "Source") return;
      const mark = element("span", { circle: "●", hexagon: "⬢", square: "■", diamond: "◆", triangle: "▲", star: "★" }[kind.shape]), entry = element("span");
      mark.style.color = kind.light;
      entry.append(mark, kind.plural);
      box.append(entry);
    });
    for (const [sign, text, colour] of [["—", "across a border", "#b8480a"], ["┄", "unconfirmed", "#6b7078"]]) {
      const mark = element("span", sign), entry = element("span");
      mark.style.color = colour;
      entry.append(mark, text);
      box.append(entry);
    }
  }

  function claims(statement) {
    const list = element("ul");
    for (let c = S.start[statement]; c < S.start[statement + 1]; c++) {
      const record = C.record[c], source = sources[R.source[record]], item = element("li");
      item.append(element("div", (C.grade[c] ? C.grade[c] + " " : "") + (source.title || source.publisher) + (C.denied[c] ? " — denied" : "")));
      const place = [source.publisher, R.published[record], C.valid[c], R.pointer[record], C.note[c], source.locator].filter(Boolean).join(" · ");
      if (place) item.append(element("div", place, "soft"));
      list.append(item);
    }
    return list;
  }

  function tieText(t, from) {
    const kind = words.ties[T.kind[t]], word = from === T.target[t] ? kind.reads : kind.name.replaceAll("_", " ");
    return word + (T.role[t] ? " (" + T.role[t] + ")" : "");
  }

  function showNode(i) {
    panel.replaceChildren(element("h2", N.label[i]));
    if (N.status[i]) panel.append(element("p", "Legal status: " + N.status[i]));
    panel.append(element("p", [N.sub[i] || words.kinds[N.kind[i]].name, N.role[i], N.countries[i].split(" ").map((c) => words.countries[c] || c).join(", ")].filter(Boolean).join(" · "), "soft"));
    panel.append(element("h3", "Ties"));
    const list = element("ul");
    for (let t = 0; t < T.source.length; t++) {
      if (T.source[t] !== i && T.target[t] !== i) continue;
      const item = element("li", tieText(t, i) + ": " + named(T.source[t] === i ? T.target[t] : T.source[t]));
      item.append(claims(T.statement[t]));
      list.append(item);
    }
    panel.append(list, element("h3", "Facts"));
    const ties = new Set(T.statement), facts = element("ul");
    for (let s = 0; s < S.subject.length; s++) {
      if (S.subject[s] !== i || ties.has(s) || S.property[s] === "kind") continue;
      const item = element("li", S.property[s].replaceAll("_", " ") + ": " + (S.value[s] || (S.property[s] === "name" ? N.label[i] : "")));
      item.append(claims(s));
      facts.append(item);
    }
    panel.append(facts);
  }

  function showTie(t) {
    panel.replaceChildren(element("h2", tieText(t)), element("p", named(T.source[t]) + " → " + named(T.target[t])), claims(T.statement[t]));
  }

  function regions(context) {
    const sums = new Map();
    N.kind.forEach((kind, i) => {
      const g = layout.group[i];
      if (g < 0 || words.kinds[kind].name === "Country" || words.kinds[kind].name === "Source") return;
      const sum = sums.get(g) || { x: 0, y: 0, n: 0, r: 0 };
      sum.x += layout.x[i]; sum.y += layout.y[i]; sum.n++;
      sums.set(g, sum);
    });
    for (const sum of sums.values()) { sum.x /= sum.n; sum.y /= sum.n; }
    N.kind.forEach((kind, i) => {
      const sum = sums.get(layout.group[i]);
      if (sum && words.kinds[kind].name !== "Country") sum.r = Math.max(sum.r, Math.hypot(layout.x[i] - sum.x, layout.y[i] - sum.y));
    });
    context.strokeStyle = "#e3dfd5";
    for (const sum of sums.values()) {
      context.beginPath();
      context.arc(sum.x, sum.y, sum.r + 22, 0, 7);
      context.fillStyle = "#f1efe9";
      context.fill();
      context.stroke();
    }
    context.fillStyle = "#575d66";
    context.textAlign = "center";
    for (const [g, sum] of sums) {
      context.font = "600 " + (sum.r > 100 ? 26 : 20) + "px sans-serif";
      context.fillText(layout.groups[g], sum.x, sum.y - sum.r - 28);
    }
  }

  legend();
  panel.append(element("p", "Choose a point or a line to see its claims and sources.", "soft"), element("p", data.meta.rules.crosses, "soft"), element("p", data.meta.rules.confirmed, "soft"));
  network.on("beforeDrawing", regions);
  network.on("click", (event) => {
    if (event.nodes.length) showNode(event.nodes[0]);
    else if (event.edges.length) showTie(event.edges[0]);
  });
  network.once("afterDrawing", () => { document.documentElement.dataset.ready = "yes"; });
  network.fit();
  network.redraw();
})();
