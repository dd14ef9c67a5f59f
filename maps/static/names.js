"use strict";
/* Which name of a place is shown, and how a name is found whatever letters it is typed in. */
((M) => {
  const RANK = { official: 0, endonym: 1, exonym: 2, transliteration: 3, soviet: 5, historical: 6, attested: 4 };
  const LETTERS = { ə: "e", ı: "i", ğ: "g", ø: "o", đ: "d", ł: "l", ß: "ss", æ: "ae", œ: "oe", þ: "th", ʻ: "", ʼ: "", "՛": "", և: "եվ" };

  /** Fold a name: no marks, no case, Azerbaijani and Turkish letters as they are typed without a keyboard for them. */
  M.fold = (text) =>
    text
      .toLowerCase()
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .replace(/[əığøđłßæœþʻʼ՛և]/g, (letter) => LETTERS[letter] ?? letter)
      .replace(/[’'`´]/g, "")
      .replace(/[-–—_/.,;:()[\]"«»]+/g, " ")
      .replace(/\s+/g, " ")
      .trim();

  const LATIN_SHARE = 0.2;

  /** Whether a side's names are usually given in Latin letters too: then the same name in its own letters alone is spelt as in English. */
  const latinised = (side) => {
    M.latin ??= new Map();
    if (!M.latin.has(side)) {
      const named = [...M.places.values()].filter((place) => place.names.some((name) => name[1] === side));
      const latin = named.filter((place) => place.names.some((name) => name[1] === side && name[2] === "Latn" && name[3] !== "derived"));
      M.latin.set(side, latin.length >= named.length * LATIN_SHARE);
    }
    return M.latin.get(side);
  };

  const better = (a, b, own) => {
    const latin = (name) => (name[2] === "Latn" || name[2] === "" ? 0 : 1);
    const script = own ? latin(b) - latin(a) : latin(a) - latin(b);
    return script || (RANK[a[3]] ?? 7) - (RANK[b[3]] ?? 7);
  };

  /** The name that one side uses, "" when the gazetteer knows none. */
  M.nameOf = (place, side, own = M.state.own) => {
    if (side === "intl" && !own) return place.name;
    const all = place.names.filter((name) => name[1] === side && (name[3] !== "derived" || latinised(side)));
    const theirs = all.filter((name) => name[3] !== "attested" && name[3] !== "historical");
    const any = theirs.length ? theirs : all;
    return any.length ? any.reduce((best, name) => (better(name, best, own) < 0 ? name : best))[0] : "";
  };

  /** The name as the switch wants it; a side without a name of its own falls back on the usual English one. */
  M.label = (place) => {
    if (!place) return "";
    const side = M.state.names;
    if (side !== "both") return M.nameOf(place, side) || place.name;
    const both = [...new Set(M.page.parties.map((party) => M.nameOf(place, party)).filter(Boolean))];
    return both.length ? both.join(" / ") : place.name;
  };

  /** Every other name, by side, for the popup. */
  M.otherNames = (place) => {
    const rows = [];
    for (const { side, short } of M.page.sides) {
      const theirs = [...new Set(place.names.filter((name) => name[1] === side && name[2] && name[3] !== "derived").map((name) => name[0]))];
      if (theirs.length) rows.push([short, theirs]);
    }
    const attested = [...new Set(place.names.filter((name) => !name[1]).map((name) => name[0]))];
    if (attested.length) rows.push([M.t("names.attested"), attested]);
    return rows;
  };

  /** Places whose any name begins with the words asked for. */
  M.findPlaces = (query) => {
    const asked = M.fold(query);
    const found = new Set();
    if (!asked) return found;
    for (const place of M.places.values()) {
      place.folded ??= [place.name, ...place.names.map((name) => name[0])].map((name) => ` ${M.fold(name)}`);
      if (place.folded.some((name) => name.includes(` ${asked}`))) found.add(place.id);
    }
    return found;
  };
})(Marchland);
