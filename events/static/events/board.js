// The board follows the race: asks now and then whether something is new, and says who has just come in.
// Without scripts the page is the same, and a link looks again.

const EVERY = 10_000;
const SLOW = [30_000, 60_000]; // hidden, or nothing new for long
const CALM_AFTER = 20; // answers without anything new
const PATIENCE = 8_000;
const SHOWN_AS_NEW = 60_000;
const MOST_ANNOUNCED = 3;
const MOST_JUST_IN = 3;
const PLAIN = { ø: "o", æ: "ae", œ: "oe", ð: "d", þ: "th", ł: "l", đ: "d", ħ: "h", ı: "i", ŋ: "n", ß: "ss" };

const board = document.querySelector("[data-board]");
const words = board.dataset;
const isWall = "screen" in words;
const part = (name, within = board) => within.querySelector(`[data-${name}]`);
const said = (text, facts) => text.replace(/%\((\w+)\)s/g, (_all, name) => facts[name] ?? "");

const fold = (text) =>
  text.toLowerCase().replace(/[øæœðþłđħıŋß]/g, (letter) => PLAIN[letter]).normalize("NFKD").replace(/\p{M}/gu, "").trim();

const clock = (text) => (words.lang === "fi" ? text.replaceAll(":", ".") : text);

const printed = (milliseconds) => {
  const two = (number) => String(number).padStart(2, "0");
  const seconds = Math.floor(milliseconds / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const parts = hours ? [hours, two(minutes), two(seconds % 60)] : [minutes, two(seconds % 60)];
  const decimals = String(milliseconds % 1000).padStart(3, "0").replace(/0+$/, "");
  return clock(parts.join(":")) + (decimals ? (words.lang === "en" ? "." : ",") + decimals : "");
};

const called = (row) => row.name || (row.bib !== null ? said(words.bib, { number: row.bib }) : words.guest);
const isIn = (row) => row.status === "OK" || row.status === "NC";
const isWanted = { all: () => true, "on-the-way": (row) => !row.status, "in-goal": isIn };

const timeOf = (row) => {
  if (row.time_ms !== null) return printed(row.time_ms);
  if (row.status) return board.getAttribute(`data-status-${row.status.toLowerCase()}`) ?? "";
  return row.start ? said(words.start, { clock: clock(row.start) }) : "";
};

const detailsOf = (row, titles) =>
  [row.company, titles[row.race_class], row.name && row.bib !== null && said(words.number, { number: row.bib })]
    .filter(Boolean)
    .join(" · ");

const hasWords = (row, titles, looked) => {
  const text = fold(`${row.name} ${row.company} ${titles[row.race_class] ?? ""}`);
  return looked.every((word) => word === String(row.bib) || text.includes(word));
};

const query = (number) => {
  const asked = new URLSearchParams();
  if (words.show !== "all") asked.set("show", words.show);
  if (words.q) asked.set("q", words.q);
  if (number) asked.set("me", number);
  return `?${asked}`;
};

// One answer of the board, as rows.
const read = (told) => {
  const titles = Object.fromEntries(
    Object.entries(told.classes).map(([key, title]) => [key, title[words.lang] || Object.values(title).find(Boolean) || ""]),
  );
  const rows = told.rows.map((cells) => Object.fromEntries(told.columns.map((name, at) => [name, cells[at]])));
  return { titles, rows };
};

const line = (row, titles, news) => {
  const tr = part("row").content.firstElementChild.cloneNode(true);
  const set = (where, text) => (tr.querySelector(where).textContent = text);
  const isMe = String(row.number) === words.me;
  tr.dataset.n = row.number;
  tr.classList.toggle("me", isMe);
  tr.classList.toggle("new", news.has(row.number));
  set(".place", row.place ?? "");
  set(".who", called(row));
  set(".of", detailsOf(row, titles));
  set(".time", timeOf(row));
  tr.querySelector(".time").classList.toggle("timed", row.time_ms !== null);
  const pin = tr.querySelector(".pin a");
  if (pin) {
    pin.href = query(isMe ? "" : row.number);
    pin.classList.toggle("on", isMe);
    pin.querySelector(".vh").textContent = `${isMe ? words.unpin : words.pin}: ${called(row)}`;
  }
  return tr;
};

const showRows = ({ rows, titles }, news) => {
  const looked = fold(words.q).split(/\s+/).filter(Boolean);
  const chosen = rows.filter((row) => isWanted[words.show](row) && hasWords(row, titles, looked));
  const focused = document.activeElement?.closest?.("tr[data-n]")?.dataset.n;
  part("rows").replaceChildren(...chosen.map((row) => line(row, titles, news)));
  if (focused) part("rows").querySelector(`tr[data-n="${focused}"] a`)?.focus({ preventScroll: true });
  board.querySelector(".runners").hidden = !chosen.length;
  if (part("nobody")) part("nobody").hidden = chosen.length > 0;
  Object.keys(isWanted).forEach((show) => {
    const count = board.querySelector(`[data-count="${show}"]`);
    if (count) count.textContent = rows.filter(isWanted[show]).length;
  });
};

const showMine = ({ rows, titles }) => {
  const card = part("mine");
  const row = rows.find((each) => String(each.number) === words.me);
  if (!card) return;
  card.hidden = !row;
  if (!row) return;
  card.querySelector(".who").textContent = called(row);
  card.querySelector(".of").textContent = detailsOf(row, titles);
  card.querySelector(".time").textContent = timeOf(row);
};

const showCheers = (told, { rows }) => {
  const names = Object.fromEntries(rows.map((row) => [row.number, called(row)]));
  const cheers = told.cheers.map(([number, text, sender]) => [said(words.to, { name: names[number] }), text, sender || words.sender]);
  if (part("cheer-line")) part("cheer-line").textContent = cheers.length ? `${cheers[0][0]}: ${cheers[0][1]} – ${cheers[0][2]}` : "";
  if (!part("cheers")) return;
  part("cheering").hidden = !cheers.length;
  part("cheers").replaceChildren(
    ...cheers.map(([to, text, sender]) => {
      const item = Object.assign(document.createElement("li"), { className: "said" });
      const [words, from] = ["", "soft help"].map((className) => Object.assign(document.createElement("p"), { className }));
      [words.textContent, from.textContent] = [text, `${to} · ${sender}`];
      item.append(document.createElement("div"));
      item.firstChild.append(words, from);
      return item;
    }),
  );
};

// Who has come in since the answer before: said once, and on the wall large for a while.
let before = null;
const news = new Map();

const findNews = (rows) => {
  const now = Date.now();
  const came = before ? rows.filter((row) => isIn(row) && before.has(row.number) && !before.get(row.number)) : [];
  before = new Map(rows.map((row) => [row.number, row.status]));
  came.forEach((row) => news.set(row.number, now));
  news.forEach((at, number) => now - at > SHOWN_AS_NEW && news.delete(number));
  rows.forEach((row) => !isIn(row) && news.delete(row.number));
  return came;
};

const announce = (came) => {
  if (!came.length) return;
  const all = came.map((row) => said(words.in, { name: called(row), time: row.time_ms === null ? "" : printed(row.time_ms) }).trim());
  part("announce").textContent = came.length > MOST_ANNOUNCED ? words.several : all.join(". ");
};

const showJustIn = (rows) => {
  const place = part("just-in");
  if (!place) return;
  const newest = rows.filter((row) => news.has(row.number)).sort((a, b) => news.get(b.number) - news.get(a.number));
  place.hidden = !newest.length;
  place.querySelector("ul").replaceChildren(
    ...newest.slice(0, MOST_JUST_IN).map((row) => {
      const item = document.createElement("li");
      item.append(...[called(row), timeOf(row)].map((text) => Object.assign(document.createElement("span"), { textContent: text })));
      return item;
    }),
  );
};

let known = null;
const show = (told) => {
  known = told;
  const found = read(told);
  announce(findNews(found.rows));
  if (!part("rows")) return;
  showRows(found, news);
  showMine(found);
  showCheers(told, found);
  showJustIn(found.rows);
};

// Asking again.
let version = words.version;
let calm = 0;
let failed = 0;
let timer;
let isOver = "final" in words;
let updatedAt = new Date();

const asClock = (moment) => clock(moment.toTimeString().slice(0, 8));
const tell = (text) => (part("updated").textContent = said(text, { clock: asClock(updatedAt) }));
const around = (pause) => pause * (0.8 + Math.random() * 0.4);

const pause = () => {
  if (failed) return Math.min(EVERY * 2 ** failed, SLOW[1]);
  if (document.hidden || calm > CALM_AFTER) return SLOW[0] + Math.random() * (SLOW[1] - SLOW[0]);
  return around(EVERY);
};

// Times appear for the first time, or the results are final: the page itself reads otherwise then.
const anew = () => setTimeout(() => location.reload(), 1_000 + Math.random() * 3_000);

const ask = async (isFirst = false) => {
  clearTimeout(timer);
  const marks = isFirst ? {} : { "If-None-Match": `"${version}", "${version}-gz"` };
  try {
    const answer = await fetch(words.json, { headers: marks, cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    if (answer.status === 200) {
      const told = await answer.json();
      calm = 0;
      version = told.version;
      isOver = told.final;
      if (told.final !== ("final" in words) || told.shows_times !== ("times" in words)) return anew();
      show(told);
    } else if (answer.status === 304) {
      calm += 1;
      if (known && news.size) show(known);
    } else {
      throw new Error(String(answer.status));
    }
    failed = 0;
    updatedAt = new Date();
    tell(words.updated);
  } catch {
    failed += 1;
    tell(words.offline);
  }
  if (!isOver) timer = setTimeout(ask, pause());
};

if (part("updated")) {
  document.addEventListener("visibilitychange", () => !document.hidden && !isOver && ask());
  addEventListener("online", () => !isOver && ask());
  if (!isOver) ask(true);
}

// On the wall the list rolls by itself; whoever wants it still by a screenful at a time. A press or the space bar holds it.
const roll = part("roll");
if (isWall && roll) {
  const isStill = matchMedia("(prefers-reduced-motion: reduce)");
  let isHeld = false;
  let rest = 0;
  let at = 0;
  const hold = () => (isHeld = !isHeld);
  addEventListener("click", hold);
  addEventListener("keydown", (event) => event.key === " " && (event.preventDefault(), hold()));
  const end = () => roll.scrollHeight - roll.clientHeight;
  const step = (now) => {
    const passed = now - at;
    at = now;
    rest -= passed;
    if (!isHeld && rest <= 0 && end() > 0) {
      if (roll.scrollTop >= end() - 1) {
        roll.scrollTop = 0;
        rest = 6_000;
      } else if (isStill.matches) {
        const foot = roll.getBoundingClientRect().bottom;
        const next = [...roll.querySelectorAll("tr[data-n]")].find((tr) => tr.getBoundingClientRect().bottom > foot);
        roll.scrollTop += next ? next.getBoundingClientRect().top - roll.getBoundingClientRect().top : roll.clientHeight;
        rest = 10_000;
      } else {
        position = (Math.abs(position - roll.scrollTop) > 2 ? roll.scrollTop : position) + Math.min(passed, 100) * 0.03;
        roll.scrollTop = position;
        if (roll.scrollTop >= end() - 1) rest = 5_000;
      }
    }
    requestAnimationFrame(step);
  };
  let position = 0;
  rest = 5_000;
  requestAnimationFrame((now) => ((at = now), step(now)));
}
