// The desk of photos by keyboard. Without scripts the same forms are sent by their buttons.
const isTyping = (target) => target.matches("select, textarea, input:not([type=checkbox], [type=radio])");
const hasModifier = (event) => event.ctrlKey || event.metaKey || event.altKey;

const SOON = 2000; // milliseconds between two looks whether a photo is made

const openKeys = () => {
  const keys = document.getElementById("keys");
  keys.open = !keys.open;
  if (keys.open) {
    keys.scrollIntoView({ block: "center" });
    keys.querySelector("summary").focus();
  }
};

// The grid ------------------------------------------------------------------

const desk = {
  last: null,
  form: () => document.getElementById("desk-form"),
  links: () => [...document.querySelectorAll(".tile > a")],
  boxes: () => [...document.querySelectorAll(".tile input[name=photo]")],
  here: () => document.activeElement?.closest?.(".tile"),
};

const count = () => {
  const form = desk.form();
  const all = form.elements.all; // those on other pages too
  const chosen = all?.checked ? Number(all.dataset.n) : desk.boxes().filter((box) => box.checked).length;
  const said = document.getElementById("chosen-count");
  said.dataset.none ??= said.textContent;
  const many = form.dataset.many.replace("§", chosen);
  said.textContent = chosen === 0 ? said.dataset.none : chosen === 1 ? form.dataset.one : many;
};

const choose = (box, on, isRange) => {
  const boxes = desk.boxes();
  const to = boxes.indexOf(box);
  const from = isRange && desk.last !== null ? desk.last : to;
  boxes.slice(Math.min(from, to), Math.max(from, to) + 1).forEach((each) => { each.checked = on; });
  desk.last = to;
  count();
};

// The tile above or below: of the next row the one whose middle is nearest.
const beside = (links, at, key) => {
  if (key === "ArrowLeft") return links[at - 1];
  if (key === "ArrowRight") return links[at + 1];
  const box = links[at].getBoundingClientRect();
  const middle = box.left + box.width / 2;
  const rest = key === "ArrowDown" ? links.slice(at + 1) : links.slice(0, at).reverse();
  const row = rest.find((each) => Math.abs(each.getBoundingClientRect().top - box.top) > 4);
  const distance = (each) => Math.abs((each.getBoundingClientRect().left + each.getBoundingClientRect().right) / 2 - middle);
  return row && rest
    .filter((each) => Math.abs(each.getBoundingClientRect().top - row.getBoundingClientRect().top) < 4)
    .reduce((best, each) => (distance(each) < distance(best) ? each : best));
};

const moveFocus = (key) => {
  const links = desk.links();
  const at = links.indexOf(desk.here()?.querySelector("a"));
  const to = at < 0 ? links[0] : beside(links, at, key);
  to?.focus();
  to?.scrollIntoView({ block: "nearest" });
};

// Sends the form and puts the page that comes back in place of this one, so that the focus stays where it was.
const act = async (deed) => {
  const form = desk.form();
  const tile = desk.here();
  const data = new FormData(form);
  data.set("deed", deed);
  if (!data.has("photo") && !data.has("all")) {
    if (!tile) return;
    data.append("photo", tile.querySelector("input").value);
  }
  const at = desk.links().indexOf(tile?.querySelector("a"));
  let page;
  try {
    const response = await fetch(form.action, { method: "POST", body: data });
    if (!response.ok) throw new Error(response.status);
    page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (!page.body.matches(".photo-desk")) { // logged out meanwhile: the login leads back to this page
      window.location.reload();
      return;
    }
  } catch {
    document.getElementById("chosen-count").textContent = form.dataset.lost;
    return;
  }
  document.querySelector("main").replaceWith(page.querySelector("main"));
  const side = page.querySelector(".side");
  if (side) document.querySelector(".side").replaceWith(side);
  begin();
  lookSoon();
  const links = desk.links();
  const same = tile && document.getElementById(tile.id)?.querySelector("a");
  (same ?? links[Math.min(at, links.length - 1)])?.focus();
};

const DEEDS = { s: "show", h: "hide", r: "turn" };

const onGridKey = (event) => {
  if (hasModifier(event) || isTyping(event.target)) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const tile = desk.here();
  if (key.startsWith("Arrow") && (tile || event.target === document.body || event.target.id === "content-start")) moveFocus(event.key);
  else if (key === " " && tile && event.target.matches("a")) {
    const box = tile.querySelector("input");
    choose(box, !box.checked, event.shiftKey);
  } else if (key === "a" && desk.form()) {
    const boxes = desk.boxes();
    const on = boxes.some((box) => !box.checked);
    boxes.forEach((box) => { box.checked = on; });
    count();
  } else if (key === "t" && tile) window.location.assign(`${tile.querySelector("a").href}#who`);
  else if (DEEDS[key] && desk.form()) act(DEEDS[key]);
  else if (key === "?") openKeys();
  else return;
  event.preventDefault();
};

const begin = () => {
  const form = desk.form();
  if (!form) return;
  desk.last = null;
  form.addEventListener("click", (event) => {
    if (event.target.name === "photo") choose(event.target, event.target.checked, event.shiftKey);
    if (event.target.name === "all") count();
  });
  count();
};

// One photo -------------------------------------------------------------------

