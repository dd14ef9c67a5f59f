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
    const lit = M.litBase?.collection === name ? M.litBase.feature : null;
    return (feature) => {
      const base = { color: style.color, weight: style.width, dashArray: style.dash.join(" ") || null, opacity: style.opacity, fill: false, lineJoin: "round" };
      if (name === "world") Object.assign(base, { fill: true, fillColor: style.color, fillOpacity: tiles ? 0 : 1, weight: 0 });
      else if (name === "countries") Object.assign(base, { fill: true, fillColor: style.color, fillOpacity: tiles ? 0 : 1, color: border.color, weight: M.base.borders ? 0 : border.width, opacity: border.opacity, dashArray: null });
      else if (name === "disputed") Object.assign(base, { fill: /Polygon/.test(feature.geometry?.type), fillColor: style.color, fillOpacity: 0.07 });
      else if (filled) Object.assign(base, { fill: true, fillColor: style.color, fillOpacity: 1, color: style.ink });
      if (lit === feature) Object.assign(base, { fill: true, fillColor: M.style("kind", "armed_clash").color, fillOpacity: 0.16, color: M.style("kind", "armed_clash").color, weight: 2 });
      return base;
    };
  };

  const known = () => ORDER.filter(([name]) => M.base[name]?.features?.length);

  const restyle = () => {
    for (const [name, key, filled] of known()) layers.get(name).setStyle(look(name, key, filled));
    M.map.getContainer().style.background = M.style("base", "sea").color;
  };

  M.restyle = restyle;

  const showTiles = () => {
    if (tiles) tiles.remove();
    tiles = null;
    if (!M.page.tiles || M.state.hidden.includes("tiles") || !navigator.onLine) return;
    tiles = L.tileLayer(TILES[M.dark() ? 1 : 0], { maxZoom: 19, pane: "base", attribution: M.t("attribution.tiles") });
    tiles.once("tileerror", () => M.set({ hidden: M.toggled(M.state.hidden, "tiles", true) }));
    tiles.addTo(M.map);
  };

  const build = (map) => {
    const renderer = L.canvas({ pane: "base", padding: 0.3 });
    for (const [name, key, filled] of known()) {
      const lines = L.geoJSON(M.base[name], { renderer, interactive: false, pane: "base", style: look(name, key, filled), pointToLayer: () => null });
      layers.set(name, lines);
    }
  };

  /** Light up a country or province of the base map that has this name; gives whether there is one. */
  M.lightUp = (names) => {
    const wanted = new Set((names ?? []).map(M.fold));
    M.litBase = null;
    for (const collection of ["provinces", "countries"]) {
      const feature = (M.base[collection]?.features ?? []).find(({ properties: p }) => [p.name, p.name_en].some((name) => name && wanted.has(M.fold(name))));
      if (feature && !M.litBase) M.litBase = { collection, feature };
    }
    restyle();
    return M.litBase;
  };

  M.part({
    start: (map) => {
      map.createPane("base").style.zIndex = 200;
      build(map);
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
