// What the page says, in the language chosen: words by key, labels of types and relations, sentences, numbers.

export function wordsOf(tables, language) {
  const words = { tables, language };
  const of = (table, key) => own(words.tables[words.language][table], key);
  words.t = (key, values = {}) => fill(own(words.tables[words.language], key) ?? key, values);
  words.name = (name) => of("names", name) ?? name;
  words.value = (value, otherwise = value) => of("values", value) ?? otherwise;
  words.className = (name) => of("names", name) ?? words.value(name);
  words.origin = (name) => of("origins", name) ?? null;
  words.number = (value) => new Intl.NumberFormat(words.language === "zh" ? "zh-CN" : "en").format(value);
  words.round = (value) => compact(words.language, value);
  words.counted = (key, n, m) => words.t(key, { n: words.number(n), m: words.number(m) });
  words.incoming = (name) => of("incoming", name) ?? words.t("passive", { verb: words.name(name) });
  words.sentence = (name) => sentence(of("sentences", name) ?? `{s} ${words.name(name)} {o}`);
  return words;
}

// A number as one says it: 2,500 as it is, 2500000 as 2.5M or what that is in the language.
function compact(language, value) {
  const notation = Math.abs(value) >= 100000 ? "compact" : "standard";
  const form = { notation, maximumFractionDigits: 2 };
  return new Intl.NumberFormat(language === "zh" ? "zh-CN" : "en", form).format(value);
}

// A table is asked for names out of documents: "constructor" is in it only if somebody put it there.
function own(table, key) {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (Object.hasOwn(values, name) ? String(values[name]) : whole));
}

// A sentence's words before, between and after its two ends {s} and {o}.
function sentence(pattern) {
  const [, before, between, after] = /^(.*)\{s\}(.*)\{o\}(.*)$/.exec(pattern) ?? [null, "", ` ${pattern} `, ""];
  return { before, between, after };
}

// 2022-01/2022-03 and its like as people write it.
export function period(words, stored) {
  if (!stored) return "";
  const [from, to] = stored.split("/");
  if (to === undefined) return from;
  if (from === "..") return words.t("until", { date: to });
  if (to === "..") return words.t("since", { date: from });
  return words.t("range", { from, to });
}
