// The album's photos one by one, large, in a dialog over it; and the rest of the album as one scrolls.
// Without scripts each photo has a page of its own, and what is here asks that page what stands under it.

const FAR = 40; // pixels: from here on a finger has swiped
const SETTLED = 180; // milliseconds on one photo before its page is asked for

const album = document.querySelector("[data-album]");
const viewer = document.querySelector("[data-viewer]");
const part = (name) => viewer.querySelector(`[data-${name}]`);
const linksOf = (list) => [...list.querySelectorAll("a")];
const lists = () => [...document.querySelectorAll("[data-photos]")];

// What the dialog turns in: the guest's own photos, or all of the album.
const setOf = (link) => {
  const list = link.closest("[data-photos]");
  const together = list.closest(".own") ? [list] : lists().filter((each) => !each.closest(".own"));
  const first = (Number(new URLSearchParams(location.search).get("page")) || 1) - 1;
  const skipped = list.closest(".own") ? 0 : first * Number(viewer.dataset.page);
  return { links: together.flatMap(linksOf), total: Number(list.dataset.total), skipped };
};

let here = null; // the link of the photo that is shown
let cameFrom = null; // the cover, where that was pressed
let asked = 0;

const load = (image, link) => {
  const small = link.querySelector("img");
  [image.sizes, image.srcset, image.src] = ["100vw", small.srcset, small.src];
  return small;
};

const show = (link) => {
  here = link;
  const { links, total, skipped } = setOf(link);
  const at = links.indexOf(link);
  const image = part("picture").cloneNode();
  image.alt = load(image, link).alt;
  part("picture").replaceWith(image);
  part("stage").classList.remove("large");
  const facts = { number: skipped + at + 1, total };
  part("counter").textContent = viewer.dataset.count.replace(/%\((\w+)\)s/g, (_all, name) => facts[name]);
  const isLast = at === links.length - 1 && !(rest() && !link.closest(".own"));
  turners.forEach((button) => (button.disabled = button.dataset.turn < 0 ? at === 0 : isLast));
  [links[at + 1], links[at - 1]].filter(Boolean).forEach((next) => load(new Image(), next));
  history.replaceState({ isViewing: true }, "", `#${link.pathname.split("/").at(-2)}`);
  describe(link);
};

// Time, caption and what one may do, as the photo's own page has it.
const describe = (link) => {
  const now = ++asked;
  part("under").replaceChildren();
  setTimeout(() => now === asked && fill(now, link.href), SETTLED);
};

const read = async (address) => {
  const where = new URL(address);
  where.searchParams.set("lang", document.documentElement.lang); // as this page is shown
  const answer = await fetch(where);
  if (!answer.ok) throw new Error(String(answer.status)); // a page that says why has no photos
  return new DOMParser().parseFromString(await answer.text(), "text/html");
};

const fill = async (now, address) => {
  const about = await read(address).then((page) => page.querySelector("[data-about]"), () => null);
  if (now === asked && about) part("under").replaceChildren(about);
  return about; // without it the picture is there all the same
};

const mark = async (form) => {
  const link = here;
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
  if (!answer.ok) throw new Error(String(answer.status));
  if (!answer.url.includes(link.pathname)) return location.assign(answer.url); // no longer shown: the album says so
  const about = await fill(asked, link.href);
  about?.querySelector("[data-me] button")?.focus();
};

const turn = async (by) => {
  const { links } = setOf(here);
  const at = links.indexOf(here) + by;
  if (at >= links.length && !here.closest(".own") && rest()) {
    await grow().catch(() => {});
    return setOf(here).links[at] && show(setOf(here).links[at]);
  }
  return links[at] && show(links[at]);
};

const open = (link, opener = null) => {
  cameFrom = opener;
  history.pushState({ isViewing: true }, "");
  viewer.showModal();
  show(link);
};

const close = () => {
  viewer.close();
  asked += 1;
  const back = cameFrom && cameFrom.pathname === here?.pathname ? cameFrom : here;
  back?.scrollIntoView({ block: "nearest" });
  back?.focus();
};

// The cover is one of the album's photos, perhaps far down: then what lies before it is fetched.
const openCover = async (cover) => {
  const found = () => lists().filter((each) => !each.closest(".own")).flatMap(linksOf).find((link) => link.pathname === cover.pathname);
  while (!found() && rest()) await grow();
  if (!found()) throw new Error("the cover is not in the album");
  open(found(), cover);
};

