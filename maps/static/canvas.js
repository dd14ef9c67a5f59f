"use strict";
/* One canvas over the map on which shapes, roads, labels and points are painted in turn; it moves and zooms with Leaflet's panes. */
((M) => {
  M.painters = [];

  const Canvas = L.Renderer.extend({
    _initContainer() {
      this._container = document.createElement("canvas");
      this._container.setAttribute("aria-hidden", "true");
      this._container.classList.add("leaflet-zoom-animated", "data-canvas");
    },
    /** A fresh view is painted where it belongs: Leaflet's own transform would put it between two pixels. */
    _reset() {
      this._update();
    },
    _destroyContainer() {
      this._container.remove();
    },
    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const { min } = this._bounds;
      const size = this._bounds.getSize();
      const ratio = Math.min(3, window.devicePixelRatio || 1);
      L.DomUtil.setPosition(this._container, min);
      Object.assign(this._container, { width: size.x * ratio, height: size.y * ratio });
      this._container.style.width = `${size.x}px`;
      this._container.style.height = `${size.y}px`;
      const context = this._container.getContext("2d");
      context.setTransform(ratio, 0, 0, ratio, -min.x * ratio, -min.y * ratio);
      this.paint(context, ratio);
    },
    paint(context, ratio) {
      const zoom = this._map.getZoom();
      const origin = this._map.getPixelOrigin();
      const scale = 256 * 2 ** zoom;
      const { min, max } = this._bounds;
      const view = {
        context,
        ratio,
        zoom,
        min,
        max,
        px: (x) => x * scale - origin.x,
        py: (y) => y * scale - origin.y,
        /** How many pixels a kilometre is at this world y. */
        perKm: (y) => scale / (40075.017 / Math.cosh(Math.PI * (1 - 2 * y))),
      };
      for (const painter of M.painters) painter(view);
    },
  });

  M.redraw = () => M.canvas?._map && M.canvas._update();

  /** Things under the pointer: each test takes a layer point and gives {title, open} or null; the first answer counts. */
  M.hits = [];
  const hit = (event) => {
    for (const test of M.hits) {
      const found = test(event.layerPoint);
      if (found) return found;
    }
    return null;
  };

  M.part({
    start: (map) => {
      map.createPane("data").style.zIndex = 450;
      M.canvas = new Canvas({ pane: "data", padding: 0.15 });
      map.on("click", (event) => hit(event)?.open(event));
      map.on("mousemove", (event) => {
        const found = hit(event);
        map.getContainer().classList.toggle("over", Boolean(found));
        map.getContainer().title = found?.title ?? "";
      });
    },
    update: () => {
      if (!M.canvas._map) M.canvas.addTo(M.map);
    },
  });
})(Marchland);
