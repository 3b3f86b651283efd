// Photos on their way in: one request a file, three at a time, a row for each. What got lost on the way is sent again, by
// itself and by a button; a page that is loaded again knows what has arrived. Without scripts the form sends all at once.
const AT_ONCE = 3;
const TRIES = 6; // of one file, with 1, 2, 4, 8, 16 seconds in between
const STILL = 45000; // ms without a byte going out or an answer coming in
const PARTS = ["added", "duplicates", "refused", "missing"];
const DONE = { added: "added", duplicate: "duplicates", refused: "refused" };
const LITTER = /^(\.|thumbs\.db$|desktop\.ini$)/i;

const form = document.querySelector("form[data-photos-in]");
const place = document.querySelector("[data-files]");
const list = place.querySelector("[data-rows]");
const blank = place.querySelector("template").content.firstElementChild;
const status = place.querySelector("[data-status]");
const total = place.querySelector("[data-total]");
const again = place.querySelector("[data-again]");
const picker = form.elements.files;
const press = form.querySelector("[data-press]");
const words = form.dataset;
const word = (name) => words[name.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase())] ?? "";
const counted = (name, n) => word(`${name}-${n === 1 ? 0 : 1}`).replace("%(n)s", n);

const rows = new Map(); // ident: {ident, name, state, li, file?, tries}
let key = form.elements.upload?.value ?? "";
const least = Number(place.dataset.chosen ?? 0); // chosen before this page was loaded
let busy = 0;
let opening = null;
let halted = false;
let pausedUntil = 0;
let saidAt = 0;

// Rows ------------------------------------------------------------------------------------------------------------

const draw = (row, state, text, sent = null) => {
  row.state = state;
  row.li.className = `file is-${state}`;
  row.li.querySelector(".file-words").textContent = text;
  const bar = row.li.querySelector("progress");
  bar.hidden = state !== "sending";
  if (sent === null) bar.removeAttribute("value");
  else bar.value = sent;
  row.li.querySelector("button").hidden = state !== "lost";
};

const put = (ident, name) => {
  const li = blank.cloneNode(true);
  li.querySelector(".file-name").textContent = name;
  const row = { ident, name, li, tries: 0, state: "" };
  const button = li.querySelector("button");
  button.setAttribute("aria-label", `${button.textContent.trim()}: ${name}`);
  button.addEventListener("click", () => retry([row]));
  rows.set(ident, row);
  list.append(li);
  return row;
};

list.querySelectorAll("li[data-ident]").forEach((li) => {
  const row = put(li.dataset.ident, li.querySelector(".file-name").textContent);
  li.replaceWith(row.li);
  draw(row, li.dataset.outcome, li.querySelector(".file-words").textContent);
});

const all = (...states) => [...rows.values()].filter((row) => states.includes(row.state));
const isOpen = () => all("waiting", "sending", "lost").length > 0;

const show = () => {
  const count = { added: 0, duplicates: 0, refused: 0 };
  rows.forEach((row) => { if (DONE[row.state]) count[DONE[row.state]] += 1; });
  const chosen = Math.max(rows.size, least);
  const done = count.added + count.duplicates + count.refused;
  const missing = chosen - done;
  const waiting = all("waiting").length;
  press.disabled = busy > 0; // with nothing chosen the page says what is missing
  press.textContent = waiting && !busy ? counted("press", waiting) : press.dataset.words;
  place.hidden = rows.size === 0;
  if (!rows.size) return;
  const said = { ...count, missing };
  const parts = PARTS.filter((name) => said[name] && (key || name !== "missing")).map((name) => counted(name, said[name]));
  const sentence = parts.length ? `${counted("chosen", chosen)}: ${parts.join(", ")}` : counted("chosen", chosen);
  total.textContent = sentence;
  again.hidden = all("lost").length < 2;
  const bar = place.querySelector("[data-bar]");
  bar.hidden = !busy;
  bar.max = chosen;
  bar.value = done;
  const now = Date.now();
  const goesOn = busy > 0 || waiting > 0;
  if (goesOn && now - saidAt < 8000) return;
  saidAt = now;
  status.textContent = goesOn ? word("done").replace("%(done)s", done).replace("%(all)s", chosen) : sentence;
};

// Choosing --------------------------------------------------------------------------------------------------------

