// The letter editor: the preview follows the typing, placeholders come where one writes, characters are counted.
// Without scripts the preview has a button of its own, and everything else is to be read.
const form = document.getElementById("letter-form");
const fields = ["subject", "preheader", "body"].map((name) => document.getElementById(`id_${name}`));
const body = fields[2];
const stage = document.querySelector(".stage");
const show = document.querySelector("[data-show]");
const WAIT = 450, APART = 700, PAUSE = 20000; // milliseconds: after the last key, between two previews, after too many
const examples = {};
let shownAt = 0, waiting = 0, turn = 0, writtenIn = body, isSaving = false;
const saved = "unsaved" in form.dataset ? null : typed();

function typed() {
  return fields.map((field) => field.value).join("\n");
}

// The frame that is shown is as tall as the letter, so that the letter stays where it was while one types.
function fit(frame) {
  const page = frame.contentDocument;
  if (!page || !page.body) return;
  frame.style.height = "0";
  frame.style.height = `${page.documentElement.scrollHeight}px`;
}

function arrived(frame) {
  fit(frame);
  frame.contentDocument.fonts?.ready.then(() => fit(frame));
  frame.contentDocument.querySelectorAll("[data-example]").forEach((shown) => {
    examples[shown.dataset.example] = shown.textContent;
    const place = document.querySelector(`[data-example-of="${shown.dataset.example}"]`);
    if (place) place.textContent = shown.textContent;
  });
  count();
  if (frame.contentDocument.querySelector("[data-pause]")) refresh(PAUSE);
}

// Each preview has a frame of its own: a form posted into a new frame leaves nothing in the browser's history.
function preview() {
  shownAt = Date.now();
  const before = [...stage.querySelectorAll("iframe")];
  const frame = document.createElement("iframe");
  ["title", "sandbox"].forEach((name) => frame.setAttribute(name, before[0].getAttribute(name)));
  frame.name = `preview-${++turn}`;
  frame.className = "arriving";
  frame.addEventListener("load", () => {
    if (!frame.isConnected || !frame.contentDocument || frame.contentDocument.URL === "about:blank") return;
    before.forEach((old) => old.remove());
    frame.classList.remove("arriving");
    arrived(frame);
  });
  stage.append(frame);
  show.formTarget = frame.name;
  form.requestSubmit(show);
}

function refresh(wait = WAIT) {
  clearTimeout(waiting);
  waiting = setTimeout(preview, Math.max(wait, shownAt + APART - Date.now()));
}

function count() {
  document.querySelectorAll("[data-count]").forEach((line) => {
    const filled = document.getElementById(line.dataset.count).value.replace(/\{(\w+)\}/g, (word, name) => examples[name] ?? word);
    line.querySelector("span").textContent = [...filled].length;
  });
}

// Put in as if it were typed, so that it can be undone like typing.
function put(field, text, from, to) {
  field.focus();
  field.setSelectionRange(from, to);
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text, from, to, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function insert(word, standsAlone) {
  const field = writtenIn, from = field.selectionStart, to = field.selectionEnd;
  let text = word;
  if (field === body && standsAlone) {
    const before = field.value.slice(0, from), after = field.value.slice(to);
    if (before && !before.endsWith("\n\n")) text = (before.endsWith("\n") ? "\n" : "\n\n") + text;
    if (after && !after.startsWith("\n\n")) text += after.startsWith("\n") ? "\n" : "\n\n";
  }
  put(field, text, from, to);
}

function mark(button) {
  const from = body.selectionStart, to = body.selectionEnd, chosen = body.value.slice(from, to);
  if (button.dataset.start) {
    const start = body.value.lastIndexOf("\n", from - 1) + 1;
    const lines = body.value.slice(start, to).split("\n").map((line) => button.dataset.start + line);
    put(body, lines.join("\n"), start, to);
  } else if (button.dataset.mark) {
    const middle = chosen || button.dataset.middle, sign = button.dataset.mark;
    put(body, sign + middle + sign, from, to);
    body.setSelectionRange(from + sign.length, from + sign.length + middle.length);
  } else {
    const middle = chosen || button.dataset.link;
    put(body, `[${middle}](https://)`, from, to);
    body.setSelectionRange(from + middle.length + 11, from + middle.length + 11);
  }
}

document.querySelectorAll("code[data-insert]").forEach((word) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "insert";
  button.textContent = word.dataset.insert;
  button.addEventListener("click", () => insert(word.dataset.insert, "alone" in word.dataset));
  word.replaceWith(button);
});
document.querySelectorAll(".marks").forEach((marks) => {
  marks.hidden = false;
  marks.querySelectorAll("button").forEach((button) => button.addEventListener("click", () => mark(button)));
});
document.querySelectorAll("[data-example-of]").forEach((shown) => {
  examples[shown.dataset.exampleOf] = shown.textContent;
});
fields.forEach((field) => {
  field.addEventListener("focus", () => { writtenIn = field; });
  field.addEventListener("input", () => { count(); refresh(); });
});
document.querySelectorAll('[form="letter-form"]:not([data-show])').forEach((choice) => {
  choice.addEventListener(choice.type === "radio" ? "change" : "input", () => refresh(choice.type === "radio" ? 0 : WAIT));
});
const whom = document.querySelector('[list="guests"]');
whom.addEventListener("focus", () => whom.select());
whom.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault(); // would save the letter
  refresh(0);
});
form.addEventListener("submit", (event) => { isSaving = event.submitter !== show; });
addEventListener("beforeunload", (event) => { if (!isSaving && typed() !== saved) event.preventDefault(); });
addEventListener("resize", () => stage.querySelectorAll("iframe").forEach(fit));

show.hidden = true;
stage.classList.add("measured");
const first = stage.querySelector("iframe");
first.addEventListener("load", () => arrived(first));
if (first.contentDocument?.URL !== "about:blank" && first.contentDocument?.readyState === "complete") arrived(first);

if ("unsaved" in form.dataset) preview();

// What was refused is marked where it stands.
const wrong = document.querySelector("[data-wrong-from]");
if (wrong) {
  wrong.focus();
  wrong.setSelectionRange(Number(wrong.dataset.wrongFrom), Number(wrong.dataset.wrongTo));
}
count();
