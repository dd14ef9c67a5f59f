"use strict";
/* The namespace, the state that every part listens to, and small helpers. Nothing here writes markup: text is set as text. */
const Marchland = (() => {
  const M = { parts: [], listeners: [] };

  M.defaults = Object.freeze({
    q: "",
    kinds: [],
    stances: [],
    precisions: [],
    realities: [],
    confidence: 0,
    source: "",
    actor: "",
    from: null,
    to: null,
    undated: true,
    only: "",
    inView: false,
    oldestFirst: false,
    names: "intl",
    own: false,
    theme: "auto",
    hidden: [],
    selected: "",
    tab: "list",
  });

  /** Register a part of the page: `start(map)` runs once, `update(changed)` after every change of the state. */
  M.part = (part) => M.parts.push(part);

  /** Read one of the page's JSON elements. */
  M.read = (id) => JSON.parse(document.getElementById(id).textContent);

  /** A visible string with its values: `{name}` is replaced. */
  M.t = (key, values = {}) =>
    (M.page.strings[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));

  /** The string of a number of things: `key.one` or `key.many`. */
  M.count = (key, n) => M.t(`${key}.${n === 1 ? "one" : "many"}`, { n: n.toLocaleString("en") });

  /** Make an element. Attributes are set as attributes, children that are strings become text. */
  M.el = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null || value === undefined || value === false) continue;
      if (typeof value === "function") made.addEventListener(name, value);
      else made.setAttribute(name, value === true ? "" : value);
    }
    made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
    return made;
  };

  M.svg = (tag, attributes = {}) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  };

  /** Whether a browser may follow this address. */
  M.webAddress = (url) => {
    try {
      const parsed = new URL(url);
      return ["http:", "https:"].includes(parsed.protocol) ? parsed.href : "";
    } catch {
      return "";
    }
  };

  M.dark = () =>
    M.state.theme === "dark" || (M.state.theme === "auto" && window.matchMedia("(prefers-color-scheme: dark)").matches && !M.printing);

  /** A style of the one style table, in the colours of the theme. */
  M.style = (group, key) => {
    const style = M.page.styles[group]?.[key] ?? M.page.styles.kind.other;
    const side = M.dark() ? 1 : 0;
    return { ...style, color: style.color[side], ink: style.ink[side] };
  };

  M.toggled = (list, value, on) => (on ? [...new Set([...list, value])] : list.filter((item) => item !== value));

  /** Change the state and let every part follow. */
  M.set = (patch) => {
    const changed = new Set(Object.keys(patch).filter((key) => !Object.is(patch[key], M.state[key])));
    if (!changed.size) return;
    Object.assign(M.state, patch);
    M.follow(changed);
  };

  M.follow = (changed) => {
    for (const part of M.parts) part.update?.(changed);
    const drawn = M.parts.reduce((sum, part) => sum + (part.drawn?.() ?? 0), 0);
    document.documentElement.dataset.drawn = String(drawn);
    document.documentElement.dataset.incidents = String(M.shown.length);
  };

  M.announce = (text) => {
    document.getElementById("announcer").textContent = text;
  };

  M.start = (map) => {
    M.page = M.read("marchland-page");
    M.base = M.read("marchland-base");
    M.map = map;
    M.state = { ...M.defaults };
    M.load(M.read("marchland-data"));
    M.readFragment();
    for (const part of M.parts) part.start?.(map);
    M.follow(new Set(Object.keys(M.state)));
    M.firstView();
    M.ready = true;
    document.documentElement.dataset.ready = "yes";
  };

  return M;
})();
