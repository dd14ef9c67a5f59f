"use strict";
/* The panel: search, filters with their counts, the legend (which is a filter too), names, theme, layers. */
((M) => {
  const { el } = M;
  const get = (id) => document.getElementById(id);
  const boxes = [];

  /** A check box in a list of what is switched off (or, with `on`, of what is switched on). */
  const check = (key, value, content, { on = false, count = null } = {}) => {
    const input = el("input", { type: "checkbox", change: (event) => M.set({ [key]: M.toggled(M.state[key], value, event.target.checked === on) }) });
    const number = count ? el("span", { class: "n" }) : "";
    boxes.push({ input, key, value, on, number, count });
    return el("li", {}, el("label", {}, input, ...content, number));
  };

  const present = (key) => new Set(M.incidents.map((incident) => incident[key]));

  const legend = () => {
    const kinds = present("k");
    const stances = present("st");
    get("legend-kinds").replaceChildren(...Object.keys(M.page.styles.kind).filter((kind) => kinds.has(kind)).map((kind) => check("kinds", kind, [M.icon(kind), el("span", {}, M.t(`kind.${kind}`))], { count: () => M.counts.kinds.get(kind) ?? 0 })));
    get("legend-stances").replaceChildren(...Object.keys(M.page.styles.stance).filter((stance) => stances.has(stance)).map((stance) => check("stances", stance, [M.icon("other", stance), el("span", {}, M.t(`stance.${stance}`))], { count: () => M.counts.stances.get(stance) ?? 0 })));
    const statuses = new Set(M.roadRows.map((row) => row.properties.status));
    get("legend-roads").replaceChildren(...Object.keys(M.page.styles.road).filter((status) => statuses.has(status)).map((status) => el("li", { class: "key" }, M.lineIcon(M.style("road", status)), el("span", {}, M.t(`road.${status}`)))));
    get("legend-roads-box").hidden = statuses.size === 0;
    const realities = [...new Set(M.setAside.map((row) => row.re))];
    get("realities").replaceChildren(...Object.keys(M.page.styles.reality).filter((name) => realities.includes(name)).map((name) => check("realities", name, [el("span", {}, M.t(`reality.${name}`)), el("span", { class: "n" }, String(M.setAside.filter((row) => row.re === name).length))], { on: true })));
    get("realities-box").hidden = realities.length === 0;
    const precisions = [...present("g")].filter((value) => value !== undefined).sort((a, b) => a - b);
    get("precisions").replaceChildren(...precisions.map((value) => check("precisions", value, [el("span", {}, M.t(`precision.${value}`))], { count: () => M.counts.precisions.get(value) ?? 0 })));
  };

  const layers = () => {
    const named = ["incidents", "shapes", "roads", "labels", "disputed", "lines", "provinces", "rivers", "lakes"].filter((name) => ["incidents", "shapes", "roads", "labels"].includes(name) || M.base[name]?.features?.length);
    if (M.page.tiles) named.push("tiles");
    get("layers").replaceChildren(...named.map((name) => check("hidden", name, [el("span", {}, M.t(`layer.${name}`))])));
  };

  const options = (select, groups) => {
    for (const [label, values] of groups) {
      if (!values.length) continue;
      const made = values.map(([value, words]) => el("option", { value }, words));
      select.append(...(label ? [el("optgroup", { label }, ...made)] : made));
    }
  };

  const selects = () => {
    const sources = [...new Set(M.says.flat().map((statement) => statement.source).filter(Boolean))].sort();
    const publishers = [...new Set(M.articles.map((article) => article.publisher).filter(Boolean))].sort();
    options(get("source"), [
      ["", [["", M.t("source.all")]]],
      [M.t("source.article"), M.articles.map((article) => [`article:${article.id}`, article.title || article.id])],
      [M.t("source.publisher"), publishers.map((name) => [`publisher:${name}`, name])],
      [M.t("source.says"), sources.map((name) => [`says:${name}`, name])],
    ]);
    options(get("actor"), [["", [["", M.t("actor.all")], ...[...new Set(M.actors.flat().map((actor) => actor.name).filter(Boolean))].sort().map((name) => [name, name])]]]);
    const both = M.page.parties.length === 2 ? [["both", M.t("names.both")]] : [];
    const sides = M.page.sides.length ? M.page.sides.map(({ side, short }) => [side, short]) : [["intl", M.t("names.english")]];
    options(get("names"), [["", [...sides, ...both]]]);
    const only = [["", M.t("only.all")]];
    if (M.incidents.some((incident) => incident.n)) only.push(["new", M.t("only.new")]);
    if (M.page.latest) only.push(["latest", M.t("only.latest")]);
    options(get("only"), [["", only]]);
    get("only-box").hidden = only.length < 2;
  };

  const wire = () => {
    let wait = 0;
    get("search").addEventListener("input", (event) => {
      const search = () => M.set({ q: event.target.value.trim() });
      clearTimeout(wait);
      if (M.incidents.length > 5000) wait = setTimeout(search, 180);
      else search();
    });
    for (const key of ["source", "actor", "names", "theme", "only"]) get(key).addEventListener("change", (event) => M.set({ [key]: event.target.value }));
    for (const key of ["own", "inView"]) get(key).addEventListener("change", (event) => M.set({ [key]: event.target.checked }));
    get("confidence").addEventListener("input", (event) => M.set({ confidence: Number(event.target.value) / 100 }));
    get("order").addEventListener("click", () => M.set({ oldestFirst: !M.state.oldestFirst }));
    get("reset").addEventListener("click", () => {
      const { names, own, theme, tab, selected, ...rest } = M.defaults;
      M.set(rest);
    });
  };

  const tabs = () => {
    const all = [...document.querySelectorAll('[role="tab"]')];
    const open = (tab, focus) => {
      M.set({ tab: tab.dataset.tab });
      if (focus) tab.focus();
    };
    all.forEach((tab, n) => {
      tab.addEventListener("click", () => open(tab, false));
      tab.addEventListener("keydown", (event) => {
        const to = { ArrowRight: n + 1, ArrowLeft: n - 1, Home: 0, End: all.length - 1 }[event.key];
        if (to === undefined) return;
        event.preventDefault();
        open(all[(to + all.length) % all.length], true);
      });
    });
  };

  const about = () => {
    const article = ({ title, id, url, publisher, published }) => {
      const address = M.webAddress(url);
      const name = address ? el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, title || id) : el("span", {}, title || id);
      return el("li", {}, name, el("div", { class: "small" }, [publisher, published ? M.longDay(published) : M.t("article.undated")].filter(Boolean).join(", ")));
    };
    get("about-articles").replaceChildren(...M.articles.map(article));
    get("about-sources").replaceChildren(...(M.base.attribution ?? []).map((words) => el("li", {}, String(words))));
    for (const button of document.querySelectorAll("#tabs-phone button")) button.addEventListener("click", () => M.set({ tab: button.dataset.go }));
  };

  const showTab = () => {
    const known = ["list", "filters", "about", "map"].includes(M.state.tab) ? M.state.tab : "list";
    document.body.dataset.tab = known;
    for (const tab of document.querySelectorAll('[role="tab"]')) {
      const chosen = tab.dataset.tab === known || (known === "map" && tab.dataset.tab === "list");
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
    }
    for (const button of document.querySelectorAll("#tabs-phone button")) {
      if (button.dataset.go === known) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
    for (const pane of document.querySelectorAll(".pane")) pane.hidden = pane.id !== `pane-${known === "map" ? "list" : known}`;
  };

  const sync = () => {
    for (const { input, key, value, on, number, count } of boxes) {
      input.checked = M.state[key].includes(value) === on;
      if (count) number.textContent = String(count());
    }
    for (const key of ["source", "actor", "names", "theme", "only"]) get(key).value = M.state[key];
    for (const key of ["own", "inView"]) get(key).checked = M.state[key];
    if (document.activeElement !== get("search")) get("search").value = M.state.q;
    get("confidence").value = String(Math.round(M.state.confidence * 100));
    get("confidence-value").textContent = M.state.confidence ? M.t("confidence.least", { n: Math.round(M.state.confidence * 100) }) : M.t("confidence.any");
    get("order").textContent = M.t(M.state.oldestFirst ? "order.oldest" : "order.newest");
  };

  /** The sentences of the pale layer, those without a place too. */
  const listAside = () => {
    const item = (row) => {
      const place = M.label(M.places.get(row.p)) || M.t("place.unknown");
      const mark = el("i", { class: "pale", "aria-hidden": "true" });
      mark.style.borderColor = M.style("reality", row.re).color;
      return el("li", {}, el("button", { type: "button", class: "pick", click: () => M.openAside(row, true) }, mark, el("span", {}, `${M.t(`reality.${row.re}`)} · ${place}`, el("small", {}, row.e ?? ""))));
    };
    get("aside-list").replaceChildren(...M.aside.slice(0, 200).map(item));
  };

  const say = () => {
    const words = M.shown.length === M.incidents.length ? M.count("incidents", M.shown.length) : M.t("shown", { n: M.shown.length.toLocaleString("en"), all: M.incidents.length.toLocaleString("en") });
    get("count").textContent = words;
    if (M.ready) M.announce(words);
  };

  M.part({
    start: () => {
      legend();
      layers();
      selects();
      wire();
      tabs();
      about();
      if (window.matchMedia("(max-width: 720px)").matches && M.state.tab === "list") M.state.tab = "map";
      if (window.matchMedia("(max-width: 720px)").matches) get("legend").open = get("margin").open = false;
    },
    update: (changed) => {
      if (changed.has("theme")) {
        document.documentElement.dataset.theme = M.dark() ? "dark" : "light";
        if (M.ready) {
          boxes.length = 0;
          legend();
          layers();
        }
      }
      if (changed.has("tab")) showTab();
      sync();
      if (M.filtered || changed.has("names") || changed.has("own")) listAside();
      if (M.filtered) say();
    },
  });
})(Marchland);
