"use strict";
/* What belongs to the page as a whole: controls on the map, theme, printing, linking, and the last word: paint. */
((M) => {
  const get = (id) => document.getElementById(id);

  const North = L.Control.extend({
    onAdd: () => M.el("div", { class: "north", role: "img", "aria-label": M.t("north"), title: M.t("north") }, "N"),
  });

  const controls = (map) => {
    L.control.zoom({ position: "bottomright", zoomInTitle: M.t("zoom.in"), zoomOutTitle: M.t("zoom.out") }).addTo(map);
    L.control.scale({ position: "bottomleft", imperial: true, maxWidth: 140 }).addTo(map);
    new North({ position: "bottomright" }).addTo(map);
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

  /** The first view: the linked one, else all there is; measured when the page around the map has its size. */
  M.firstView = () => {
    M.map.invalidateSize({ animate: false, pan: false });
    if (M.view) {
      M.map.setView(M.view.at, M.view.zoom, { animate: false });
      M.moved = true;
      return;
    }
    const beside = M.map.getSize().x > 700 ? 246 : 16;
    M.map.fitBounds(M.page.bounds, { animate: false, paddingTopLeft: [16, 16], paddingBottomRight: [beside, 28] });
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
