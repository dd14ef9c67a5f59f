"use strict";
/* Incidents as badges, near ones gathered into rings that count by kind; what was set aside as pale rings. */
((M) => {
  const REACH = 23;
  const LIFT = 18;
  let groups = [];
  let paleOnes = [];

  const gather = (incidents, { px, py, min, max }) => {
    const cells = new Map();
    const made = [];
    for (const incident of incidents) {
      if (incident.margin) continue;
      const lift = incident.s === "pin" ? LIFT : 0;
      const [x, y] = [px(incident.x), py(incident.y) - lift];
      if (x < min.x - 40 || x > max.x + 40 || y < min.y - 40 || y > max.y + 60) continue;
      const [column, row] = [Math.floor(x / REACH), Math.floor(y / REACH)];
      let home = cells.get(column * 100003 + row);
      if (home && (home.x - x) ** 2 + (home.y - y) ** 2 >= REACH * REACH) home = null;
      for (let c = column - 1; c <= column + 1 && !home; c += 1) {
        for (let r = row - 1; r <= row + 1 && !home; r += 1) {
          const near = cells.get(c * 100003 + r);
          if (near && (near.x - x) ** 2 + (near.y - y) ** 2 < REACH * REACH) home = near;
        }
      }
      if (home) home.members.push(incident);
      else {
        const group = { x, y, lift, members: [incident] };
        made.push(group);
        const key = column * 100003 + row;
        if (!cells.has(key)) cells.set(key, group);
      }
    }
    // Badges are gathered by where they are painted; a single pin stands with its tip on its point.
    for (const group of made) if (group.members.length === 1) group.y += group.lift;
    return made;
  };

  const radiusOf = (group) => (group.members.length === 1 ? 11 : Math.min(30, 14 + 3 * Math.log2(group.members.length / 2)));

  const paintGroup = ({ context }, group) => {
    const n = group.members.length;
    const radius = radiusOf(group);
    const counts = new Map();
    for (const incident of group.members) counts.set(incident.k, (counts.get(incident.k) ?? 0) + 1);
    context.fillStyle = M.dark() ? "#14181c" : "#ffffff";
    context.beginPath();
    context.arc(group.x, group.y, radius + 1.5, 0, 2 * Math.PI);
    context.fill();
    let angle = -Math.PI / 2;
    for (const kind of Object.keys(M.page.styles.kind).filter((key) => counts.has(key))) {
      const next = angle + (2 * Math.PI * counts.get(kind)) / n;
      context.strokeStyle = M.style("kind", kind).color;
      context.lineWidth = 5;
      context.beginPath();
      context.arc(group.x, group.y, radius - 2.5, angle, next);
      context.stroke();
      angle = next;
    }
    context.fillStyle = M.dark() ? "#f2f4f6" : "#16191d";
    context.font = `600 ${n > 999 ? 10.5 : 12}px system-ui, "Segoe UI", "DejaVu Sans", sans-serif`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(n > 9999 ? `${Math.round(n / 1000)}k` : String(n), group.x, group.y + 0.5);
    group.counts = counts;
  };

  const paintOne = ({ context, ratio }, group) => {
    const [incident] = group.members;
    const tip = incident.s === "pin";
    context.drawImage(M.badge(incident.k, incident.st, tip, ratio), group.x - 32, group.y - (tip ? 44 : 32), 64, 64);
  };

  const paintPale = ({ context, px, py, min, max }) => {
    paleOnes = [];
    for (const row of M.aside) {
      if (!row.at) continue;
      const [x, y] = [px(row.x), py(row.y)];
      if (x < min.x || x > max.x || y < min.y || y > max.y) continue;
      const style = M.style("reality", row.re);
      context.globalAlpha = style.opacity;
      context.strokeStyle = style.color;
      context.lineWidth = style.width;
      context.setLineDash(style.dash);
      context.beginPath();
      context.arc(x, y, 14, 0, 2 * Math.PI);
      context.stroke();
      context.setLineDash([]);
      context.globalAlpha = 1;
      paleOnes.push({ x, y, row });
    }
  };

  const paintSelected = ({ context }, group) => {
    if (!group.members.some((incident) => incident.i === (M.lit || M.state.selected))) return;
    const lifted = group.members.length === 1 && group.members[0].s === "pin" ? 18 : 0;
    context.strokeStyle = M.dark() ? "#ffffff" : "#0b4f7a";
    context.lineWidth = 2.5;
    context.beginPath();
    context.arc(group.x, group.y - lifted, radiusOf(group) + 6, 0, 2 * Math.PI);
    context.stroke();
  };

  /** The groups of this view, gathered once and kept for labels and pointer. */
  M.badgeBoxes = (view) => {
    groups = M.state.hidden.includes("incidents") ? [] : gather(M.shown, view);
    return groups.map((group) => {
      const r = radiusOf(group);
      const lift = group.members.length === 1 && group.members[0].s === "pin" ? 18 : 0;
      return [group.x - r, group.y - r - lift, group.x + r, group.y + r - lift];
    });
  };

  M.painters.push((view) => {
    if (M.state.hidden.includes("labels")) M.badgeBoxes(view);
    paintPale(view);
    for (const group of groups) group.members.length === 1 ? paintOne(view, group) : paintGroup(view, group);
    for (const group of groups) paintSelected(view, group);
  });

  const describe = (group) => {
    if (group.members.length === 1) {
      const [incident] = group.members;
      return `${M.t(`kind.${incident.k}`)} · ${M.label(M.placeOf(incident))} · ${M.dateWords(incident.d, incident.dp, true)}`;
    }
    const kinds = [...group.counts].sort((a, b) => b[1] - a[1]).map(([kind, n]) => `${n} ${M.t(`kind.${kind}`)}`);
    return `${M.count("incidents", group.members.length)}: ${kinds.join(", ")}`;
  };

  const openGroup = (group) => {
    if (group.members.length === 1) return M.select(group.members[0].i, { from: "map" });
    const spots = group.members.map((incident) => L.latLng(incident.at[1], incident.at[0]));
    const bounds = L.latLngBounds(spots);
    const spread = M.map.project(bounds.getNorthEast(), M.map.getMaxZoom()).distanceTo(M.map.project(bounds.getSouthWest(), M.map.getMaxZoom()));
    if (spread < REACH * 1.5 || M.map.getZoom() >= M.map.getMaxZoom()) return M.openList(group.members, bounds.getCenter());
    return M.map.fitBounds(bounds.pad(0.2), { maxZoom: Math.max(M.map.getZoom() + 1, M.map.getBoundsZoom(bounds.pad(0.2))) });
  };

  const groupAt = (point) => {
    for (let n = groups.length - 1; n >= 0; n -= 1) {
      const group = groups[n];
      const lift = group.members.length === 1 && group.members[0].s === "pin" ? 14 : 0;
      const reach = radiusOf(group) + 3;
      if ((group.x - point.x) ** 2 + (group.y - lift - point.y) ** 2 <= (reach + lift / 3) ** 2) return { title: describe(group), open: () => openGroup(group) };
    }
    return null;
  };
  const paleAt = (point) => {
    const found = paleOnes.find(({ x, y }) => (x - point.x) ** 2 + (y - point.y) ** 2 < 16 ** 2);
    return found ? { title: M.t(`reality.${found.row.re}`), open: () => M.openAside(found.row) } : null;
  };

  M.groupsOnMap = () => groups;
  M.hits.unshift(groupAt, paleAt);
  M.part({ drawn: () => (M.state.hidden.includes("incidents") ? 0 : M.shown.reduce((n, incident) => n + (incident.margin ? 0 : 1), 0)) + M.aside.filter((row) => row.at).length });
})(Marchland);
