"use strict";
/* What belongs to the page as a whole: controls on the map, theme, printing, linking, and the last word: paint. */
((M) => {
  const get = (id) => document.getElementById(id);

  const North = L.Control.extend({
    onAdd: () => M.el("div", { class: "north", role: "img", "aria-label": M.t("north"), title: M.t("north") }, "N"),
  });

  /** The view of everything that passes the filters, however far apart it lies. */
  const fitShown = () => {
    const spots = M.shown.filter((incident) => incident.at && !incident.margin).map((incident) => [incident.at[1], incident.at[0]]);
    if (spots.length) M.fit(L.latLngBounds(spots).pad(0.08));
  };

  const Fit = L.Control.extend({
    onAdd: () => {
      const button = M.el("button", { type: "button", class: "fit", "aria-label": M.t("fit"), title: M.t("fit"), click: fitShown }, M.svg("svg", { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" }));
      button.firstChild.append(M.svg("path", { d: "M2 6 V2 H6 M10 2 H14 V6 M14 10 V14 H10 M6 14 H2 V10", fill: "none", stroke: "currentColor", "stroke-width": 2 }));
      L.DomEvent.disableClickPropagation(button);
      return button;
    },
  });

  const controls = (map) => {
    L.control.zoom({ position: "topleft", zoomInTitle: M.t("zoom.in"), zoomOutTitle: M.t("zoom.out") }).addTo(map);
    new Fit({ position: "topleft" }).addTo(map);
    L.control.scale({ position: "bottomleft", imperial: true, maxWidth: 110 }).addTo(map);
    new North({ position: "topleft" }).addTo(map);
    map.attributionControl.setPrefix(false);
    for (const words of M.base.attribution ?? [M.t("attribution.base")]) map.attributionControl.addAttribution(String(words).replace(/[<>&]/g, ""));
  };

  const print = (map) => {
    const fit = () => {
      M.printing = true;
      M.kept = { center: map.getCenter(), zoom: map.getZoom() };
      document.documentElement.dataset.theme = "light";
      map.invalidateSize({ animate: false, pan: false });
      M.restyle?.();
      M.redraw();
    };
    const back = () => {
      M.printing = false;
      document.documentElement.dataset.theme = M.dark() ? "dark" : "light";
      map.invalidateSize({ animate: false, pan: false });
      if (M.kept) map.setView(M.kept.center, M.kept.zoom, { animate: false });
      M.restyle?.();
      M.redraw();
    };
    window.addEventListener("beforeprint", fit);
    window.addEventListener("afterprint", back);
    window.matchMedia("print").addEventListener("change", (event) => (event.matches ? fit() : back()));
    get("print").addEventListener("click", () => window.print());
  };

  const share = async () => {
    M.writeFragment();
    const address = window.location.href;
    try {
      await navigator.clipboard.writeText(address);
      M.announce(M.t("linked"));
      get("share").classList.add("done");
      setTimeout(() => get("share").classList.remove("done"), 1500);
    } catch {
      window.prompt(M.t("link.copy"), address);
    }
  };

  /** Show these bounds beside the cards. */
  M.fit = (bounds) => {
    const beside = M.map.getSize().x > 700 ? 246 : 16;
    M.map.fitBounds(bounds, { animate: false, maxZoom: 11, paddingTopLeft: [44, 16], paddingBottomRight: [beside, 28] });
  };

  /** The first view: the linked one, else where most of it happened; measured when the page around the map has its size. */
  M.firstView = () => {
    M.map.invalidateSize({ animate: false, pan: false });
    if (M.view) {
      M.map.setView(M.view.at, M.view.zoom, { animate: false });
      M.moved = true;
      return;
    }
    M.fit(M.page.bounds);
  };

  M.part({
    start: (map) => {
      const element = map.getContainer();
      element.setAttribute("role", "application");
      element.setAttribute("aria-label", M.t("map.label"));
      controls(map);
      map.on("dragend zoomend moveend", () => {
        if (!M.ready) return;
        M.moved = true;
        M.writeFragment();
      });
      print(map);
      get("share").addEventListener("click", share);
      window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => M.state.theme === "auto" && M.follow(new Set(["theme"])));
      new ResizeObserver(() => map.invalidateSize({ animate: false, pan: false })).observe(element);
    },
    update: () => M.redraw(),
  });
})(Marchland);
