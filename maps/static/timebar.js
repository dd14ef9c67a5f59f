"use strict";
/* Time: a histogram with a window that can be dragged, stepped, played and moved by keys; its end is the day at which roads are drawn. */
((M) => {
  const { el } = M;
  const UNITS = ["day", "week", "month", "year"];
  const MOST_BINS = 420;
  let track = null;
  let unit = "week";
  let bins = [];
  let timer = 0;

  const startOf = (day, size) => {
    const date = new Date(day * 86400000);
    if (size === "week") return day - ((date.getUTCDay() + 6) % 7);
    if (size === "month") return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / 86400000;
    if (size === "year") return Date.UTC(date.getUTCFullYear(), 0, 1) / 86400000;
    return day;
  };
  const nextOf = (day, size, n = 1) => {
    const date = new Date(day * 86400000);
    if (size === "week") return day + 7 * n;
    if (size === "month") return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + n, 1) / 86400000;
    if (size === "year") return Date.UTC(date.getUTCFullYear() + n, 0, 1) / 86400000;
    return day + n;
  };

  const countBins = (first, last, size) => Math.ceil((last - first + 1) / { day: 1, week: 7, month: 30.4, year: 365.2 }[size]);

  const makeAxis = () => {
    const days = M.incidents.filter((incident) => incident.start !== null).flatMap((incident) => [incident.start, incident.end]);
    if (M.lastPublished !== null) days.push(M.lastPublished);
    if (!days.length) return null;
    let [first, last] = [Infinity, -Infinity];
    for (const day of days) {
      first = Math.min(first, day);
      last = Math.max(last, day);
    }
    return { first, last };
  };

  const makeBins = () => {
    bins = [];
    const { first, last } = M.axis;
    for (let day = startOf(first, unit); day <= last; day = nextOf(day, unit)) bins.push({ from: day, to: nextOf(day, unit) - 1, exact: 0, vague: 0 });
  };

  const binAt = (day) => {
    let [low, high] = [0, bins.length - 1];
    while (low < high) {
      const half = (low + high + 1) >> 1;
      if (bins[half].from <= day) low = half;
      else high = half - 1;
    }
    return low;
  };

  const fill = () => {
    for (const bin of bins) bin.exact = bin.vague = 0;
    for (const incident of M.timeless) {
      if (incident.start === null) continue;
      if (incident.exactDay) bins[binAt(incident.start)].exact += 1;
      else {
        const [a, b] = [binAt(incident.start), binAt(incident.end)];
        for (let n = a; n <= b; n += 1) bins[n].vague += 1 / (b - a + 1);
      }
    }
  };

  const origin = () => bins[0].from;
  const width = () => bins.at(-1).to + 1 - origin();
  const share = (day) => ((day - origin()) / width()) * 100;
  const windowOf = () => [M.state.from ?? origin(), M.state.to ?? bins.at(-1).to];

  const draw = () => {
    const chart = document.getElementById("histogram");
    const most = Math.max(1, ...bins.map((bin) => bin.exact + bin.vague));
    const rects = [];
    const [from, to] = windowOf();
    for (const bin of bins) {
      const left = share(bin.from);
      const wide = Math.max(0.12, share(bin.to + 1) - left - Math.min(0.12, 12 / bins.length));
      const inside = bin.to >= from && bin.from <= to;
      const bar = (n, below, name) => {
        if (!n) return;
        const high = (n / most) * 92;
        rects.push(M.svg("rect", { x: left, width: wide, y: 100 - high - (below / most) * 92, height: high, class: `${name}${inside ? "" : " out"}` }));
      };
      bar(bin.exact, 0, "exact");
      bar(bin.vague, bin.exact, "vague");
    }
    chart.replaceChildren(...rects);
    document.getElementById("histogram-most").textContent = String(Math.ceil(most));
  };

  const ticks = () => {
    const box = document.getElementById("time-ticks");
    const span = width();
    const size = span > 365 * 6 ? "year" : span > 120 ? "month" : span > 21 ? "week" : "day";
    const room = Math.max(2, Math.floor(track.clientWidth / 92));
    const every = Math.max(1, Math.ceil(countBins(origin(), bins.at(-1).to, size) / room));
    const marks = [];
    let day = startOf(origin(), size);
    if (day < origin()) day = nextOf(day, size);
    for (; day <= bins.at(-1).to; day = nextOf(day, size, every)) {
      const [year, month] = M.isoDay(day).split("-");
      const words = size === "year" ? year : size === "month" ? `${M.t(`month.${Number(month)}`).slice(0, 3)} ${year}` : M.shortDay(M.isoDay(day));
      if (share(day) > 96) break;
      const tick = el("span", {}, words);
      tick.style.left = `${share(day)}%`;
      marks.push(tick);
    }
    box.replaceChildren(...marks);
  };

  const say = () => {
    const [from, to] = windowOf();
    const whole = M.state.from === null && M.state.to === null;
    const words = M.span(M.isoDay(Math.max(from, M.axis.first)), M.isoDay(Math.min(to, M.axis.last)), true);
    document.getElementById("time-words").textContent = whole ? M.t("time.all", { span: words }) : words;
    document.getElementById("road-date").textContent = M.t("roads.on", { day: M.shortDay(M.isoDay(M.roadDay())) });
    for (const [id, value, edge] of [["time-from", from, from], ["time-to", to, to + 1]]) {
      const handle = document.getElementById(id);
      handle.style.left = `${share(edge)}%`;
      handle.setAttribute("aria-valuenow", String(value));
      handle.setAttribute("aria-valuetext", M.longDay(M.isoDay(value)));
      handle.setAttribute("aria-valuemin", String(origin()));
      handle.setAttribute("aria-valuemax", String(bins.at(-1).to));
    }
    const pane = document.getElementById("time-window");
    pane.style.left = `${share(from)}%`;
    pane.style.width = `${share(to + 1) - share(from)}%`;
    document.getElementById("time-reset").disabled = whole;
  };

  const setWindow = (from, to) => {
    const [low, high] = [origin(), bins.at(-1).to];
    const a = Math.max(low, Math.min(from, high));
    const b = Math.max(a, Math.min(to, high));
    M.set(a <= low && b >= high ? { from: null, to: null } : { from: a, to: b });
  };

  const moveEdge = (id, steps) => {
    const [from, to] = windowOf();
    if (id === "time-from") setWindow(Math.min(to, nextOf(startOf(from, unit), unit, steps)), to);
    else setWindow(from, Math.max(from, nextOf(startOf(to, unit), unit, steps + 1) - 1));
  };

  const length = () => {
    const [from, to] = windowOf();
    return Math.max(1, binAt(to) - binAt(from) + 1);
  };

  /** Move the window by whole bins; from the whole range it first becomes an eighth of it. */
  const step = (direction) => {
    let [from] = windowOf();
    let n = length();
    if (M.state.from === null && M.state.to === null) {
      n = Math.max(1, Math.round(bins.length / 8));
      const first = direction > 0 ? 0 : bins.length - n;
      setWindow(bins[first].from, bins[first + n - 1].to);
      return true;
    }
    const first = binAt(from) + direction;
    if (first < 0 || first + n > bins.length) return false;
    setWindow(bins[first].from, bins[first + n - 1].to);
    return true;
  };

  const stop = () => {
    clearInterval(timer);
    timer = 0;
    const button = document.getElementById("time-play");
    button.setAttribute("aria-pressed", "false");
    button.setAttribute("aria-label", M.t("time.play"));
    button.classList.remove("playing");
  };

  const play = () => {
    if (timer) return stop();
    const button = document.getElementById("time-play");
    button.setAttribute("aria-pressed", "true");
    button.setAttribute("aria-label", M.t("time.pause"));
    button.classList.add("playing");
    const [from] = windowOf();
    if (M.state.from !== null && binAt(from) + length() >= bins.length) setWindow(bins[0].from, bins[length() - 1].to);
    else step(1);
    timer = setInterval(() => step(1) || stop(), 700);
    return undefined;
  };

  const dayAt = (clientX) => {
    const box = track.getBoundingClientRect();
    return Math.round(origin() + (Math.max(0, Math.min(1, (clientX - box.left) / box.width)) * width()));
  };

  const dragging = (event) => {
    const id = event.target.id;
    const [from, to] = windowOf();
    const grabbed = dayAt(event.clientX);
    const whole = M.state.from === null && M.state.to === null;
    const fresh = id !== "time-from" && id !== "time-to" && (id !== "time-window" || whole);
    let frame = 0;
    const follow = (moved) => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        const day = dayAt(moved.clientX);
        if (id === "time-from") setWindow(Math.min(day, to), to);
        else if (id === "time-to") setWindow(from, Math.max(from, day - 1));
        else if (fresh) setWindow(Math.min(grabbed, day), Math.max(grabbed, day) - 1);
        else {
          const shift = Math.max(origin() - from, Math.min(bins.at(-1).to - to, day - grabbed));
          setWindow(from + shift, to + shift);
        }
      });
    };
    const done = () => {
      window.removeEventListener("pointermove", follow);
      window.removeEventListener("pointerup", done);
      window.removeEventListener("pointercancel", done);
    };
    stop();
    window.addEventListener("pointermove", follow);
    window.addEventListener("pointerup", done);
    window.addEventListener("pointercancel", done);
  };

  const keys = (event) => {
    const back = ["ArrowLeft", "ArrowDown"].includes(event.key);
    const on = ["ArrowRight", "ArrowUp"].includes(event.key);
    const far = { PageDown: -4, PageUp: 4 }[event.key];
    const { id } = event.target;
    if (event.shiftKey && (back || on)) step(on ? 1 : -1);
    else if (back || on) moveEdge(id, on ? 1 : -1);
    else if (far) moveEdge(id, far);
    else if (event.key === "Home") id === "time-from" ? setWindow(origin(), windowOf()[1]) : setWindow(windowOf()[0], windowOf()[0]);
    else if (event.key === "End") id === "time-to" ? setWindow(windowOf()[0], bins.at(-1).to) : setWindow(windowOf()[1], windowOf()[1]);
    else return;
    event.preventDefault();
  };

  const choose = (size) => {
    unit = size;
    makeBins();
    fill();
    draw();
    ticks();
    say();
  };

  const start = () => {
    track = document.getElementById("time-track");
    M.axis = makeAxis();
    const undated = M.incidents.filter((incident) => incident.start === null).length;
    document.getElementById("undated-box").hidden = undated === 0;
    document.getElementById("undated-count").textContent = M.t("undated", { n: undated });
    document.getElementById("undated").addEventListener("change", (event) => M.set({ undated: event.target.checked }));
    if (!M.axis) {
      document.getElementById("time").classList.add("empty");
      return;
    }
    const { first, last } = M.axis;
    unit = last - first <= 100 ? "day" : last - first <= 365 * 4 ? "week" : last - first <= 365 * 30 ? "month" : "year";
    makeBins();
    const select = document.getElementById("time-unit");
    for (const option of select.options) option.disabled = countBins(first, last, option.value) > MOST_BINS;
    select.value = UNITS.includes(unit) ? unit : "month";
    select.addEventListener("change", () => choose(select.value));
    track.addEventListener("pointerdown", dragging);
    for (const id of ["time-from", "time-to"]) document.getElementById(id).addEventListener("keydown", keys);
    document.getElementById("time-play").addEventListener("click", play);
    document.getElementById("time-back").addEventListener("click", () => (stop(), step(-1)));
    document.getElementById("time-on").addEventListener("click", () => (stop(), step(1)));
    document.getElementById("time-reset").addEventListener("click", () => (stop(), M.set({ from: null, to: null })));
    new ResizeObserver(ticks).observe(track);
  };

  M.part({
    start,
    update: (changed) => {
      document.getElementById("undated").checked = M.state.undated;
      if (!M.axis || !M.filtered) return;
      const onlyTime = [...changed].every((key) => key === "from" || key === "to");
      if (!onlyTime) fill();
      draw();
      say();
    },
  });
})(Marchland);
