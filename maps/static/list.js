"use strict";
/* The list beside the map: one row of fixed height per incident, only those in view are made, so that 50,000 scroll as well as fifty. */
((M) => {
  const HEIGHT = 62;
  const { el } = M;
  let box = null;
  let sizer = null;
  let rows = [];
  let active = 0;

  const inView = (incident) => incident.margin || !incident.at || M.map.getBounds().contains([incident.at[1], incident.at[0]]);

  const option = (incident, n) => {
    const place = M.label(M.placeOf(incident)) || M.t("place.unknown");
    const chosen = incident.i === M.state.selected;
    const source = M.sourcesOf(incident)[0]?.source || M.articleOf(incident)?.publisher || "";
    const made = el(
      "div",
      { role: "option", id: `row-${incident.ix}`, class: n === active ? "row active" : "row", "aria-selected": chosen ? "true" : "false", "aria-setsize": rows.length, "aria-posinset": n + 1, "data-id": incident.i },
      M.icon(incident.k, incident.st, 26),
      el("span", { class: "row-text" }, el("span", { class: "row-top" }, el("span", { class: "row-place", dir: "auto" }, place), el("span", { class: "row-date" }, M.dateWords(incident.d, incident.dp, true))), el("span", { class: "row-kind" }, M.t(`kind.${incident.k}`), incident.n ? el("span", { class: "tag" }, M.t("tag.new")) : ""), el("span", { class: "row-source" }, `${M.t(`stance.${incident.st}`)}${source ? ` · ${source}` : ""}`)),
    );
    made.style.top = `${n * HEIGHT}px`;
    return made;
  };

  const paint = () => {
    const first = Math.max(0, Math.floor(box.scrollTop / HEIGHT) - 4);
    const last = Math.min(rows.length, Math.ceil((box.scrollTop + box.clientHeight) / HEIGHT) + 4);
    const wanted = new Set();
    for (let n = first; n < last; n += 1) wanted.add(n);
    if (active < rows.length) wanted.add(active);
    sizer.replaceChildren(...[...wanted].sort((a, b) => a - b).map((n) => option(rows[n], n)));
    if (rows[active]) box.setAttribute("aria-activedescendant", `row-${rows[active].ix}`);
    else box.removeAttribute("aria-activedescendant");
  };

  const refresh = () => {
    rows = M.state.inView ? M.shown.filter(inView) : M.shown;
    active = Math.max(0, rows.findIndex((incident) => incident.i === M.state.selected));
    sizer.style.height = `${Math.max(1, rows.length * HEIGHT)}px`;
    document.getElementById("list-empty").hidden = rows.length > 0;
    box.hidden = rows.length === 0;
    paint();
  };

  const reveal = (n) => {
    const top = n * HEIGHT;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + HEIGHT > box.scrollTop + box.clientHeight) box.scrollTop = top + HEIGHT - box.clientHeight;
  };

  const move = (to) => {
    active = Math.max(0, Math.min(rows.length - 1, to));
    reveal(active);
    paint();
    M.lit = rows[active]?.i ?? "";
    M.redraw();
  };

  const keys = (event) => {
    const page = Math.max(1, Math.floor(box.clientHeight / HEIGHT) - 1);
    const moves = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + page, PageUp: active - page, Home: 0, End: rows.length - 1 };
    if (event.key in moves) move(moves[event.key]);
    else if ((event.key === "Enter" || event.key === " ") && rows[active]) M.select(rows[active].i, { from: "list", focus: true });
    else return;
    event.preventDefault();
  };

  const rowAt = (event) => {
    const row = event.target.closest?.(".row");
    return row ? rows.findIndex((incident) => incident.i === row.dataset.id) : -1;
  };

  const light = (id) => {
    if (M.lit === id) return;
    M.lit = id;
    M.redraw();
  };

  M.part({
    start: (map) => {
      box = document.getElementById("list");
      sizer = document.getElementById("list-rows");
      box.addEventListener("scroll", () => requestAnimationFrame(paint), { passive: true });
      box.addEventListener("keydown", keys);
      box.addEventListener("click", (event) => {
        const n = rowAt(event);
        if (n < 0) return;
        active = n;
        M.select(rows[n].i, { from: "list" });
      });
      box.addEventListener("mouseover", (event) => {
        const n = rowAt(event);
        if (n >= 0) light(rows[n].i);
      });
      box.addEventListener("mouseleave", () => light(""));
      box.addEventListener("blur", () => light(""));
      map.on("moveend", () => M.state.inView && refresh());
      new ResizeObserver(() => rows.length && paint()).observe(box);
    },
    update: (changed) => {
      if (M.filtered || changed.has("inView")) {
        box.scrollTop = 0;
        refresh();
      } else if (changed.has("names") || changed.has("own") || changed.has("theme")) paint();
      if (changed.has("selected") || M.filtered) {
        const n = rows.findIndex((incident) => incident.i === M.state.selected);
        if (n >= 0) {
          active = n;
          reveal(n);
        }
        paint();
      }
    },
  });
})(Marchland);
