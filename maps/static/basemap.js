"use strict";
/* The base map: land, provinces, water, borders and disputed areas, drawn from the page itself. */
((M) => {
  /** Which style a collection of the base map has, from bottom to top. */
  const ORDER = [
    ["world", "land", true],
    ["countries", "land", true],
    ["provinces", "province", false],
    ["lakes", "lake", true],
    ["rivers", "river", false],
    ["borders", "country", false],
    ["lines", "line", false],
    ["disputed", "disputed", true],
  ];
  const TILES = ["https://{s}.basemaps.cartocdn.com/light_nolabels/{z}/{x}/{y}{r}.png", "https://{s}.basemaps.cartocdn.com/dark_nolabels/{z}/{x}/{y}{r}.png"];
  const layers = new Map();
  let tiles = null;

  const look = (name, key, filled) => {
    const style = M.style("base", key);
    const border = M.style("base", "country");
    return (feature) => {
      const base = { color: style.color, weight: style.width, dashArray: style.dash.join(" ") || null, opacity: style.opacity, fill: false, lineJoin: "round" };
      if (name === "world") Object.assign(base, { fill: true, fillColor: style.color, fillOpacity: tiles ? 0 : 1, weight: 0 });
      else if (name === "countries") Object.assign(base, { fill: true, fillColor: style.color, fillOpacity: tiles ? 0 : 1, color: border.color, weight: M.base.borders ? 0 : border.width, opacity: border.opacity, dashArray: null });
      else if (name === "disputed") {
        if (/Polygon/.test(feature.geometry?.type)) Object.assign(base, { fill: true, fillColor: style.color, fillOpacity: 0.07, weight: 0 });
      } else if (filled) Object.assign(base, { fill: true, fillColor: style.color, fillOpacity: 1, color: style.ink });
      return base;
    };
  };

  const known = () => ORDER.filter(([name]) => M.base[name]?.features?.length);

  const restyle = () => {
    for (const [name, key, filled] of known()) layers.get(name).setStyle(look(name, key, filled));
    M.map.getContainer().style.background = M.style("base", "sea").color;
  };

  M.restyle = restyle;

  /** Names of those who claim: country codes become names where the base map knows them. */
  M.claimants = (claims) => {
    const names = claims.map((claim) => M.base.countries?.features.find(({ properties: p }) => p.iso2 === claim)?.properties.name ?? String(claim));
    return names.join(M.t("and"));
  };

  const within = (ring, [x, y]) => {
    let inside = false;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      const [ax, ay] = ring[i];
      const [bx, by] = ring[j];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
    return inside;
  };

  /** The disputed area under a layer point: its claims and who holds it. */
  const disputedAt = (point) => {
    if (M.state.hidden.includes("disputed")) return null;
    const { lat, lng } = M.map.layerPointToLatLng(point);
    const feature = (M.base.disputed?.features ?? []).find(({ geometry: g }) => (g?.type === "Polygon" ? [g.coordinates] : g?.type === "MultiPolygon" ? g.coordinates : []).some((part) => within(part[0], [lng, lat])));
    return feature ? { title: feature.properties.name, open: (event) => M.openDisputed(feature.properties, event.latlng) } : null;
  };

  const ringsOf = ({ features }) => features.flatMap(({ geometry: g }) => (g?.type === "Polygon" ? g.coordinates : g?.type === "MultiPolygon" ? g.coordinates.flat() : []));

  /** The window that the base map was cut to: west, south, east, north of its land. */
  const edges = () => {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const name of ["countries", "provinces", "disputed"]) {
      for (const ring of ringsOf(M.base[name] ?? { features: [] })) for (const [x, y] of ring) box.splice(0, 4, Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y));
    }
    return box;
  };

  /** The outlines of areas without the straight cuts at the edge of the base map's window. */
  const withoutCuts = (collection) => {
    const box = edges();
    const rings = ringsOf(collection);
    const onEdge = (a, b) => (a[0] === b[0] && (a[0] === box[0] || a[0] === box[2])) || (a[1] === b[1] && (a[1] === box[1] || a[1] === box[3]));
    const lines = [];
    for (const ring of rings) {
      let line = [ring[0]];
      for (let n = 1; n < ring.length; n += 1) {
        if (onEdge(ring[n - 1], ring[n])) {
          if (line.length > 1) lines.push(line);
          line = [];
        }
        line.push(ring[n]);
      }
      if (line.length > 1) lines.push(line);
    }
    return { type: "Feature", properties: {}, geometry: { type: "MultiLineString", coordinates: lines } };
  };

  const showTiles = () => {
    if (tiles) tiles.remove();
    tiles = null;
    if (!M.page.tiles || M.state.hidden.includes("tiles") || !navigator.onLine) return;
    tiles = L.tileLayer(TILES[M.dark() ? 1 : 0], { maxZoom: 19, pane: "base", attribution: M.t("attribution.tiles") });
    tiles.once("tileerror", () => M.set({ hidden: M.toggled(M.state.hidden, "tiles", true) }));
    tiles.addTo(M.map);
  };

  const build = () => {
    const renderer = L.canvas({ pane: "base", padding: 0.3 });
    for (const [name, key, filled] of known()) {
      const options = { renderer, interactive: false, pane: "base", style: look(name, key, filled), pointToLayer: () => null };
      const layer = L.geoJSON(name === "provinces" ? withoutCuts(M.base[name]) : M.base[name], options);
      // A disputed area is a fill without an edge and an outline without the cuts.
      if (name === "disputed") layer.addData(withoutCuts(M.base[name]));
      layers.set(name, layer);
    }
  };

  let lit = null;

  /** Light up a country or province of the base map that has one of these names; gives whether there is one. */
  M.lightUp = (names) => {
    lit?.remove();
    lit = null;
    const wanted = new Set((names ?? []).map(M.fold));
    if (!wanted.size) return false;
    const named = ({ properties: p }) => [p.name, p.local_name].some((name) => name && wanted.has(M.fold(name)));
    const found = ["provinces", "countries"].flatMap((collection) => (M.base[collection]?.features ?? []).filter(named))[0];
    if (!found) return false;
    const { color } = M.style("kind", "armed_clash");
    lit = L.geoJSON(found, { pane: "lit", renderer: L.svg({ pane: "lit" }), interactive: false, style: { color, weight: 2, fillColor: color, fillOpacity: 0.16 } }).addTo(M.map);
    return true;
  };

  M.part({
    start: (map) => {
      map.createPane("base").style.zIndex = 200;
      map.createPane("lit").style.zIndex = 300;
      build();
      M.hits.push(disputedAt);
    },
    update: (changed) => {
      if (changed.has("theme") || changed.has("hidden")) {
        showTiles();
        restyle();
      }
      if (!changed.has("hidden")) return;
      for (const [name] of known()) {
        const layer = layers.get(name);
        if (M.state.hidden.includes(name)) layer.remove();
        else layer.addTo(M.map);
      }
      for (const [name] of known()) if (M.map.hasLayer(layers.get(name))) layers.get(name).bringToFront();
    },
  });
})(Marchland);