const leave = () => (history.state?.isViewing ? history.back() : close());

// More of the album: the next page's sections, joined to the one that goes on.
const rest = () => album?.querySelector('a[rel="next"]');
let growing = null;
const grow = () => (growing ??= fetchMore().finally(() => (growing = null)));

const fetchMore = async () => {
  const page = await read(rest().href);
  const turns = album.querySelector(".turn");
  page.querySelectorAll("[data-album] [data-section]").forEach((section) => {
    const known = album.querySelector(`[data-section="${section.dataset.section}"] [data-photos]`);
    if (known) known.append(...section.querySelector("[data-photos]").children);
    else turns.before(section);
  });
  const next = page.querySelector('[data-album] a[rel="next"]');
  if (next) rest().replaceWith(next);
  else rest().remove();
  watch();
};

const near = new IntersectionObserver((seen) => seen.some((each) => each.isIntersecting) && grow().catch(() => {}), {
  rootMargin: "1200px",
});
const watch = () => {
  near.disconnect();
  if (rest()) near.observe(rest());
};

const keys = { ArrowLeft: () => turn(-1), ArrowRight: () => turn(1), Home: () => toEnd(0), End: () => toEnd(-1) };
const toEnd = (at) => show(setOf(here).links.at(at));
const isTyping = (event) => event.target.matches?.("textarea, input") || event.altKey || event.ctrlKey || event.metaKey;

let turners = [];
if (album && viewer) {
  turners = [...viewer.querySelectorAll("[data-turn]")];
  turners.forEach((button) => button.addEventListener("click", () => turn(Number(button.dataset.turn))));
  part("close").addEventListener("click", leave);
  viewer.addEventListener("cancel", (event) => (event.preventDefault(), leave()));
  addEventListener("keydown", (event) => {
    if (!viewer.open || !(event.key in keys) || isTyping(event)) return;
    event.preventDefault();
    keys[event.key]();
  });
  const isAside = (event) => event.ctrlKey || event.metaKey || event.shiftKey;
  document.querySelector("[data-cover]")?.addEventListener("click", (event) => {
    if (isAside(event)) return;
    event.preventDefault();
    const cover = event.currentTarget;
    openCover(cover).catch(() => location.assign(cover.href));
  });
  album.addEventListener("click", (event) => {
    const link = event.target.closest("[data-photos] a");
    if (!link || isAside(event)) return;
    event.preventDefault();
    open(link);
  });
  part("under").addEventListener("submit", (event) => {
    if (!event.target.matches("[data-me]")) return;
    event.preventDefault();
    mark(event.target).catch(() => event.target.submit());
  });
  addEventListener("popstate", () => viewer.open && close());
  swipe(part("stage"));
  watch();
  const named = location.hash && linksOf(album).find((link) => link.pathname.endsWith(`/${location.hash.slice(1)}/`));
  if (named && history.state?.isViewing) (viewer.showModal(), show(named));
}

// A finger turns, draws away downwards, or taps to come near; two fingers stretch, and then nothing is a swipe.
function swipe(stage) {
  let from = null;
  const isNear = () => stage.classList.contains("large") || visualViewport.scale > 1.05;
  visualViewport.addEventListener("resize", () => stage.classList.toggle("near", visualViewport.scale > 1.05));
  stage.addEventListener("pointerdown", (event) => (from = event.isPrimary ? [event.clientX, event.clientY] : null));
  stage.addEventListener("pointercancel", () => (from = null));
  stage.addEventListener("pointerup", (event) => {
    if (!from || event.button) return;
    const [across, down] = [event.clientX - from[0], event.clientY - from[1]];
    from = null;
    if (Math.hypot(across, down) < 8) return stage.classList.toggle("large");
    if (isNear()) return;
    if (Math.abs(across) > FAR && Math.abs(across) > Math.abs(down)) return turn(across < 0 ? 1 : -1);
    if (down > 2 * FAR) leave();
  });
  stage.addEventListener("dragstart", (event) => event.preventDefault());
}

// On a photo's own page the arrows follow its links.
if (!album) {
  addEventListener("keydown", (event) => {
    const link = document.querySelector(`a[rel="${{ ArrowLeft: "prev", ArrowRight: "next" }[event.key]}"]`);
    if (link && !isTyping(event)) link.click();
  });
}
