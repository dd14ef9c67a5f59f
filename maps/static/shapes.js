"use strict";
/* Doubt drawn: discs, sectors, corridors, stretches of border and areas; wide ones lie below narrow ones and are paler. */
((M) => {
  const LIMIT = 700;
  let drawnPaths = [];

  const ringsOf = (geometry) => {
    if (geometry.type === "Polygon") return geometry.coordinates;
    if (geometry.type === "MultiPolygon") return geometry.coordinates.flat();
    if (geometry.type === "LineString") return [geometry.coordinates];
    if (geometry.type === "MultiLineString") return geometry.coordinates;
    if (geometry.type === "GeometryCollection") return geometry.geometries.flatMap(ringsOf);
    return [];
  };

  const projected = (incident) => {
    incident.rings ??= ringsOf(incident.area).map((ring) => ring.map(([lon, lat]) => [M.worldX(lon), M.worldY(lat)]));
    return incident.rings;
  };

  const isLine = (incident) => /Line/.test(incident.area?.type ?? "");

  const extent = (incident) => {
    if (incident.extent) return incident.extent;
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    if (incident.area) {
      for (const [x, y] of projected(incident).flat()) {
        box[0] = Math.min(box[0], x);
        box[1] = Math.min(box[1], y);
        box[2] = Math.max(box[2], x);
        box[3] = Math.max(box[3], y);
      }
    } else {
      const radius = ((incident.u ?? 0) * Math.cosh(Math.PI * (1 - 2 * incident.y))) / 40075.017;
      box.splice(0, 4, incident.x - radius, incident.y - radius, incident.x + radius, incident.y + radius);
    }
    incident.extent = box;
    return box;
  };
  M.extentOf = extent;

  const path = (incident, { px, py, perKm }) => {
    const made = new Path2D();
    if (!incident.area) {
      made.arc(px(incident.x), py(incident.y), Math.max(1, incident.u * perKm(incident.y)), 0, 2 * Math.PI);
      return made;
    }
    for (const ring of projected(incident)) {
      ring.forEach(([x, y], n) => (n ? made.lineTo(px(x), py(y)) : made.moveTo(px(x), py(y))));
      if (!isLine(incident)) made.closePath();
    }
    return made;
  };

  const paint = (view, incident, strong) => {
    const { context } = view;
    const kind = M.style("kind", incident.k);
    const stance = M.style("stance", incident.st);
    const made = path(incident, view);
    const wide = (incident.u ?? 0) > 30 || incident.margin;
    context.fillStyle = context.strokeStyle = kind.color;
    if (!isLine(incident)) {
      context.globalAlpha = strong ? 0.22 : wide ? 0.045 : 0.1;
      context.fill(made);
    }
    context.globalAlpha = strong ? 1 : wide ? 0.4 : 0.65;
    context.lineWidth = strong ? 2.4 : isLine(incident) ? 4 : incident.st === "confirmed" ? 2 : 1.1;
    context.setLineDash(stance.dash);
    context.stroke(made);
    context.setLineDash([]);
    context.globalAlpha = 1;
    return made;
  };

  const hasShape = (incident) => incident.s !== "pin" && (incident.area || (incident.at && incident.u > 0));
  const inView = (incident, { px, py, min, max, perKm }) => {
    if (!incident.area) {
      const radius = incident.u * perKm(incident.y);
      const [x, y] = [px(incident.x), py(incident.y)];
      return radius > 6 && x + radius > min.x && x - radius < max.x && y + radius > min.y && y - radius < max.y;
    }
    const [west, north, east, south] = extent(incident);
    const [a, b, c, d] = [px(west), py(north), px(east), py(south)];
    return c > min.x && a < max.x && d > min.y && b < max.y && Math.max(c - a, d - b) > 12;
  };

  M.painters.push((view) => {
    drawnPaths = [];
    if (!M.state.hidden.includes("shapes")) {
      const visible = [];
      for (const incident of M.shown) {
        if (incident.margin || !hasShape(incident) || !inView(incident, view)) continue;
        visible.push(incident);
        if (visible.length > LIMIT) break;
      }
      const size = (incident) => {
        const [west, north, east, south] = extent(incident);
        return (east - west) * (south - north);
      };
      visible.sort((a, b) => size(b) - size(a));
      if (visible.length <= LIMIT) for (const incident of visible) drawnPaths.push([incident, paint(view, incident, false)]);
    }
    const lit = M.byId.get(M.lit || M.state.selected);
    if (lit && hasShape(lit)) drawnPaths.push([lit, paint(view, lit, true)]);
  });

  M.shapeAt = (point) => {
    const context = M.canvas._container.getContext("2d");
    for (let n = drawnPaths.length - 1; n >= 0; n -= 1) {
      const [incident, made] = drawnPaths[n];
      context.save();
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.lineWidth = 10;
      const inside = isLine(incident) ? context.isPointInStroke(made, point.x, point.y) : context.isPointInPath(made, point.x, point.y);
      context.restore();
      if (inside) return { title: `${M.t(`kind.${incident.k}`)} · ${M.t(`shape.${incident.s}`)}`, open: () => M.select(incident.i, { from: "map" }) };
    }
    return null;
  };

  M.part({ drawn: () => (M.state.hidden.includes("shapes") ? 0 : M.shown.reduce((n, incident) => n + (!incident.margin && hasShape(incident) ? 1 : 0), 0)) });
})(Marchland);
