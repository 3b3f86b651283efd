// Times by keyboard: Enter saves the line at once and goes on to the next. Without scripts the form sends all lines.

const form = document.getElementById("times");
const finder = document.getElementById("finder");

if (form && finder) {
  const search = finder.querySelector("input[type=search]");
  const says = document.getElementById("finder-says");
  const told = document.getElementById("times-say");
  const help = says.textContent;
  const lines = () => [...form.querySelectorAll(".line")];
  const box = (line) => line.querySelector("input[type=text]");
  const value = (line, name) => line.querySelector(`input[name^="${name}-"]`).value;
  let found = false; // whether the finder led to the line in hand, which is where it then goes back to

  const focus = (input) => {
    input.focus();
    input.select?.();
    input.scrollIntoView({ block: "center" });
  };

  // The line of a bib, else the only one whose name has all that was written.
  const find = (wanted) => {
    const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();
    if (/^\d+$/.test(wanted)) return lines().filter((line) => line.dataset.bib !== "" && Number(line.dataset.bib) === Number(wanted));
    const words = folded(wanted).split(/\s+/);
    return lines().filter((line) => words.every((word) => folded(line.dataset.name).includes(word)));
  };

  finder.addEventListener("submit", (event) => {
    const wanted = search.value.trim();
    if (!wanted) return;
    const fits = find(wanted);
    if (!fits.length && form.hasAttribute("data-pages")) return; // perhaps on another page: the server looks
    event.preventDefault();
    says.textContent = fits.length === 1 ? help : says.dataset[fits.length ? "several" : "nobody"];
    if (fits.length !== 1) {
      search.select();
      return;
    }
    found = true;
    focus(box(fits[0]));
  });

  const goOn = (line) => {
    if (found) {
      found = false;
      search.value = "";
      search.focus();
      search.scrollIntoView({ block: "nearest" });
      return;
    }
    const all = lines();
    const next = all[all.findIndex((each) => each.id === line.id) + 1];
    if (next) focus(box(next));
  };

  // Whoever has logged in anew beside this page sends with the new login's secret; false while nobody is logged in.
  const renew = async () => {
    const response = await fetch(location.href, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.querySelector("#times [name=csrfmiddlewaretoken]");
    if (fresh) form.elements.csrfmiddlewaretoken.value = fresh.value;
    return Boolean(fresh);
  };

  const isLoggedOut = (response) => response.redirected || response.status === 403;

  const post = async (address, data) => {
    const ask = () => fetch(address, { method: "POST", body: data, credentials: "same-origin" });
    const response = await ask();
    if (!isLoggedOut(response) || !(await renew())) return response;
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    return ask();
  };

  const send = async (line, chosen) => {
    const input = box(line);
    const sent = input.value;
    const data = new FormData();
    const key = input.name.slice("time-".length);
    ["csrfmiddlewaretoken", "part", "reason"].forEach((name) => data.set(name, form.elements[name].value));
    [`time-${key}`, `was-${key}`, `seen-${key}`].forEach((name) => data.set(name, form.elements[name].value));
    if (chosen) data.set(`as-${key}`, chosen);
    line.classList.add("is-busy");
    let fault = form.dataset.lost;
    try {
      const response = await post(input.dataset.time, data);
      if (isLoggedOut(response)) fault = form.dataset.loggedOut;
      if (response.redirected || ![200, 422].includes(response.status)) throw new Error(String(response.status));
      const table = document.createElement("table");
      table.innerHTML = await response.text();
      const fresh = table.querySelector(".line");
      const isHere = document.activeElement === input;
      if (input.value !== sent) box(fresh).value = input.value; // written on meanwhile
      line.replaceWith(fresh);
      if (isHere) box(fresh).focus();
      told.textContent = `${fresh.dataset.name}: ${fresh.querySelector(".line-said").textContent.trim()}`;
      return fresh;
    } catch {
      line.classList.remove("is-busy");
      line.classList.add("line-wrong");
      told.textContent = fault;
      line.querySelector(".line-said").textContent = fault;
      return line;
    }
  };

  // Whether nothing is half written where the typist is now.
  const isFree = () => {
    const here = document.activeElement;
    const line = here?.closest?.(".line");
    if (here === search) return search.value === "";
    return !line || here !== box(line) || here.value === value(line, "was");
  };

  // Goes on at once, for fast fingers; and back to a line that asks something, unless something is being written.
  const waiting = new Map();
  const save = (id, chosen) => {
    const byFinder = found;
    const before = waiting.get(id) || Promise.resolve();
    const mine = before.then(async () => {
      const fresh = await send(document.getElementById(id), chosen);
      if (fresh.matches(".line-ask, .line-wrong, .line-meanwhile") && isFree()) {
        focus(fresh.querySelector("[data-as]") || box(fresh));
        found = byFinder;
      }
    });
    waiting.set(id, mine);
  };

  form.addEventListener("keydown", (event) => {
    const line = event.target.closest(".line");
    if (!line || event.isComposing) return;
    if (event.key === "Enter" && event.target === box(line)) {
      event.preventDefault();
      const stays = box(line).value === value(line, "was") && !line.matches(".line-wrong, .line-meanwhile, .line-ask");
      if (!stays) save(line.id);
      goOn(line);
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && event.target === box(line)) {
      const all = lines();
      const other = all[all.indexOf(line) + (event.key === "ArrowDown" ? 1 : -1)];
      event.preventDefault();
      if (other) focus(box(other));
    } else if (event.key === "Escape") {
      box(line).value = value(line, "was");
      focus(box(line));
    }
  });

  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-as]");
    if (!button) return;
    event.preventDefault();
    const line = button.closest(".line");
    save(line.id, button.value);
    goOn(line);
  });

  if (!document.getElementById("errors")) (search.value ? box(lines()[0]) : search).focus({ preventScroll: true });
}
