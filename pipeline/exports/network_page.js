"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { levels, colours, relations, units } = data;
  const nodes = data.nodes.map(([ref, type, subject, date, year, unit, level, path, x, y]) =>
    ({ ref, type, subject, date, year, unit, level, path, x, y, from: [], to: [] }));
  const edges = data.edges.map(([source, target, mask, mentions]) => ({ source, target, mask, mentions }));
  edges.forEach((edge, at) => {
    nodes[edge.source].to.push(at);
    nodes[edge.target].from.push(at);
  });
  const byId = (id) => document.getElementById(id);
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d").replace(/Đ/g, "D").toLowerCase();
  const number = (value) => value.toLocaleString("vi-VN");
  const day = (date, year) => (date ? date.split("-").reverse().join("/") : year ? String(year) : "không rõ ngày");
  const unitName = (node) => (node.unit === null ? "không rõ cơ quan" : units[node.unit]);
  const searched = nodes.map((node) => plain(`${node.ref} ${node.type} ${node.subject}`));

  // What is shown: an edge is kept when it passes every filter, a node when one of its edges is kept.
  const state = { unit: null, from: null, until: null, levels: new Set(levels.keys()), relations: -1, chosen: null, hovered: null };
  const edgeShown = new Uint8Array(edges.length);
  const nodeShown = new Uint8Array(nodes.length);
  let near = null;

  function filter() {
    nodeShown.fill(0);
    let kept = 0;
    edges.forEach((edge, at) => {
      const source = nodes[edge.source], target = nodes[edge.target];
      const shown = (edge.mask & state.relations) !== 0
        && state.levels.has(source.level) && state.levels.has(target.level)
        && (state.unit === null || source.unit === state.unit || target.unit === state.unit)
        && (state.from === null || (source.year !== null && source.year >= state.from))
        && (state.until === null || (source.year !== null && source.year <= state.until));
      edgeShown[at] = shown ? 1 : 0;
      if (shown) {
        kept += 1;
        nodeShown[edge.source] = nodeShown[edge.target] = 1;
      }
    });
    const left = nodeShown.reduce((sum, shown) => sum + shown, 0);
    const whole = data.total_nodes > nodes.length ? `; kho có ${number(data.total_nodes)}, đây là những văn bản nhiều liên hệ nhất` : "";
    byId("note").textContent = `Đang hiện ${number(left)} trong ${number(nodes.length)} văn bản, ${number(kept)} trong ${number(edges.length)} viện dẫn${whole}`;
    focus();
  }

  function focus() {
    const centre = state.hovered ?? state.chosen;
    near = centre === null ? null : new Set([centre]);
    if (near) {
      for (const at of nodes[centre].to) if (edgeShown[at]) near.add(edges[at].target);
      for (const at of nodes[centre].from) if (edgeShown[at]) near.add(edges[at].source);
    }
    renderer?.refresh();
  }

  // The graph. Sigma draws with WebGL; without it search, filters and lists still work.
  const graph = new graphology.DirectedGraph();
  const mix = (colour, share) => "#" + [1, 3, 5].map((at) =>
    Math.round(parseInt(colour.slice(at, at + 2), 16) * (1 - share) + 255 * share).toString(16).padStart(2, "0")).join("");
  nodes.forEach((node, at) => {
    node.colour = node.path === null ? mix(colours[node.level], 0.55) : colours[node.level];
    graph.addNode(at, {
      x: node.x, y: node.y, label: node.ref.length > 34 ? `${node.ref.slice(0, 33).trim()}…` : node.ref, color: node.colour,
      size: Math.min(18, 2.5 + 1.3 * Math.sqrt(node.from.length)),
    });
  });
  edges.forEach((edge, at) => graph.addDirectedEdgeWithKey(at, edge.source, edge.target));
  const CITES = "#0550ae", CITED = "#b35900", FADED = "#e6e9ec", EDGE = nodes.length > 1500 ? "#e3e6ea" : "#cfd4da";
  // Without a graphics card lines are dear: then they are left out while the view moves.
  function drawnByProgram() {
    const gl = document.createElement("canvas").getContext("webgl"), names = gl?.getExtension("WEBGL_debug_renderer_info");
    return names !== null && names !== undefined && /swiftshader|llvmpipe|software|basic render/i.test(gl.getParameter(names.UNMASKED_RENDERER_WEBGL));
  }
  const letters = getComputedStyle(document.body).fontFamily;
  let renderer = null;
  try {
    renderer = new Sigma(graph, byId("graph"), {
      nodeReducer(key, shown) {
        if (!nodeShown[key]) return { ...shown, hidden: true };
        if (near === null) return shown;
        if (!near.has(+key)) return { ...shown, color: FADED, label: null, zIndex: 0 };
        return { ...shown, zIndex: 2, forceLabel: near.size < 12 || +key === state.chosen, highlighted: +key === state.chosen };
      },
      edgeReducer(key, shown) {
        if (!edgeShown[key]) return { ...shown, hidden: true };
        if (near === null) return shown;
        const centre = state.hovered ?? state.chosen, edge = edges[key];
        if (edge.source === centre) return { ...shown, color: CITES, size: 1.6, zIndex: 2 };
        if (edge.target === centre) return { ...shown, color: CITED, size: 1.6, zIndex: 2 };
        return { ...shown, color: "#f1f3f5", zIndex: 0 };
      },
      defaultEdgeColor: EDGE,
      // Points and lines, not instanced triangles: fluent also where the graphics card is a program.
      nodeProgramClasses: { circle: Sigma.rendering.NodePointProgram },
      edgeProgramClasses: { line: Sigma.rendering.EdgeLineProgram },
      defaultDrawNodeLabel(pen, { label, x, y, size }, { labelSize }) {
        if (!label) return;
        pen.font = `${labelSize}px ${letters}`;
        pen.lineWidth = 4; pen.lineJoin = "round"; pen.strokeStyle = "#ffffffe0";
        pen.strokeText(label, x + size + 3, y + labelSize / 3);
        pen.fillStyle = "#1f2328";
        pen.fillText(label, x + size + 3, y + labelSize / 3);
      },
      zIndex: true, labelFont: letters, labelSize: 12, labelDensity: 0.6,
      labelGridCellSize: 110, labelRenderedSizeThreshold: 5, hideEdgesOnMove: edges.length > (drawnByProgram() ? 2000 : 40000),
      minCameraRatio: 0.02, maxCameraRatio: 3, stagePadding: 52, allowInvalidContainer: true,
    });
    renderer.on("clickNode", ({ node }) => choose(+node));
    renderer.on("clickStage", () => choose(null));
    renderer.on("enterNode", ({ node }) => { state.hovered = +node; focus(); });
    renderer.on("leaveNode", () => { state.hovered = null; focus(); });
    renderer.on("afterRender", drawAxes);
  } catch (error) {
    byId("note").textContent = "Trình duyệt không mở được WebGL nên không vẽ được mạng lưới; tìm kiếm và danh sách vẫn dùng được.";
    console.error(error);
  }

  // Two arrangements: years by levels (worked out with the page), and by links (ForceAtlas2 in a worker of its own).
  let arrangement = "time", stretch = 1;
  function drawAxes() {
    const canvas = byId("axes"), { clientWidth: width, clientHeight: height } = canvas, ratio = devicePixelRatio;
    if (canvas.width !== width * ratio || canvas.height !== height * ratio) {
      canvas.width = width * ratio;
      canvas.height = height * ratio;
    }
    const pen = canvas.getContext("2d");
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, height);
    if (arrangement !== "time") return;
    pen.font = `12px ${letters}`;
    let last = -Infinity;
    for (const [name, x] of data.axis.years) {
      const at = renderer.graphToViewport({ x, y: 0 }).x;
      if (at - last < 44) continue;
      last = at;
      pen.strokeStyle = "#d1d9e04d";
      pen.beginPath(); pen.moveTo(at, 44); pen.lineTo(at, height - 62); pen.stroke();
      pen.fillStyle = "#59636e"; pen.textAlign = "center";
      pen.fillText(name, Math.max(at, pen.measureText(name).width / 2 + 4), height - 48);
    }
    pen.textAlign = "left";
    for (const [level, y] of data.axis.levels) {
      const at = renderer.graphToViewport({ x: 0, y: y * stretch }).y;
      const name = levels[level][0].toUpperCase() + levels[level].slice(1);
      pen.font = `600 13px ${letters}`;
      pen.lineWidth = 4; pen.strokeStyle = "#ffffffe6"; pen.strokeText(name, 8, at); pen.lineWidth = 1;
      pen.fillStyle = "#1f2328"; pen.fillText(name, 8, at);
    }
  }

  function place(positions) {
    nodes.forEach((_, at) => graph.mergeNodeAttributes(at, positions(at)));
  }
  // The bands fill the frame, whatever its shape.
  function placeByTime() {
    const { clientWidth: width, clientHeight: height } = byId("graph"), range = (of) => {
      const values = nodes.map(of);
      return values.reduce((a, b) => Math.max(a, b), -Infinity) - values.reduce((a, b) => Math.min(a, b), Infinity) || 1;
    };
    stretch = ((Math.max(height, 300) - 110) / Math.max(width - 90, 300)) * (range((node) => node.x) / range((node) => node.y));
    place((at) => ({ x: nodes[at].x, y: nodes[at].y * stretch }));
  }
  function arrange(kind) {
    arrangement = kind;
    byId("by-time").setAttribute("aria-pressed", kind === "time");
    byId("by-links").setAttribute("aria-pressed", kind === "links");
    worker?.terminate();
    if (kind === "time") placeByTime();
    else arrangeByLinks();
    renderer?.getCamera().animatedReset({ duration: 300 });
  }

  let worker = null;
  function layoutWorker() {
    // The library also reads XML and asks for the browser's parser when it is loaded; a worker has none.
    self.DOMParser = self.Document = self.DOMParser || function () {};
    self.onmessage = ({ data: { order, links, start, rounds, chunk } }) => {
      const graph = new graphology.DirectedGraph();
      order.forEach((key, at) => graph.addNode(key, { x: start[2 * at], y: start[2 * at + 1] }));
      for (const [source, target] of links) graph.addDirectedEdge(source, target);
      const settings = { ...graphologyLibrary.layoutForceAtlas2.inferSettings(graph), gravity: 0.4, scalingRatio: 20, linLogMode: false, strongGravityMode: false, slowDown: 2, barnesHutOptimize: order.length > 1500 };
      for (let done = 0; done < rounds; done += chunk) {
        graphologyLibrary.layoutForceAtlas2.assign(graph, { iterations: chunk, settings });
        const positions = new Float32Array(2 * order.length);
        let at = 0;
        graph.forEachNode((_, { x, y }) => { positions[at++] = x; positions[at++] = y; });
        self.postMessage({ positions, done: done + chunk });
      }
    };
  }
  function arrangeByLinks() {
    const order = [...nodeShown.keys()].filter((at) => nodeShown[at]);
    const links = edges.filter((_, at) => edgeShown[at]).map(({ source, target }) => [source, target]);
    const start = order.flatMap((_, at) => {   // a sunflower: even, and the same every time
      const radius = 10 * Math.sqrt(at + 0.5), angle = at * 2.399963;
      return [radius * Math.cos(angle), radius * Math.sin(angle)];
    });
    const rounds = order.length > 2000 ? 160 : 400, chunk = order.length > 2000 ? 8 : 40;
    const text = byId("graphology").textContent + ";" + byId("graphology-library").textContent;
    const [before, after] = layoutWorker.toString().split("self.onmessage");
    const source = `${before.slice(before.indexOf("{") + 1)}${text};self.onmessage${after.slice(0, after.lastIndexOf("}"))}`;
    const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    worker = new Worker(address);
    URL.revokeObjectURL(address);
    worker.onmessage = ({ data: { positions, done } }) => {
      order.forEach((key, at) => graph.mergeNodeAttributes(key, { x: positions[2 * at], y: positions[2 * at + 1] }));
      document.body.dataset.arranged = done >= rounds ? "done" : "running";
      if (done >= rounds) worker.terminate();
    };
    worker.postMessage({ order, links, start, rounds, chunk });
  }

  // The panel: what is chosen, and its documents.
  const make = (name, attributes = {}, ...children) => {
    const element = Object.assign(document.createElement(name), attributes);
    element.append(...children);
    return element;
  };
  const LISTED = 200;
  function list(heading, ids, end) {
    if (!ids.length) return [];
    const items = ids.slice(0, LISTED).map((at) => {
      const other = edges[at][end], node = nodes[other];
      return make("li", {},
        make("button", { className: "link", onclick: () => { choose(other); show(other); } }, node.ref),
        ...relations.filter((_, bit) => edges[at].mask & (1 << bit)).map((name) => make("span", { className: "relation" }, name)),
        make("span", { className: "subject" }, node.subject || ""),
        make("span", { className: "quiet" }, `${unitName(node)} · ${day(node.date, node.year)}` + (edges[at].mentions > 1 ? ` · nhắc ${edges[at].mentions} lần` : "")));
    });
    const more = ids.length > LISTED ? [make("p", { className: "quiet" }, `… và ${number(ids.length - LISTED)} văn bản nữa`)] : [];
    return [make("h2", {}, `${heading} (${number(ids.length)})`), make("ul", {}, ...items), ...more];
  }
  const newestFirst = (end) => (a, b) => (nodes[edges[b][end]].date || "").localeCompare(nodes[edges[a][end]].date || "");
  function choose(at) {
    state.chosen = at;
    const panel = byId("panel");
    panel.scrollTop = 0;
    if (at === null) {
      const ranked = [...nodes.keys()].sort((a, b) => nodes[b].from.length - nodes[a].from.length).slice(0, 15);
      panel.replaceChildren(
        make("h1", {}, data.title),
        make("p", { className: "quiet" }, "Mỗi chấm là một văn bản: đậm là có trong kho, nhạt là chỉ được viện dẫn; càng to càng được viện dẫn nhiều. Bấm vào một chấm để xem các văn bản liên quan; lăn chuột để phóng to."),
        make("h2", {}, "Được viện dẫn nhiều nhất"),
        make("ul", {}, ...ranked.map((key) => make("li", {},
          make("button", { className: "link", onclick: () => { choose(key); show(key); } }, nodes[key].ref),
          make("span", { className: "count" }, `${number(nodes[key].from.length)} văn bản`),
          make("span", { className: "subject" }, nodes[key].subject || "")))));
    } else {
      const node = nodes[at];
      panel.replaceChildren(
        make("h1", {}, node.ref),
        make("p", {}, node.subject || ""),
        make("p", { className: "quiet" }, `${node.type || "không rõ loại"} · ${unitName(node)} · ${levels[node.level]} · ${day(node.date, node.year)}`),
        make("p", { className: "quiet" }, node.path === null ? "Không có trong kho, chỉ được viện dẫn." : `Tệp: ${node.path}`),
        ...list("Được các văn bản này viện dẫn", node.from.filter((e) => edgeShown[e]).sort(newestFirst("source")), "source"),
        ...list("Viện dẫn các văn bản này", node.to.filter((e) => edgeShown[e]).sort(newestFirst("target")), "target"));
    }
    focus();
  }
  function show(at) {
    if (!renderer || !nodeShown[at]) return;
    const { x, y } = renderer.getNodeDisplayData(at);
    renderer.getCamera().animate({ x, y, ratio: Math.min(renderer.getCamera().ratio, 0.5) }, { duration: 300 });
  }

  // Controls.
  const counted = (length, of) => of.reduce((sums, at) => { sums[at] += 1; return sums; }, new Array(length).fill(0));
  const perLevel = counted(levels.length, nodes.map((node) => node.level));
  levels.forEach((name, at) => {
    if (!perLevel[at]) return;
    const box = make("input", { type: "checkbox", checked: true, onchange: () => {
      if (box.checked) state.levels.add(at); else state.levels.delete(at);
      filter();
    } });
    const dot = make("span", { className: "dot" });
    dot.style.background = colours[at];
    byId("levels").append(make("label", {}, box, dot, name, make("span", { className: "count" }, number(perLevel[at]))));
  });
  relations.forEach((name, bit) => {
    const used = edges.filter((edge) => edge.mask & (1 << bit)).length;
    if (!used) return;
    const box = make("input", { type: "checkbox", checked: true, onchange: () => {
      state.relations = box.checked ? state.relations | (1 << bit) : state.relations & ~(1 << bit);
      filter();
    } });
    byId("relations").append(make("label", {}, box, name, make("span", { className: "count" }, number(used))));
  });
  const years = [...new Set(edges.map((edge) => nodes[edge.source].year).filter((year) => year !== null))].sort();
  for (const [id, ends] of [["from", "đầu"], ["until", "cuối"]]) {
    byId(id).append(make("option", { value: "" }, ends), ...years.map((year) => make("option", { value: year }, String(year))));
    byId(id).onchange = () => { state[id] = byId(id).value ? +byId(id).value : null; filter(); };
  }
  const perUnit = counted(units.length, nodes.filter((node) => node.unit !== null).map((node) => node.unit));
  const ranked = [...units.keys()].sort((a, b) => perUnit[b] - perUnit[a]);
  byId("units").append(...ranked.map((at) => make("option", { value: units[at] }, `${number(perUnit[at])} văn bản`)));
  byId("unit").oninput = () => {
    const wanted = plain(byId("unit").value.trim());
    const exact = wanted === "" ? -1 : units.findIndex((name) => plain(name) === wanted);
    const unit = exact < 0 ? null : exact;
    if (unit !== state.unit) { state.unit = unit; filter(); }
  };
  byId("search").oninput = () => {
    const words = plain(byId("search").value).split(/\s+/).filter(Boolean);
    const exact = nodes.findIndex((node) => node.ref === byId("search").value);
    if (exact >= 0) { choose(exact); show(exact); return; }
    const found = [];
    for (let at = 0; words.length && at < nodes.length && found.length < 20; at += 1)
      if (words.every((word) => searched[at].includes(word))) found.push(at);
    byId("found").replaceChildren(...found.map((at) => make("option", { value: nodes[at].ref }, `${nodes[at].subject || nodes[at].type || ""}`)));
    if (found.length === 1) { choose(found[0]); show(found[0]); }
  };
  byId("by-time").onclick = () => arrange("time");
  byId("by-links").onclick = () => arrange("links");
  byId("fit").onclick = () => renderer?.getCamera().animatedReset({ duration: 300 });
  byId("clear").onclick = () => {
    Object.assign(state, { unit: null, from: null, until: null });
    for (const id of ["unit", "search", "from", "until"]) byId(id).value = "";
    for (const box of document.querySelectorAll("fieldset input:not(:checked)")) box.click();
    choose(null);
    filter();
  };
  byId("picture").onclick = () => {
    renderer.refresh();
    const whole = document.createElement("canvas"), layers = [...document.querySelectorAll("#graph canvas, #axes")];
    whole.width = layers[0].width;
    whole.height = layers[0].height;
    const pen = whole.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, whole.width, whole.height);
    layers.forEach((layer) => pen.drawImage(layer, 0, 0, whole.width, whole.height));
    make("a", { href: whole.toDataURL("image/png"), download: "mang-luoi.png" }).click();
  };

  window.addEventListener("resize", () => renderer?.refresh());
  placeByTime();
  choose(null);
  filter();
  if (data.unit !== null) {
    byId("unit").value = units[data.unit];
    byId("unit").oninput();
  }
  window.network = { renderer, graph, choose, filter, state, nodes, edges };
  document.body.dataset.ready = "true";
})();