const take = (files) => {
  const same = new Map();
  for (const file of files) {
    const alike = `${file.size}-${file.lastModified}-${file.name}`;
    const nth = same.get(alike) ?? 0;
    same.set(alike, nth + 1);
    const ident = `${file.size}-${file.lastModified}-${nth}-${file.name}`.slice(0, 220);
    const known = rows.get(ident);
    if (known && known.state !== "refused" && (DONE[known.state] || known.file)) continue; // here, or in line already
    const row = known ?? put(ident, file.name);
    row.file = file;
    draw(row, "waiting", word("waiting"));
  }
  picker.value = "";
  picker.removeAttribute("aria-invalid");
  show();
  if (busy) pump();
};

const isZip = (file) => /\.zip$/i.test(file.name) && "zips" in words;
const isTooBig = (file) => file.size > Number(isZip(file) ? words.mostZipBytes : words.mostBytes);

// What was dropped, folders opened.
const opened = async (entry) => {
  if (LITTER.test(entry.name)) return [];
  if (entry.isFile) return [await new Promise((done, fail) => entry.file(done, fail))];
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((done, fail) => reader.readEntries(done, fail));
    if (!some.length) break;
    found.push(...some);
  }
  return (await Promise.all(found.map(opened))).flat();
};

picker.addEventListener("change", () => take([...picker.files]));
const zone = form.querySelector("[data-zone]") ?? form;
const over = (is) => zone.classList.toggle("is-over", is);
const hasFiles = (event) => event.dataTransfer.types.includes("Files");
// The whole page takes what is dropped: beside the form the browser would open it and leave the page.
document.addEventListener("dragover", (event) => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  over(true);
});
document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) over(false); });
document.addEventListener("drop", async (event) => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  over(false);
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  const plain = [...event.dataTransfer.files];
  take(entries.length ? (await Promise.all(entries.map(opened))).flat() : plain);
});

// Sending ---------------------------------------------------------------------------------------------------------

const post = (data, onSent = () => {}) => new Promise((done, fail) => {
  const request = new XMLHttpRequest();
  let watch;
  const alive = () => {
    clearTimeout(watch);
    watch = setTimeout(() => request.abort(), STILL);
  };
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  request.upload.onprogress = (event) => { alive(); onSent(event.loaded / event.total); };
  request.upload.onload = () => { clearTimeout(watch); onSent(null); }; // a large zip is looked through meanwhile
  request.onload = () => {
    clearTimeout(watch);
    let body = {};
    try { body = JSON.parse(request.responseText); } catch { /* a page in place of an answer */ }
    done({ status: request.status, body, wait: Number(request.getResponseHeader("Retry-After")) || 20 });
  };
  request.onerror = request.onabort = () => { clearTimeout(watch); fail(new Error("lost")); };
  alive();
  request.send(data);
});

