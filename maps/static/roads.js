"use strict";
/* Roads in the line style of their status on the chosen day: curated history below, what an article says of that time on it. */
((M) => {
  let roads = [];
  let paths = [];
  let chosenRoad = "";

  const linesOf = (geometry) => (geometry?.type === "LineString" ? [geometry.coordinates] : geometry?.type === "MultiLineString" ? geometry.coordinates : []);

  const load = () => {
    const byRoad = new Map();
    for (const { properties: p, geometry } of M.roadRows) {
      if (!byRoad.has(p.i)) byRoad.set(p.i, { id: p.i, name: p.name, lines: [], rows: [], schematic: false });
      const road = byRoad.get(p.i);
      if (!road.lines.length) road.lines = linesOf(geometry).map((line) => line.map(([lon, lat]) => ({ x: M.worldX(lon), y: M.worldY(lat), lon, lat })));
      road.schematic ||= Boolean(p.schematic);
      road.rows.push({ ...p, from: M.dayNumber(p.since), till: M.dayNumber(p.until) });
    }
    roads = [...byRoad.values()];
    for (const road of roads) road.rows.sort((a, b) => (a.from ?? -1e9) - (b.from ?? -1e9));
  };

  /** The day at which roads are drawn: the end of the time window. */
  M.roadDay = () => M.state.to ?? M.axis?.last ?? M.lastPublished ?? Math.floor(Date.now() / 86400000);

  const latest = (rows, day) => rows.filter((row) => row.from === null || row.from <= day).at(-1) ?? null;

  /** What holds on a day: the curated row and, unless the curated history has moved on since, the article's statement. */
  M.statusOn = (road, day) => {
    const curated = latest(road.rows.filter((row) => row.origin !== "article" && (row.till === null || row.till >= day)), day);
    const article = latest(road.rows.filter((row) => row.origin === "article"), day);
    const overtaken = curated && article && article.from !== null && curated.from !== null && curated.from > article.from;
    return { curated, article: overtaken ? null : article, differ: Boolean(curated && article && !overtaken && curated.status !== article.status) };
  };

  const stroke = (context, path, style, width, alpha = style.opacity) => {
    context.strokeStyle = style.color;
    context.lineWidth = width;
    context.setLineDash(style.dash);
    context.globalAlpha = alpha;
    context.stroke(path);
    context.setLineDash([]);
    context.globalAlpha = 1;
  };

  const bars = (context, line, view, style) => {
    context.strokeStyle = style.color;
    context.lineWidth = 2;
    let left = 14;
    for (let n = 1; n < line.length; n += 1) {
      const [ax, ay, bx, by] = [view.px(line[n - 1].x), view.py(line[n - 1].y), view.px(line[n].x), view.py(line[n].y)];
      const length = Math.hypot(bx - ax, by - ay);
      let at = left;
      for (; at < length; at += 40) {
        const [x, y] = [ax + ((bx - ax) * at) / length, ay + ((by - ay) * at) / length];
        const [nx, ny] = [(-(by - ay) / length) * 4, ((bx - ax) / length) * 4];
        context.beginPath();
        context.moveTo(x - nx, y - ny);
        context.lineTo(x + nx, y + ny);
        context.stroke();
      }
      left = at - length;
    }
  };

  const nodes = (context, line, view, style) => {
    context.fillStyle = M.style("base", "land").color;
    context.strokeStyle = style.color;
    context.lineWidth = 1.4;
    for (const point of line) {
      context.beginPath();
      context.arc(view.px(point.x), view.py(point.y), 2.6, 0, 2 * Math.PI);
      context.fill();
      context.stroke();
    }
  };

  /** What a road lies on: the land's colour, and for a schematic one whose own line is unbroken a broken hairline along both sides. */
  const casing = (context, path, road, style, width) => {
    if (road.schematic && !style.dash.length) stroke(context, path, { color: style.color, dash: [3, 5] }, width + 4, 0.55);
    stroke(context, path, { color: M.style("base", "land").color, dash: [] }, width + 2.6, 0.95);
  };

  const paint = (view, road) => {
    const { context } = view;
    const { curated, article, differ } = M.statusOn(road, M.roadDay());
    const shown = article ?? curated;
    const style = M.style("road", shown?.status ?? "unknown");
    const path = new Path2D();
    for (const line of road.lines) line.forEach((point, n) => (n ? path.lineTo(view.px(point.x), view.py(point.y)) : path.moveTo(view.px(point.x), view.py(point.y))));
    context.lineJoin = context.lineCap = "round";
    const chosen = road.id === chosenRoad;
    const width = road.schematic && !chosen ? style.width * 0.7 : style.width;
    if (differ) stroke(context, path, { ...M.style("road", curated.status), dash: [] }, width + 6, 0.35);
    else casing(context, path, road, style, width);
    context.lineCap = style.dash.length ? "butt" : "round";
    stroke(context, path, style, width);
    if (style.symbol === "bars" && shown) for (const line of road.lines) bars(context, line, view, style);
    if (chosen && road.schematic) for (const line of road.lines) nodes(context, line, view, style);
    paths.push([road, path]);
  };

  M.painters.push((view) => {
    paths = [];
    if (!M.state.hidden.includes("roads")) for (const road of roads) paint(view, road);
  });

  const choose = (id) => {
    if (chosenRoad === id) return;
    chosenRoad = id;
    M.redraw();
  };
  const open = (road, event) => {
    M.openRoad(road, event.latlng);
    choose(road.id);
  };

  M.hits.push((point) => {
    const context = M.canvas._container.getContext("2d");
    for (const [road, path] of paths) {
      context.save();
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.lineWidth = 12;
      const near = context.isPointInStroke(path, point.x, point.y);
      context.restore();
      if (near) return { title: road.name, open: (event) => open(road, event) };
    }
    return null;
  });

  M.roads = () => roads;
  M.hits.push((point) => M.shapeAt(point));
  M.part({
    start: (map) => {
      load();
      map.on("popupclose", () => choose(""));
    },
    drawn: () => (M.state.hidden.includes("roads") ? 0 : roads.length),
  });
})(Marchland);
