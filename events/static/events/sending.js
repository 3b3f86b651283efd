// Live counts while an organiser chooses whom to write to, and a sending's progress. Without scripts a button counts,
// and a link looks again.

const read = async (url) => {
  const response = await fetch(url, { headers: { "X-Requested-With": "fetch" }, credentials: "same-origin" });
  if (!response.ok || response.redirected) throw new Error(String(response.status));
  return new DOMParser().parseFromString(await response.text(), "text/html");
};

// Whom: each change counts anew. The choices keep their place, only the numbers behind them change.
document.querySelectorAll("form[data-live]").forEach((form) => {
  const target = () => document.getElementById(form.dataset.live);
  let latest = 0;
  let timer;
  const recount = async () => {
    const mine = ++latest;
    const url = `${location.pathname}?${new URLSearchParams(new FormData(form))}`;
    let page;
    try {
      page = await read(url);
    } catch {
      return;
    }
    const fresh = page.getElementById(form.dataset.live);
    if (mine !== latest || !fresh) return;
    const at = target().querySelector("[name=at]");
    const when = target().querySelector("[name=when]:checked");
    target().innerHTML = fresh.innerHTML;
    if (at?.value) target().querySelector("[name=at]")?.setAttribute("value", at.value);
    if (when) target().querySelector(`[name=when][value=${when.value}]`)?.click();
    page.querySelectorAll(`#${form.id} select`).forEach((select) => {
      const mineToo = form.elements[select.name];
      [...select.options].forEach((option, index) => {
        if (mineToo?.options?.[index]) mineToo.options[index].textContent = option.textContent;
      });
    });
    history.replaceState(null, "", url);
  };
  form.addEventListener("input", (event) => {
    if (event.target.hasAttribute("data-leave-out")) return;
    clearTimeout(timer);
    timer = setTimeout(recount, event.target.tagName === "INPUT" ? 350 : 0);
  });
});

// Choosing a moment means "later".
document.addEventListener("input", (event) => {
  if (event.target.name === "at") event.target.form?.querySelector("[name=when][value=later]")?.click();
});

// Progress: soon at first, then less and less often, and only while somebody looks.
document.querySelectorAll("[data-poll]").forEach((place) => {
  let pause = 2000;
  const look = async () => {
    if (!place.querySelector("[data-busy]")) return;
    if (!document.hidden && !place.contains(document.activeElement)) {
      try {
        const page = await read(place.dataset.poll);
        const fresh = page.getElementById("progress");
        if (fresh) place.replaceChildren(fresh);
      } catch {
        pause = 15000;
      }
    }
    pause = Math.min(pause * 1.2, 15000);
    setTimeout(look, pause);
  };
  setTimeout(look, pause);
});
