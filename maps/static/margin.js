"use strict";
/* Incidents known only to a province, a country or no place: listed in the margin, each lights up its area. */
((M) => {
  const { el } = M;

  const namesOf = (incident) => {
    const place = M.placeOf(incident);
    return place ? [place.name, ...place.names.map((name) => name[0])] : [];
  };

  /** Light up the area of a margin incident: its own shape, else the province or country of that name. */
  M.showArea = (incident) => {
    M.lit = incident.i;
    if (!incident.area) M.lightUp(namesOf(incident));
    M.redraw();
  };

  const leave = () => {
    M.lit = "";
    M.lightUp([]);
    M.redraw();
  };

  const item = (incident) => {
    const show = () => M.showArea(incident);
    return el(
      "li",
      {},
      el(
        "button",
        { type: "button", class: "pick", "data-id": incident.i, mouseenter: show, focus: show, mouseleave: leave, blur: leave, click: () => M.select(incident.i, { from: "margin" }) },
        M.icon(incident.k, incident.st, 22),
        el("span", {}, M.label(M.placeOf(incident)) || M.t("place.unknown"), el("small", {}, `${M.t(`kind.${incident.k}`)} · ${M.dateWords(incident.d, incident.dp, true)}`)),
      ),
    );
  };

  M.part({
    update: (changed) => {
      if (!M.filtered && !changed.has("names") && !changed.has("own") && !changed.has("theme")) return;
      const rows = M.shown.filter((incident) => incident.margin);
      const box = document.getElementById("margin");
      box.hidden = rows.length === 0;
      document.getElementById("margin-count").textContent = String(rows.length);
      document.getElementById("margin-list").replaceChildren(...rows.slice(0, 100).map(item));
    },
  });
})(Marchland);