// Whoever has logged in anew beside this page sends with the new login's secret.
const renew = async () => {
  const response = await fetch(form.action, { credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.querySelector("form[data-photos-in] [name=csrfmiddlewaretoken]");
  if (fresh) form.elements.csrfmiddlewaretoken.value = fresh.value;
  return Boolean(fresh);
};

const ask = async (data, onSent) => {
  const answer = await post(data, onSent);
  if (answer.status !== 403 || !(await renew())) return answer;
  data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  return post(data, onSent);
};

const isLoggedOut = ({ status: code, body }) => code === 403 || (code === 200 && !body.rows && !body.upload);

const secret = () => {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  return data;
};

// The go begins with what the form says; what is missing there is told at its field.
const begin = async () => {
  const data = new FormData(form);
  data.delete("files");
  data.delete("upload");
  data.set("chosen", rows.size);
  const answer = await ask(data);
  form.querySelectorAll(".error[data-said]").forEach((said) => said.remove());
  form.querySelectorAll("[aria-invalid]").forEach((field) => field.removeAttribute("aria-invalid"));
  if (answer.body.upload) {
    key = answer.body.upload;
    form.querySelector(".albums-of-go")?.remove(); // what follows goes to the same album
    history.replaceState(null, "", `?upload=${key}`);
    return true;
  }
  const faults = Object.entries(answer.body.errors ?? {});
  if (!faults.length) throw answer;
  faults.reverse().forEach(([name, [fault]]) => {
    const field = form.elements[name];
    const said = document.createElement("p");
    said.className = "error";
    said.dataset.said = "";
    said.id = `said-${name}`;
    said.textContent = fault.message;
    field.closest(".field").append(said);
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", said.id);
    field.focus();
  });
  return false;
};

const halt = (text) => {
  halted = true;
  all("waiting", "sending").forEach((row) => draw(row, "lost", text));
};

const settle = (row, { status: code, body, wait }) => {
  if (code === 200 && body.rows) {
    const [first, ...others] = body.rows;
    const isPacked = others.length || first.ident !== row.ident;
    if (!isPacked) return draw(row, first.outcome, first.words);
    row.li.remove(); // a zip makes room for what was in it
    rows.delete(row.ident);
    body.rows.forEach((each) => draw(rows.get(each.ident) ?? put(each.ident, each.name), each.outcome, each.words));
  } else if (code === 413) draw(row, "refused", word("stopped"));
  else if (code === 429) {
    pausedUntil = Date.now() + wait * 1000;
    draw(row, "waiting", word("pause"));
  } else if (code === 404 || code === 409) halt(body.sentence ?? word("gone"));
  else if (isLoggedOut({ status: code, body })) halt(word("logged-out"));
  else if (code === 422) draw(row, "refused", body.sentence ?? word("given-up"));
  else throw new Error("lost");
};

const send = async (row) => {
  const data = secret();
  data.set("upload", key);
  data.set("ident", row.ident);
  data.set("chosen", Math.max(rows.size, least));
  if (isTooBig(row.file)) {
    data.set("name", row.name);
    data.set("size", row.file.size);
  } else data.set("files", row.file, row.name);
  draw(row, "sending", word("sending"), 0);
  try {
    settle(row, await ask(data, (part) => draw(row, "sending", word("sending"), part)));
  } catch {
    row.tries += 1;
    if (halted || row.tries >= TRIES) return draw(row, "lost", word("given-up"));
    draw(row, "lost", word("lost"));
    row.timer = setTimeout(() => retry([row], false), 1000 * 2 ** (row.tries - 1));
  }
};

const next = () => rows.values().find?.((row) => row.state === "waiting") ?? all("waiting")[0];

const pump = async () => {
  if (!key) {
    opening ??= begin();
    try {
      if (!(await opening)) return;
    } catch (fault) {
      const why = fault.body?.sentence ?? word(fault.body && isLoggedOut(fault) ? "logged-out" : "given-up");
      all("waiting").forEach((row) => draw(row, "lost", why));
      return;
    } finally {
      opening = null;
      show();
    }
  }
  while (busy < AT_ONCE && next()) {
    const pause = pausedUntil - Date.now();
    if (pause > 0) {
      setTimeout(pump, pause + 50);
      break;
    }
    const row = next();
    busy += 1;
    send(row).finally(() => {
      busy -= 1;
      show();
      pump();
    });
  }
  show();
  if (!busy && !isOpen() && key) finish();
};

const retry = (some, byHand = true) => {
  halted = false;
  some.forEach((row) => {
    if (row.state !== "lost" || !row.file) return;
    clearTimeout(row.timer);
    if (byHand) row.tries = 0;
    draw(row, "waiting", word("waiting"));
  });
  pump();
};

again.addEventListener("click", () => retry(all("lost")));
addEventListener("online", () => retry(all("lost")));
addEventListener("beforeunload", (event) => { if (busy || all("waiting", "lost").some((row) => row.file)) event.preventDefault(); });

form.addEventListener("submit", (event) => {
  if (!rows.size || !all("waiting").length) return; // the page says what is missing
  event.preventDefault();
  press.disabled = true;
  pump().then(() => { if (key) place.scrollIntoView({ block: "start" }); });
});

// Afterwards: what the page itself says of the go, and how far the photos are made, looked up now and then.
const look = async () => {
  const outcome = document.querySelector("[data-afterwards]");
  if (!outcome) return;
  const response = await fetch(`?upload=${key}`, { credentials: "same-origin" });
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.querySelector("[data-afterwards]");
  if (fresh && !outcome.contains(document.activeElement)) outcome.replaceChildren(...fresh.childNodes);
};
let pause = 1500;
const follow = async () => {
  try { if (!document.hidden) await look(); } catch { pause = 15000; }
  pause = Math.min(pause * 1.3, 15000);
  if (document.querySelector("[data-afterwards] [data-busy]")) setTimeout(follow, pause);
};
const finish = () => {
  pause = 1500;
  follow();
};

form.querySelectorAll("[data-with-script]").forEach((each) => { each.hidden = false; });
press.dataset.words = press.textContent.trim();
if (document.querySelector("[data-afterwards] [data-busy]")) setTimeout(follow, pause);
show();
