"use strict";
/* The view in the address: what differs from the defaults stands in the fragment, so that a link brings the view back. */
((M) => {
  const LISTS = { kinds: "k", stances: "s", precisions: "p", realities: "r", hidden: "h" };
  const TEXTS = { q: "q", source: "src", actor: "a", only: "o", names: "n", theme: "t", selected: "i", tab: "v" };
  const FLAGS = { undated: "u", inView: "w", own: "l", oldestFirst: "b" };
  let writing = false;

  M.writeFragment = () => {
    const values = new URLSearchParams();
    const { state, defaults } = M;
    for (const [key, short] of Object.entries(LISTS)) if (state[key].length) values.set(short, state[key].join("."));
    for (const [key, short] of Object.entries(TEXTS)) if (state[key] !== defaults[key]) values.set(short, state[key]);
    for (const [key, short] of Object.entries(FLAGS)) if (state[key] !== defaults[key]) values.set(short, state[key] ? "1" : "0");
    if (state.confidence) values.set("c", String(state.confidence));
    if (state.from !== null || state.to !== null) values.set("d", `${state.from === null ? "" : M.isoDay(state.from)}_${state.to === null ? "" : M.isoDay(state.to)}`);
    if (M.moved) {
      const { lat, lng } = M.map.getCenter();
      values.set("m", `${lat.toFixed(3)}_${lng.toFixed(3)}_${M.map.getZoom()}`);
    }
    const fragment = values.toString();
    if (fragment === window.location.hash.slice(1)) return;
    writing = true;
    window.history.replaceState(null, "", fragment ? `#${fragment}` : window.location.pathname + window.location.search);
    writing = false;
  };

  const day = (text) => (/^\d{4}-\d{2}-\d{2}$/.test(text ?? "") ? M.dayNumber(text) : null);

  const stateOf = (values) => {
    const state = {};
    for (const [key, short] of Object.entries(LISTS)) state[key] = (values.get(short) ?? "").split(".").filter(Boolean).map((value) => (key === "precisions" ? Number(value) : value));
    for (const [key, short] of Object.entries(TEXTS)) state[key] = values.get(short) ?? M.defaults[key];
    for (const [key, short] of Object.entries(FLAGS)) state[key] = values.has(short) ? values.get(short) === "1" : M.defaults[key];
    const confidence = Number(values.get("c"));
    state.confidence = confidence > 0 && confidence <= 1 ? confidence : 0;
    const [from, to] = (values.get("d") ?? "").split("_");
    Object.assign(state, { from: day(from), to: day(to) });
    return state;
  };

  const viewOf = (values) => {
    const [lat, lon, zoom] = (values.get("m") ?? "").split("_").map(Number);
    return Number.isFinite(lat) && Number.isFinite(lon) && Number.isFinite(zoom) && values.get("m") ? { at: [lat, lon], zoom } : null;
  };

  M.readFragment = () => {
    const values = new URLSearchParams(window.location.hash.slice(1));
    Object.assign(M.state, stateOf(values));
    M.view = viewOf(values);
  };

  M.part({
    start: () => {
      window.addEventListener("hashchange", () => {
        if (writing) return;
        const values = new URLSearchParams(window.location.hash.slice(1));
        const view = viewOf(values);
        if (view) M.map.setView(view.at, view.zoom, { animate: false });
        const { selected, ...rest } = stateOf(values);
        M.set(rest);
        if (selected && selected !== M.state.selected) M.select(selected, { from: "fragment" });
      });
    },
    update: () => M.ready && M.writeFragment(),
  });
})(Marchland);
