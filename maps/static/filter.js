"use strict";
/* Which incidents are shown: one pass, in which each filter has its bit, so that the counts beside a filter know what the others leave. */
((M) => {
  const BIT = { kinds: 1, stances: 2, precisions: 4, confidence: 8, source: 16, actor: 32, time: 64, text: 128, only: 256 };

  const textOf = (incident) => {
    const article = M.articleOf(incident);
    const words = [incident.e ?? "", article?.title ?? "", article?.publisher ?? "", ...M.actorsOf(incident).map((actor) => actor.name ?? "")];
    return M.fold(words.join(" "));
  };

  /** Which things a text search finds: by any name of their places, else by their words. */
  M.searcher = (query) => {
    const asked = M.fold(query);
    if (!asked) return () => true;
    const places = M.findPlaces(query);
    return (thing) => {
      if ((thing.pp ?? [thing.p]).some((id) => places.has(id))) return true;
      thing.folded ??= textOf(thing);
      return thing.folded.includes(asked);
    };
  };

  M.inTime = (thing) => {
    const { from, to, undated } = M.state;
    if (thing.start === null) return undated;
    return (from === null || thing.end >= from) && (to === null || thing.start <= to);
  };

  const sourceMatches = (incident, asked) => {
    const [what, ...rest] = asked.split(":");
    const value = rest.join(":");
    const article = M.articleOf(incident);
    if (what === "article") return article?.id === value;
    if (what === "publisher") return article?.publisher === value;
    return M.sourcesOf(incident).some((statement) => statement.source === value);
  };

  const onlyMatches = (incident, only) => {
    if (only === "new") return Boolean(incident.n);
    if (only === "latest") return M.articleOf(incident)?.id === M.page.latest;
    return true;
  };

  const failing = (incident, state, sets, found) => {
    let bits = 0;
    if (sets.kinds.has(incident.k)) bits |= BIT.kinds;
    if (sets.stances.has(incident.st)) bits |= BIT.stances;
    if (sets.precisions.has(incident.g)) bits |= BIT.precisions;
    if (state.confidence > 0 && (incident.c ?? 0) < state.confidence) bits |= BIT.confidence;
    if (state.source && !sourceMatches(incident, state.source)) bits |= BIT.source;
    if (state.actor && !M.actorsOf(incident).some((actor) => actor.name === state.actor)) bits |= BIT.actor;
    if (!M.inTime(incident)) bits |= BIT.time;
    if (!found(incident)) bits |= BIT.text;
    if (state.only && !onlyMatches(incident, state.only)) bits |= BIT.only;
    return bits;
  };

  const bump = (counts, key) => counts.set(key, (counts.get(key) ?? 0) + 1);

  const apply = () => {
    const state = M.state;
    const sets = { kinds: new Set(state.kinds), stances: new Set(state.stances), precisions: new Set(state.precisions) };
    const found = M.searcher(state.q);
    const shown = [];
    const counts = { kinds: new Map(), stances: new Map(), precisions: new Map() };
    M.timeless = [];
    for (const incident of M.incidents) {
      const bits = failing(incident, state, sets, found);
      incident.on = bits === 0;
      if (!bits) shown.push(incident);
      if (!(bits & ~BIT.time)) M.timeless.push(incident);
      if (!(bits & ~BIT.kinds)) bump(counts.kinds, incident.k);
      if (!(bits & ~BIT.stances)) bump(counts.stances, incident.st);
      if (!(bits & ~BIT.precisions)) bump(counts.precisions, incident.g);
    }
    const realities = new Set(state.realities);
    M.aside = M.setAside.filter((row) => realities.has(row.re) && M.inTime(row) && found(row));
    const sign = state.oldestFirst ? 1 : -1;
    shown.sort((a, b) => (a.start === null) - (b.start === null) || sign * (a.start - b.start) || a.ix - b.ix);
    Object.assign(M, { shown, counts });
  };

  const MATTERS = ["kinds", "stances", "precisions", "realities", "confidence", "source", "actor", "from", "to", "undated", "q", "only", "oldestFirst"];
  M.part({
    update: (changed) => {
      M.filtered = MATTERS.some((key) => changed.has(key));
      if (M.filtered) apply();
    },
  });
})(Marchland);
