// The slideshow on the big screen: goes on by itself, takes in new photos, and lets go of hidden ones.
// What has been loaded is shown on when the net is gone.

const EACH = 8_000; // milliseconds a photo stays
const AGAIN = 15_000; // until we ask what is shown now
const AWAKE = 3_000;
const MOST_KEPT = 300;

const show = document.querySelector("[data-show]");
const part = (name) => show.querySelector(`[data-${name}]`);
const { photos: listAt, file: fileAt, back } = show.dataset;

let list = []; // [address, caption] in order
let next = []; // addresses that are new, before the row goes on
const seen = new Set();
const kept = new Map(); // address: an image that is there
let isTold = false; // what is shown to guests; until then what is there stays
let isHeld = false;
let timer;

const now = () => part("wall").querySelector(".now")?.dataset.key;
const image = async (key) => {
  if (!kept.has(key)) {
    const img = Object.assign(new Image(), { src: fileAt.replace("KEY", key) });
    img.dataset.key = key;
    await img.decode();
    kept.set(key, img);
    if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value);
  }
  return kept.get(key);
};

// The one after (or before) this one that can be shown: of those that cannot be loaded the next is tried.
const choose = async (by) => {
  const keys = list.map(([key]) => key);
  const fresh = by > 0 ? next.filter((key) => keys.includes(key)) : [];
  const at = keys.indexOf(now());
  const row = keys.map((_key, step) => keys[(at + by * (step + 1) + keys.length * (step + 2)) % keys.length]);
  for (const key of [...fresh, ...row]) {
    const found = await image(key).catch(() => null);
    if (found) return found;
  }
  return null;
};

const put = (img) => {
  const wall = part("wall");
  const before = wall.querySelector(".now");
  if (before === img) return;
  img.classList.remove("now");
  wall.append(img);
  img.getBoundingClientRect(); // so that it fades in
  img.classList.add("now");
  before?.classList.remove("now");
  setTimeout(() => before && !before.classList.contains("now") && before.remove(), 1_500);
  const caption = list.find(([key]) => key === img.dataset.key)?.[1] ?? "";
  [img.alt, part("caption").textContent] = [caption, caption];
  next = next.filter((key) => key !== img.dataset.key);
};

const go = async (by = 1) => {
  clearTimeout(timer);
  const img = await choose(by);
  if (img) put(img);
  else if (isTold) {
    part("wall").replaceChildren();
    part("caption").textContent = "";
  }
  part("none").hidden = Boolean(now());
  clearTimeout(timer);
  if (!isHeld) timer = setTimeout(go, EACH);
};

const ask = async () => {
  try {
    const answer = await fetch(listAt);
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const isFirst = !seen.size;
    list = (await answer.json()).photos;
    isTold = true;
    next.push(...list.map(([key]) => key).filter((key) => !seen.has(key) && !isFirst));
    list.forEach(([key]) => seen.add(key));
    const keys = new Set(list.map(([key]) => key));
    kept.forEach((_img, key) => keys.has(key) || kept.delete(key));
    if (now() ? !keys.has(now()) : keys.size) go();
  } catch {
    // shows on what it has
  }
  setTimeout(ask, AGAIN);
};

const hold = () => {
  isHeld = !isHeld;
  part("hold").setAttribute("aria-pressed", isHeld);
  clearTimeout(timer);
  if (!isHeld) timer = setTimeout(go, EACH);
};

let sleep;
const wake = () => {
  show.classList.add("awake");
  clearTimeout(sleep);
  sleep = setTimeout(() => show.classList.remove("awake"), AWAKE);
};

const fill = () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());
const leave = () => document.fullscreenElement || location.assign(back);
const keys = { ArrowLeft: () => go(-1), ArrowRight: () => go(1), Escape: leave, f: fill };

addEventListener("mousemove", wake);
addEventListener("pointerdown", wake);
addEventListener("keydown", (event) => {
  if (event.key === " " && !event.target.matches("button, a")) (event.preventDefault(), hold());
  keys[event.key]?.();
});
show.querySelectorAll("[data-by]").forEach((button) => button.addEventListener("click", () => go(Number(button.dataset.by))));
part("hold").addEventListener("click", hold);
part("full").addEventListener("click", fill);

const first = part("wall").querySelector(".now");
if (first) kept.set(first.dataset.key, first); // it came with the page
navigator.wakeLock?.request("screen").catch(() => {});
timer = setTimeout(go, EACH);
ask();
