// A runner dragged to another place in the start list. Without scripts the arrows beside each runner do the same, and
// a place or a time may be typed.
const list = document.querySelector("[data-move]");
const form = list && document.getElementById(list.dataset.move);
const rows = list ? [...list.querySelectorAll("tr[data-place]")] : [];
let held = null;

const target = (event) => event.target.closest("tr[data-place]");
const isBelow = (row, event) => {
  const box = row.getBoundingClientRect();
  return event.clientY > box.top + box.height / 2;
};
const clear = () => rows.forEach((row) => row.classList.remove("above", "below"));

rows.forEach((row) => {
  row.draggable = true;
  row.addEventListener("dragstart", (event) => {
    held = row;
    row.classList.add("in-hand");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", row.querySelector("th").textContent.trim());
  });
  row.addEventListener("dragend", () => {
    row.classList.remove("in-hand");
    clear();
    held = null;
  });
  row.addEventListener("dragover", (event) => {
    if (!held || target(event) === held) return;
    event.preventDefault();
    clear();
    row.classList.add(isBelow(row, event) ? "below" : "above");
  });
  row.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!held || row === held) return;
    const from = Number(held.dataset.place);
    let to = Number(row.dataset.place) + (isBelow(row, event) ? 1 : 0);
    if (from < to) to -= 1; // the row leaves its own place first
    form.elements.guest.value = held.dataset.guest;
    form.elements.place.value = to;
    form.requestSubmit();
  });
});
