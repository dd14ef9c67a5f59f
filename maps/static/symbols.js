"use strict";
/* Badges: a disc with the kind's symbol, the stance as its outline, a tip only where the text names an exact place. */
((M) => {
  const sprites = new Map();

  const glyph = (context, style, size) => {
    const symbol = M.page.styles.symbol[style.symbol] ?? M.page.styles.symbol.dot;
    context.save();
    context.scale(size / 24, size / 24);
    context.translate(-12, -12);
    const path = new Path2D(symbol.path);
    context.fillStyle = context.strokeStyle = style.ink;
    context.lineWidth = 2.4;
    context.lineCap = context.lineJoin = "round";
    if (symbol.mode === "fill") context.fill(path);
    else context.stroke(path);
    context.restore();
  };

  const outline = (context, stance, radius) => {
    context.strokeStyle = stance.color;
    context.lineWidth = stance.width;
    context.setLineDash(stance.dash);
    context.beginPath();
    context.arc(0, 0, radius + 1.6, 0, 2 * Math.PI);
    context.stroke();
    context.setLineDash([]);
    if (stance.symbol === "double") {
      context.beginPath();
      context.arc(0, 0, radius + 4.2, 0, 2 * Math.PI);
      context.stroke();
    }
    if (stance.symbol === "strike") {
      context.lineWidth = 2;
      context.beginPath();
      context.moveTo(-radius - 3, radius + 3);
      context.lineTo(radius + 3, -radius - 3);
      context.stroke();
    }
  };

  /** Paint a badge around (0, 0); `tip` puts a pin's point under it and lifts the badge onto the point. */
  M.paintBadge = (context, kind, stance, { radius = 10, tip = false } = {}) => {
    const style = M.style("kind", kind);
    context.save();
    if (tip) {
      context.translate(0, -radius - 8);
      context.fillStyle = style.color;
      context.beginPath();
      context.moveTo(-radius * 0.62, radius * 0.7);
      context.lineTo(0, radius + 8);
      context.lineTo(radius * 0.62, radius * 0.7);
      context.fill();
    }
    context.fillStyle = M.dark() ? "#14181c" : "#ffffff";
    context.beginPath();
    context.arc(0, 0, radius + (tip ? 1 : 2.2), 0, 2 * Math.PI);
    context.fill();
    context.fillStyle = style.color;
    context.beginPath();
    context.arc(0, 0, radius, 0, 2 * Math.PI);
    context.fill();
    glyph(context, style, radius * 1.5);
    outline(context, M.style("stance", stance), radius);
    context.restore();
  };

  /** A badge as a small canvas that is painted once. */
  M.badge = (kind, stance, tip, ratio) => {
    const key = [kind, stance, tip, ratio, M.dark()].join();
    if (!sprites.has(key)) {
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = 64 * ratio;
      const context = canvas.getContext("2d");
      context.scale(ratio, ratio);
      context.translate(32, tip ? 44 : 32);
      M.paintBadge(context, kind, stance, { radius: tip ? 10 : 9, tip });
      sprites.set(key, canvas);
    }
    return sprites.get(key);
  };

  const svgStyle = (shape, attributes) => {
    for (const [name, value] of Object.entries(attributes)) shape.setAttribute(name, value);
    return shape;
  };

  /** The same badge for list, legend and popup. */
  M.icon = (kind, stance = "reported", size = 22) => {
    const style = M.style("kind", kind);
    const line = M.style("stance", stance);
    const icon = M.svg("svg", { viewBox: "0 0 32 32", width: size, height: size, "aria-hidden": "true", class: "icon" });
    icon.append(M.svg("circle", { cx: 16, cy: 16, r: 10.5, fill: style.color }));
    const symbol = M.page.styles.symbol[style.symbol] ?? M.page.styles.symbol.dot;
    const path = M.svg("path", { d: symbol.path, transform: "translate(8.5 8.5) scale(0.625)" });
    icon.append(svgStyle(path, symbol.mode === "fill" ? { fill: style.ink } : { fill: "none", stroke: style.ink, "stroke-width": 2.6, "stroke-linecap": "round" }));
    const ring = { cx: 16, cy: 16, fill: "none", stroke: line.color, "stroke-width": line.width, "stroke-dasharray": line.dash.join(" ") };
    icon.append(M.svg("circle", { ...ring, r: 12.2 }));
    if (line.symbol === "double") icon.append(M.svg("circle", { ...ring, r: 14.6 }));
    if (line.symbol === "strike") icon.append(M.svg("path", { d: "M4 28 L28 4", stroke: line.color, "stroke-width": 2 }));
    return icon;
  };

  /** A short line in a road's or a border's style, for the legend. */
  M.lineIcon = (style, width = 34) => {
    const icon = M.svg("svg", { viewBox: `0 0 ${width} 14`, width, height: 14, "aria-hidden": "true", class: "icon" });
    icon.append(M.svg("line", { x1: 2, x2: width - 2, y1: 7, y2: 7, stroke: style.color, "stroke-width": style.width || 2, "stroke-dasharray": style.dash.join(" "), opacity: style.opacity }));
    if (style.symbol === "bars") for (const x of [10, 17, 24]) icon.append(M.svg("line", { x1: x, x2: x, y1: 2, y2: 12, stroke: style.color, "stroke-width": 2 }));
    return icon;
  };
})(Marchland);