const onPhotoKey = (event) => {
  const who = document.getElementById("who");
  const isEmptyWho = event.target === who && !who.value;
  const isWay = event.key.startsWith("Arrow") || event.key === "Escape";
  if (hasModifier(event) || (isTyping(event.target) && !(isEmptyWho && isWay))) return;
  const key = event.key.toLowerCase();
  const way = { arrowleft: "prev", arrowright: "next" }[key];
  if (way) document.querySelector(`.page-tools a[rel=${way}]`)?.click();
  else if (key === "t") who.focus();
  else if (DEEDS[key]) document.querySelector(`#one-form button[value=${DEEDS[key]}]`)?.click();
  else if (key === "?") openKeys();
  else if (key === "escape" && isEmptyWho) who.blur(); // from here on letters are deeds
  else if (key === "escape") document.querySelector(".way-back a").click();
  else return;
  event.preventDefault();
};

// Who may be meant by what is being typed: a list under the field, by arrows and Enter, or a press.
const suggest = (form) => {
  const who = document.getElementById("who");
  const list = document.createElement("ul");
  let found = [];
  let at = -1;
  let asked = 0;
  let listed = ""; // what the list answers
  const lastWord = () => who.value.split(",").pop().trim();
  list.className = "people-found";
  list.id = "people-found";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  who.after(list);
  const attributes = { role: "combobox", "aria-controls": list.id, "aria-autocomplete": "list", "aria-expanded": "false" };
  Object.entries(attributes).forEach(([name, value]) => who.setAttribute(name, value));

  const show = () => {
    list.replaceChildren(...found.map((person, number) => {
      const item = document.createElement("li");
      item.id = `person-${number}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", String(number === at));
      item.textContent = person.words;
      for (const [text, kind] of [[person.company, "soft"], [person.says_no && form.dataset.saysNo, "no"]]) {
        if (!text) continue;
        const more = document.createElement("span");
        more.className = kind;
        more.textContent = ` ${text}`;
        item.append(more);
      }
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(number); });
      return item;
    }));
    list.hidden = !found.length;
    who.setAttribute("aria-expanded", String(!list.hidden));
    if (at >= 0 && found.length) who.setAttribute("aria-activedescendant", `person-${at}`);
    else who.removeAttribute("aria-activedescendant");
  };

  const take = (number, submitter) => {
    const chosen = document.createElement("input");
    Object.assign(chosen, { type: "hidden", name: "guest", value: found[number].guest });
    form.append(chosen);
    who.value = who.value.includes(",") ? who.value.replace(/[^,]*$/, "") : "";
    found = [];
    show();
    form.requestSubmit(submitter);
  };

  who.addEventListener("input", async () => {
    const typed = lastWord();
    const mine = ++asked;
    if (!typed) { found = []; at = -1; show(); return; }
    const response = await fetch(`${form.dataset.people}?q=${encodeURIComponent(typed)}`).catch(() => null);
    if (mine !== asked || !response?.ok) return;
    found = (await response.json()).people;
    listed = typed;
    at = found.length ? 0 : -1;
    show();
  });

  const stays = form.querySelector("[name=stay]");
  who.addEventListener("keydown", (event) => {
    const isListed = !list.hidden && at >= 0 && listed === lastWord();
    if (event.key === "Enter" && event.shiftKey && !isListed) form.requestSubmit(stays); // by itself it opens a window
    else if (list.hidden) return;
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      at = (at + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length;
      show();
    } else if (event.key === "Enter" && isListed) take(at, event.shiftKey ? stays : undefined);
    else if (event.key === "Escape") { found = []; show(); } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  who.addEventListener("blur", () => { found = []; show(); });
};

// What is being made takes its place by itself; the page is asked for it while somebody looks at it.
let next = null;
const lookSoon = () => {
  clearTimeout(next);
  if (document.querySelector(".is-making")) next = setTimeout(look, SOON);
};

const look = async () => {
  const response = document.hidden ? null : await fetch(window.location.href).catch(() => null);
  if (response?.ok) takeIn(new DOMParser().parseFromString(await response.text(), "text/html"));
  lookSoon();
};

const takeIn = (page) => {
  for (const old of document.querySelectorAll(".is-making")) {
    const made = page.getElementById(old.id);
    const form = old.matches("figure") && document.getElementById("one-form");
    if (!made || made.matches(".is-making") || form?.contains?.(document.activeElement)) continue;
    const isFocused = old.contains(document.activeElement);
    const box = made.querySelector("input[name=photo]");
    if (box) box.checked = old.querySelector("input[name=photo]").checked;
    old.replaceWith(made);
    if (form) form.replaceWith(page.getElementById("one-form"));
    if (isFocused) made.querySelector("a")?.focus();
  }
  const kinds = document.querySelector(".kinds");
  const fresh = page.querySelector(".kinds"); // none where one is logged out
  if (kinds && fresh && !kinds.contains(document.activeElement)) kinds.replaceWith(fresh);
};

const tagForm = document.getElementById("tag-form");
if (tagForm) {
  suggest(tagForm);
  document.addEventListener("keydown", onPhotoKey);
  if (window.location.hash === "#who") document.getElementById("who").focus();
} else {
  begin();
  document.addEventListener("keydown", onGridKey);
}
lookSoon();
