"use strict";
/* The FeatureCollection as arrays that filters and canvas can run over quickly. */
((M) => {
  const MARGIN = new Set([4, 6]);

  /** Web Mercator, the whole world from 0 to 1. */
  M.worldX = (lon) => (lon + 180) / 360;
  M.worldY = (lat) => {
    const sine = Math.sin((Math.max(-85, Math.min(85, lat)) * Math.PI) / 180);
    return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  };

  const place = (id, name) => ({ id, name, names: [], holders: [], at: null, class: "", mentions: 0 });

  const loadPlace = ({ properties: p, geometry }) => {
    M.places.set(p.i, {
      ...place(p.i, p.name ?? p.i),
      names: p.names ?? [],
      holders: p.holders ?? [],
      at: geometry?.type === "Point" ? geometry.coordinates : null,
      class: p.class ?? "",
      country: p.country ?? "",
      mentions: p.mentions ?? 0,
    });
  };

  const loadIncident = ({ properties: p, geometry }) => {
    const at = geometry?.type === "Point" ? geometry.coordinates : null;
    const [k, st, dp, g, s, event, sub] = M.forms[p.f];
    if (p.d?.length === 1) p.d.push(p.d[0]);
    const incident = {
      ...p,
      ...{ k, st, dp, g: g ?? undefined, s, event, sub },
      ix: M.incidents.length,
      at,
      margin: !at || MARGIN.has(g),
      start: p.d ? M.dayNumber(p.d[0]) : null,
      end: p.d ? M.dayNumber(p.d[1]) : null,
      exactDay: p.d && ["day", "span", "week"].includes(dp),
      x: at ? M.worldX(at[0]) : 0,
      y: at ? M.worldY(at[1]) : 0,
      area: null,
    };
    M.incidents.push(incident);
    M.byId.set(p.i, incident);
  };

  const loaders = {
    place: loadPlace,
    shape: (feature) => M.shapes.push(feature),
    set_aside: ({ properties: p, geometry }) => {
      const at = geometry?.type === "Point" ? geometry.coordinates : null;
      const start = p.d ? M.dayNumber(p.d[0]) : null;
      const end = p.d ? M.dayNumber(p.d[1]) : null;
      M.setAside.push({ ...p, at, start, end, x: at ? M.worldX(at[0]) : 0, y: at ? M.worldY(at[1]) : 0 });
    },
    road: (feature) => M.roadRows.push(feature),
  };

  M.load = (data) => {
    Object.assign(M, { places: new Map(), incidents: [], byId: new Map(), shapes: [], setAside: [], roadRows: [], shown: [] });
    const lists = ["articles", "forms", "says", "actors", "harm", "reasons"];
    for (const name of lists) M[name] = data[name] ?? [];
    for (const feature of data.features) (loaders[feature.properties.l] ?? loadIncident)(feature);
    for (const { id, name } of data.loose ?? []) if (id && !M.places.has(id)) M.places.set(id, place(id, name));
    for (const shape of M.shapes) {
      const owner = M.byId.get(shape.properties.i);
      if (owner) owner.area = shape.geometry;
    }
    const published = M.articles.map((article) => M.dayNumber(article.published)).filter((day) => day !== null);
    M.lastPublished = published.length ? Math.max(...published) : null;
  };

  M.placeOf = (incident) => M.places.get(incident.p) ?? null;
  M.placeIds = (incident) => incident.pp ?? (incident.p ? [incident.p] : []);
  M.sourcesOf = (incident) => M.says[incident.w] ?? [];
  M.actorsOf = (incident) => M.actors[incident.ac] ?? [];
  M.harmOf = (incident) => M.harm[incident.h] ?? {};
  M.reasonsOf = (incident) => M.reasons[incident.re] ?? [];
  M.articleOf = (thing) => (thing.a === undefined ? null : M.articles[thing.a]);
})(Marchland);
