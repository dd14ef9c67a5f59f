"use strict";
/* Labels: those that matter most first, none over another, fewer when the map shows more. */
((M) => {
  const LONGEST = 40;
  let items = null;

  const baseName = (p) => {
    const side = M.state.names;
    const place = M.places.get(p.place_id ?? "");
    if (place) return M.label(place);
    const names = p.names ?? {};
    return (side !== "intl" && side !== "both" && names[side]) || p.label || p.name || "";
  };

  const middle = (geometry) => {
    if (geometry.type === "Point") return geometry.coordinates;
    const rings = geometry.type === "Polygon" ? [geometry.coordinates[0]] : geometry.type === "MultiPolygon" ? geometry.coordinates.map((part) => part[0]) : geometry.type === "LineString" ? [geometry.coordinates] : geometry.coordinates;
    if (/Line/.test(geometry.type)) {
      const longest = rings.reduce((a, b) => (b.length > a.length ? b : a));
      return longest[Math.floor(longest.length / 2)];
    }
    let best = null;
    for (const ring of rings) {
      let [area, x, y] = [0, 0, 0];
      for (let i = 0; i < ring.length - 1; i += 1) {
        const cross = ring[i][0] * ring[i + 1][1] - ring[i + 1][0] * ring[i][1];
        area += cross;
        x += (ring[i][0] + ring[i + 1][0]) * cross;
        y += (ring[i][1] + ring[i + 1][1]) * cross;
      }
      if (area && (!best || Math.abs(area) > best.size)) best = { size: Math.abs(area), at: [x / (3 * area), y / (3 * area)] };
    }
    return best?.at ?? rings[0][0];
  };

  const labelPoint = (feature) => {
    const p = feature.properties;
    if (p.label_lon !== undefined && p.label_lat !== undefined) return [p.label_lon, p.label_lat];
    return middle(feature.geometry);
  };

  const item = (text, at, group, minZoom, rank) => ({ text, group, minZoom, rank, at, x: M.worldX(at[0]), y: M.worldY(at[1]) });

  const townZoom = (p) => {
    const population = p.population ?? 0;
    if (p.min_zoom !== undefined) return p.min_zoom;
    if (p.capital || population > 800000) return 5;
    if (population > 150000) return 6;
    if (population > 40000) return 7.5;
    return population > 10000 ? 8.5 : 9.5;
  };

  /** The middle of the widest stretch of a country within the view, for one whose usual label point lies outside it. */
  const inView = (feature, { px, py, min, max }) => {
    const parts = feature.geometry.type === "Polygon" ? [feature.geometry.coordinates] : feature.geometry.coordinates;
    feature.world ??= parts.flatMap((part) => part.map((ring) => ring.map(([lon, lat]) => [M.worldX(lon), M.worldY(lat)])));
    let best = null;
    for (let n = 1; n < 8; n += 1) {
      const y = min.y + ((max.y - min.y) * n) / 8;
      const cuts = [];
      for (const ring of feature.world) {
        for (let i = 1; i < ring.length; i += 1) {
          const [ay, by] = [py(ring[i - 1][1]), py(ring[i][1])];
          if (ay > y !== by > y) cuts.push(px(ring[i - 1][0]) + ((px(ring[i][0]) - px(ring[i - 1][0])) * (y - ay)) / (by - ay));
        }
      }
      cuts.sort((a, b) => a - b);
      for (let i = 1; i < cuts.length; i += 2) {
        const [left, right] = [Math.max(min.x, cuts[i - 1]), Math.min(max.x, cuts[i])];
        if (!best || right - left > best.wide) best = { wide: right - left, x: (left + right) / 2, y };
      }
    }
    return best;
  };

  const gather = () => {
    const found = [];
    const each = (name, make) => {
      for (const feature of M.base[name]?.features ?? []) if (feature.geometry) make(feature, feature.properties);
    };
    each("countries", (feature, p) => found.push({ ...item("", labelPoint(feature), "country", 3, 3), p, feature }));
    each("disputed", (feature, p) => found.push({ ...item("", labelPoint(feature), "disputed", 6.5, 5), p, feature: /Polygon/.test(feature.geometry.type) ? feature : null }));
    each("provinces", (feature, p) => found.push({ ...item("", labelPoint(feature), "province", 8, 6), p }));
    each("lakes", (feature, p) => found.push({ ...item("", labelPoint(feature), "water", (p.area_km2 ?? 0) > 300 ? 7 : 9, 5), p }));
    each("rivers", (feature, p) => found.push({ ...item("", labelPoint(feature), "water", 9, 8), p }));
    each("lines", (feature, p) => found.push({ ...item("", labelPoint(feature), "disputed", 8, 7), p }));
    const ours = new Set([...M.places.values()].map((place) => M.fold(place.name)));
    each("towns", (feature, p) => {
      if (M.places.has(p.place_id) || ours.has(M.fold(p.name ?? ""))) return;
      found.push({ ...item("", labelPoint(feature), "town", townZoom(p), 4 - Math.min(1, (p.population ?? 0) / 1e6)), p, dot: true });
    });
    const busy = new Map();
    for (const incident of M.incidents) busy.set(incident.p, (busy.get(incident.p) ?? 0) + 1);
    for (const place of M.places.values()) {
      if (!place.at || !["settlement", "facility", "mountain", "region", ""].includes(place.class)) continue;
      const n = busy.get(place.id) ?? 0;
      const group = place.class === "region" ? "province" : "place";
      found.push({ ...item("", place.at, group, n ? 4 : place.mentions > 2 ? 7 : 8.5, n ? 1 : 2.5), place, dot: group === "place", strong: n > 0 });
    }
    return found.sort((a, b) => a.rank - b.rank || a.x - b.x);
  };

  const FONT = '"Helvetica Neue", "Segoe UI", "Noto Sans", "Noto Sans Armenian", "DejaVu Sans", Arial, sans-serif';
  const fontOf = ({ group, strong }, style) => {
    if (group === "water") return `italic ${style.width}px ${FONT}`;
    return `${group === "country" || strong ? "600 " : ""}${style.width}px ${FONT}`;
  };

  const wordsOf = (label) => {
    const full = label.place ? M.label(label.place) : baseName(label.p);
    const text = label.place && full.length > LONGEST ? label.place.name : full;
    const claims = label.p?.claims;
    const lines = [label.group === "country" ? text.toUpperCase() : text];
    if (claims?.length && label.group === "disputed") lines.push(M.t("claims", { who: M.claimants(claims) }));
    return lines.filter(Boolean);
  };

  const free = (boxes, box) => boxes.every((other) => box[2] < other[0] || box[0] > other[2] || box[3] < other[1] || box[1] > other[3]);

  const place = (view, label, boxes) => {
    const { context, px, py, min, max, zoom } = view;
    if (zoom < label.minZoom) return;
    let [x, y] = [px(label.x), py(label.y)];
    const away = x < view.frame[0] || x > view.frame[2] || y < view.frame[1] || y > view.frame[3];
    if (label.feature && away) {
      const found = inView(label.feature, { px, py, min: { x: view.frame[0], y: view.frame[1] }, max: { x: view.frame[2], y: view.frame[3] } });
      if (!found || found.wide < 110) return;
      [x, y] = [found.x, found.y];
    }
    if (x < min.x - 60 || x > max.x + 60 || y < min.y - 20 || y > max.y + 20) return;
    const style = M.style("label", label.group);
    context.font = fontOf(label, style);
    context.letterSpacing = label.group === "country" ? "2px" : label.group === "province" ? "0.5px" : "0px";
    const lines = wordsOf(label);
    if (!lines.length) return;
    const width = Math.max(...lines.map((line) => context.measureText(line).width));
    const height = lines.length * (style.width + 3);
    const badge = label.strong ? view.badges.get(label.place.id) : null;
    const middle = badge ? (badge[1] + badge[3]) / 2 - y - height / 2 : 0;
    const spots = badge ? [[badge[2] - x + 4, middle], [badge[0] - x - width - 4, middle], [(badge[0] + badge[2]) / 2 - x - width / 2, badge[3] - y + 3], [(badge[0] + badge[2]) / 2 - x - width / 2, badge[1] - y - height - 3]] : label.dot ? [[6 + (label.strong ? 8 : 0), -height / 2], [-width - 6 - (label.strong ? 8 : 0), -height / 2], [-width / 2, 7], [-width / 2, -height - 7]] : [[-width / 2, -height / 2]];
    for (const [dx, dy] of spots) {
      const box = [x + dx - 3, y + dy - 1, x + dx + width + 3, y + dy + height + 1];
      if (!free(boxes, box)) continue;
      boxes.push(box);
      write(view, label, lines, style, x + dx, y + dy);
      if (label.dot) dot(view, label, x, y);
      return;
    }
  };

  const write = ({ context }, label, lines, style, x, y) => {
    context.textBaseline = "top";
    context.textAlign = "left";
    context.lineJoin = "round";
    context.lineWidth = 3;
    context.strokeStyle = M.style("base", label.group === "water" ? "lake" : "land").color;
    context.fillStyle = style.color;
    context.globalAlpha = label.group === "country" || label.group === "province" ? 0.85 : 1;
    lines.forEach((line, n) => {
      const top = y + n * (style.width + 3);
      context.strokeText(line, x, top);
      context.fillText(line, x, top);
    });
    context.globalAlpha = 1;
    context.letterSpacing = "0px";
  };

  const dot = ({ context }, label, x, y) => {
    if (label.strong) return;
    context.fillStyle = M.style("base", "town").color;
    context.strokeStyle = M.style("base", "land").color;
    context.lineWidth = 1;
    context.beginPath();
    context.arc(x, y, label.place ? 2.6 : 2, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  };

  /** The part of the map that no card covers, in layer points: west, north, east, south. */
  const frame = () => {
    const size = M.map.getSize();
    const { x, y } = M.map.containerPointToLayerPoint([0, 0]);
    const beside = size.x > 700 && document.getElementById("legend").open ? 240 : 0;
    return [x + 50, y + 8, x + size.x - beside, y + size.y - 24];
  };

  M.painters.push((view) => {
    if (M.state.hidden.includes("labels")) return;
    items ??= gather();
    view.frame = frame();
    const boxes = [...(M.badgeBoxes?.(view) ?? [])];
    view.badges = new Map(boxes.flatMap((box, n) => M.groupsOnMap()[n].members.map((incident) => [incident.p, box])));
    for (const label of items) place(view, label, boxes);
  });
})(Marchland);
