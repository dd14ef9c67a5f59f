"use strict";
/* The evidence: what a source wrote, marked; when, how many, who says so, how sure. Every string goes in as text. */
((M) => {
  const { el } = M;
  let popup = null;
  let sheet = null;
  let returnTo = null;

  const row = (label, ...content) => (content.flat().some((part) => part) ? [el("dt", {}, label), el("dd", {}, ...content)] : []);

  /** The sentence with its marks; offsets count code points. */
  M.marked = (text, marks) => {
    const letters = Array.from(text ?? "");
    const sorted = [...(marks ?? [])].sort((a, b) => a[0] - b[0]);
    const pieces = [];
    let at = 0;
    for (const [start, end, what] of sorted) {
      if (start < at) continue;
      pieces.push(letters.slice(at, start).join(""));
      pieces.push(el("mark", { class: what, title: M.t(`mark.${what}`) }, letters.slice(start, end).join("")));
      at = end;
    }
    pieces.push(letters.slice(at).join(""));
    return el("blockquote", { dir: "auto" }, ...pieces);
  };

  const range = ([low, best, high]) => {
    if (best === null && low === null && high === null) return M.t("toll.unknown");
    const main = best ?? low ?? high;
    if (main === 0 && !high) return M.t("toll.none");
    return low !== null && high !== null && low !== high ? M.t("toll.range", { best: main, low, high }) : String(main);
  };

  const tollRows = (incident) => {
    const lines = [];
    const harm = M.harmOf(incident);
    for (const what of ["killed", "injured"]) {
      const counts = harm[what];
      if (counts) lines.push(el("div", {}, el("strong", {}, range(counts)), ` ${M.t(`toll.${what}`)}`));
    }
    for (const toll of harm.tolls ?? []) {
      const says = toll.source ? M.t("toll.says", { source: toll.source }) : M.t("toll.text");
      lines.push(el("div", { class: "small" }, `${range([toll.low ?? null, toll.best ?? null, toll.high ?? null])} ${M.t(`toll.${toll.what}`)}${toll.group ? ` (${toll.group})` : ""} — ${says}`));
    }
    return lines;
  };

  const link = (article) => {
    if (!article) return [];
    const url = M.webAddress(article.url);
    const title = article.title || article.id;
    const made = url ? el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, title) : el("span", {}, title);
    const bits = [article.publisher, article.published ? M.longDay(article.published) : M.t("article.undated")].filter(Boolean).join(", ");
    return [el("div", {}, made), el("div", { class: "small" }, bits)];
  };

  const statements = (incident) =>
    M.sourcesOf(incident).map((statement) =>
      el("li", {}, el("strong", {}, statement.source || M.t("source.text")), " ", el("span", { class: `stance ${statement.stance}` }, M.t(`stance.${statement.stance}`)), statement.text ? el("q", {}, statement.text) : ""),
    );

  /** No more digits than the precision earns: one degree is some 111 km. */
  M.coordinates = (incident) => {
    if (!incident.at || incident.margin) return "";
    const km = Math.max(0.2, incident.u ?? 25, M.page.blurKm ?? 0);
    const digits = Math.max(0, Math.min(3, Math.round(-Math.log10(km / 111))));
    return `${incident.at[1].toFixed(digits)}, ${incident.at[0].toFixed(digits)}`;
  };

  const copyable = (text) => {
    if (!text) return [];
    const field = el("input", { class: "copy", readonly: true, value: text, size: text.length, "aria-label": M.t("coordinates.label"), focus: (event) => event.target.select() });
    const copy = () => {
      field.select();
      navigator.clipboard?.writeText(text).catch(() => document.execCommand("copy"));
      M.announce(M.t("copied"));
    };
    return [field, el("button", { type: "button", class: "small-button", click: copy }, M.t("copy"))];
  };

  const namesOf = (place) => {
    if (!place) return [];
    const rows = M.otherNames(place).map(([side, names]) => el("div", { class: "small" }, el("span", { class: "muted" }, `${side}: `), el("span", { dir: "auto" }, names.join(", "))));
    return rows;
  };

  const holders = (place) =>
    (place?.holders ?? []).map(([holder, since, until, source]) => el("div", { class: "small" }, `${holder} ${since || "…"}–${until || M.t("until.now")}${source ? ` (${source})` : ""}`));

  const confidence = (incident) => {
    if (incident.c === undefined) return [];
    const meter = el("meter", { min: 0, max: 1, value: incident.c, "aria-label": M.t("confidence") });
    const reasons = M.reasonsOf(incident).map((reason) => el("li", {}, reason));
    return [meter, ` ${Math.round(incident.c * 100)} %`, reasons.length ? el("ul", { class: "small" }, ...reasons) : ""];
  };

  const actors = (incident) => M.actorsOf(incident).map((actor) => el("div", {}, actor.name, actor.part ? el("span", { class: "muted" }, ` (${M.t(`part.${actor.part}`)})`) : ""));

  const related = (incident) =>
    (incident.r ?? []).filter((id) => M.byId.has(id)).map((id) => {
      const other = M.byId.get(id);
      return el("button", { type: "button", class: "link", click: () => M.select(id, { from: "popup" }) }, `${M.t(`kind.${other.k}`)}, ${M.label(M.placeOf(other))}`);
    });

  const codes = (incident) => {
    const { event, sub } = incident;
    return [event ? `ACLED: ${event}${sub ? ` / ${sub}` : ""}` : "", incident.g ? el("div", { class: "small" }, M.t("codes.ucdp", { code: incident.g })) : ""];
  };

  const where = (incident) => {
    const words = [M.t(`shape.${incident.s ?? "disc"}`), M.t(`precision.${incident.g ?? 6}`)];
    if (incident.u) words.push(M.t("within", { km: incident.u < 10 ? Math.round(incident.u * 10) / 10 : Math.round(incident.u) }));
    return words.join(" · ");
  };

  /** Everything known about an incident, as an element. */
  M.evidence = (incident) => {
    const place = M.placeOf(incident);
    const article = M.articleOf(incident);
    const fresh = incident.n ? el("span", { class: "tag" }, M.t("tag.new")) : M.page.latest && article?.id === M.page.latest ? el("span", { class: "tag" }, M.t("tag.latest")) : "";
    return el(
      "article",
      { class: "evidence", "aria-labelledby": "evidence-title" },
      el("header", {}, M.icon(incident.k, incident.st, 30), el("div", {}, el("h2", { id: "evidence-title" }, M.t(`kind.${incident.k}`), " ", fresh), el("p", { class: "where" }, M.label(place) || M.t("place.unknown")), el("p", { class: "when" }, M.dateWords(incident.d, incident.dp)))),
      M.marked(incident.e, [["trigger", incident.t], ["place", incident.pl]].filter(([, span]) => span).map(([what, span]) => [...span, what])),
      el(
        "dl",
        {},
        row(M.t("label.says"), statements(incident).length ? el("ul", { class: "plain" }, ...statements(incident)) : ""),
        row(M.t("label.toll"), ...tollRows(incident)),
        row(M.t("label.actors"), ...actors(incident)),
        row(M.t("label.where"), el("div", {}, where(incident)), ...copyable(M.coordinates(incident))),
        row(M.t("label.related"), ...related(incident)),
        row(M.t("label.article"), ...link(article)),
      ),
      el(
        "details",
        { class: "more", open: M.moreOpen, toggle: (event) => (M.moreOpen = event.target.open) },
        el("summary", {}, M.t("more"), incident.c === undefined ? "" : el("span", { class: "muted" }, M.t("more.confidence", { n: Math.round(incident.c * 100) }))),
        el(
          "dl",
          {},
          row(M.t("label.confidence"), ...confidence(incident)),
          row(M.t("label.names"), ...namesOf(place)),
          row(M.t("label.holders"), ...holders(place)),
          row(M.t("label.weapons"), (M.harmOf(incident).weapons ?? []).join(", ")),
          row(M.t("label.codes"), ...codes(incident)),
        ),
      ),
    );
  };

  const narrow = () => window.matchMedia("(max-width: 720px)").matches;

  const close = () => {
    if (sheet) sheet.hidden = true;
    popup?.remove();
    popup = null;
  };

  const closed = () => {
    M.lit = "";
    M.lightUp([]);
    if (M.state.selected) M.set({ selected: "" });
    if (returnTo?.isConnected) returnTo.focus({ preventScroll: true });
    returnTo = null;
  };

  /** Show content at a place on the map, or on a phone in a sheet below it. */
  const show = (content, latlng) => {
    close();
    if (narrow() || !latlng) {
      sheet = document.getElementById("sheet");
      sheet.querySelector(".sheet-body").replaceChildren(content);
      sheet.hidden = false;
      sheet.classList.toggle("docked", !narrow());
      sheet.focus({ preventScroll: true });
      return;
    }
    const wide = Math.min(380, M.map.getSize().x - 60);
    popup = L.popup({ minWidth: Math.min(300, wide), maxWidth: wide, maxHeight: Math.max(200, Math.min(430, M.map.getSize().y - 130)), autoPanPaddingTopLeft: [24, 24], autoPanPaddingBottomRight: [M.map.getSize().x > 660 ? 250 : 24, 24], className: "evidence-popup", offset: [0, -8] });
    const mine = popup;
    popup.setLatLng(latlng).setContent(content).openOn(M.map);
    popup.getElement().querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", M.t("close"));
    popup.once("remove", () => {
      if (popup !== mine) return;
      popup = null;
      closed();
    });
  };

  M.closeEvidence = () => {
    close();
    closed();
  };

  const anchor = (incident) => {
    if (incident.at && !incident.margin) return L.latLng(incident.at[1], incident.at[0]);
    return null;
  };

  /** Make an incident the chosen one: list, map and evidence follow. */
  M.select = (id, { from = "", focus = false } = {}) => {
    const incident = M.byId.get(id);
    if (!incident) return;
    if (from === "list" || from === "margin") returnTo = document.activeElement;
    const at = anchor(incident);
    if (at && from !== "map" && !M.map.getBounds().pad(-0.1).contains(at)) M.map.setView(at, Math.max(M.map.getZoom(), incident.u > 40 ? 7 : 9), { animate: false });
    M.lit = "";
    if (incident.margin) M.showArea(incident);
    else M.lightUp([]);
    M.state.selected = "";
    const content = M.evidence(incident);
    content.tabIndex = -1;
    show(content, at);
    if (focus) content.focus({ preventScroll: true });
    M.set({ selected: id });
    M.redraw();
  };

  M.openAside = (rowOf, move = false) => {
    const article = M.articleOf(rowOf);
    const content = el(
      "article",
      { class: "evidence aside" },
      el("header", {}, el("div", {}, el("h2", {}, M.t(`reality.${rowOf.re}`)), el("p", { class: "where" }, M.label(M.places.get(rowOf.p))))),
      M.marked(rowOf.e, []),
      el("dl", {}, row(M.t("label.kind"), rowOf.k ? M.t(`kind.${rowOf.k}`) : ""), row(M.t("label.why"), rowOf.why), row(M.t("label.article"), ...link(article))),
    );
    const at = rowOf.at ? L.latLng(rowOf.at[1], rowOf.at[0]) : null;
    if (move) returnTo = document.activeElement;
    if (move && at && !M.map.getBounds().pad(-0.1).contains(at)) M.map.setView(at, M.map.getZoom(), { animate: false });
    show(content, at);
  };

  M.openRoad = (road, latlng) => {
    const day = M.roadDay();
    const { curated, article, differ } = M.statusOn(road, day);
    const now = article ?? curated;
    const history = road.rows.map((item) => {
      const holds = item === curated || item === article;
      const dates = item.origin === "article" ? M.t("road.asof", { day: item.since ? M.longDay(item.since) : M.t("date.unknown") }) : `${item.since ? M.longDay(item.since) : "…"} – ${item.until ? M.longDay(item.until) : M.t("until.now")}`;
      const article_ = item.a === undefined ? null : M.articles[item.a];
      return el(
        "li",
        { class: holds ? "holds" : "" },
        M.lineIcon(M.style("road", item.status)),
        el("div", {}, el("strong", {}, M.t(`road.${item.status}`)), ` · ${dates}`, item.by ? el("div", {}, M.t("road.by", { by: item.by })) : "", item.e ? el("div", { class: item.origin === "article" ? "quote" : "small" }, item.e) : "", el("div", { class: "small" }, [item.source, item.st ? M.t(`stance.${item.st}`) : ""].filter(Boolean).join(" · ")), ...link(article_)),
      );
    });
    const content = el(
      "article",
      { class: "evidence road" },
      el("header", {}, el("div", {}, el("h2", {}, M.label(M.places.get(road.id)) || road.name), el("p", { class: "when" }, M.t("road.on", { day: M.longDay(M.isoDay(day)), status: now ? M.t(`road.${now.status}`) : M.t("road.unknown") })))),
      differ ? el("p", { class: "note" }, M.t("road.differ")) : "",
      road.schematic ? el("p", { class: "small" }, M.t("road.schematic")) : "",
      el("ol", { class: "history" }, ...history),
    );
    show(content, latlng);
  };

  M.openDisputed = (area, latlng) => {
    const who = (code) => M.claimants([code]);
    show(
      el(
        "article",
        { class: "evidence" },
        el("h2", {}, area.name),
        area.claims?.length ? el("p", {}, M.t("claims", { who: M.claimants(area.claims) })) : "",
        area.recognised ? el("p", {}, M.t("recognised", { who: who(area.recognised) })) : "",
        area.held_by ? el("p", {}, M.t("held", { who: who(area.held_by), since: area.since || "…" })) : "",
        area.note ? el("p", { class: "small" }, area.note) : "",
      ),
      latlng,
    );
  };

  /** Several incidents at one spot: a list to choose from. */
  M.openList = (incidents, latlng) => {
    const rows = incidents.slice(0, 200).map((incident) => el("li", {}, el("button", { type: "button", class: "pick", click: () => M.select(incident.i, { from: "map" }) }, M.icon(incident.k, incident.st), el("span", {}, `${M.t(`kind.${incident.k}`)} · ${M.label(M.placeOf(incident))}`, el("small", {}, M.dateWords(incident.d, incident.dp, true))))));
    show(el("article", { class: "evidence several" }, el("h2", {}, M.count("here", incidents.length)), el("ul", { class: "plain" }, ...rows)), latlng);
  };

  M.part({
    start: () => {
      document.getElementById("sheet-close").addEventListener("click", () => M.closeEvidence());
      document.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && (popup || (sheet && !sheet.hidden))) M.closeEvidence();
      });
    },
    update: (changed) => {
      if ((changed.has("names") || changed.has("own") || changed.has("theme")) && M.state.selected && M.ready) M.select(M.state.selected, { from: "map" });
      if (changed.has("selected") && M.state.selected && !M.ready) setTimeout(() => M.select(M.state.selected, { from: "fragment" }), 0);
    },
  });
})(Marchland);
