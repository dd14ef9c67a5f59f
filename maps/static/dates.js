"use strict";
/* Days as whole numbers since 1970, and dates in words that say how precise they are. */
((M) => {
  M.dayNumber = (iso) => (iso ? Math.round(Date.parse(`${iso}T00:00:00Z`) / 86400000) : null);
  M.isoDay = (number) => new Date(number * 86400000).toISOString().slice(0, 10);

  const parts = (iso) => {
    const [year, month, day] = iso.split("-").map(Number);
    return { year, month: M.t(`month.${month}`), short: M.t(`month.${month}`).slice(0, 3), day };
  };

  M.longDay = (iso) => {
    const { year, month, day } = parts(iso);
    return `${day} ${month} ${year}`;
  };
  M.shortDay = (iso) => {
    const { year, short, day } = parts(iso);
    return `${day} ${short} ${year}`;
  };

  /** First and last day, the shared parts said once. */
  M.span = (first, last, short = false) => {
    if (!last || first === last) return short ? M.shortDay(first) : M.longDay(first);
    const [a, b] = [parts(first), parts(last)];
    const month = short ? "short" : "month";
    const end = `${b.day} ${b[month]} ${b.year}`;
    if (a.year !== b.year) return `${a.day} ${a[month]} ${a.year} – ${end}`;
    if (a.month !== b.month) return `${a.day} ${a[month]} – ${end}`;
    return `${a.day}–${end}`;
  };

  /** The date of an incident in words: what the text says and no more. */
  M.dateWords = (days, precision, short = false) => {
    if (!days) return M.t("date.unknown");
    const [first, last] = days;
    const { year, month, short: brief } = parts(first);
    if (precision === "month") return M.t(short ? "date.month.short" : "date.month", { month: short ? brief : month, year });
    if (precision === "year") return M.t(short ? "date.year.short" : "date.year", { year });
    if (precision === "week") return M.t(short ? "date.week.short" : "date.week", { span: M.span(first, last, short) });
    if (precision === "unknown") return M.t("date.about", { span: M.span(first, last, short) });
    return M.span(first, last, short);
  };
})(Marchland);
