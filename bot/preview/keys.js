// What Discord does with the keyboard and simcord's page does not.
const composer = document.getElementById("channel-composer");
const line = document.getElementById("channel-composer-input");

function field() { return document.activeElement.closest(".command-option-input"); }
function fields() { return [...composer.querySelectorAll(".command-option-input")]; }
function suggestions() { return [...composer.querySelectorAll(".command-suggestion")]; }
function idle() {
  return document.activeElement === document.body && !document.querySelector("[role=dialog]");
}
function swallow(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}
function isLetter({ key, ctrlKey, metaKey, altKey }) { return key.length === 1 && !ctrlKey && !metaKey && !altKey; }

// While it still asks the bot for something, simcord's page drops what is sent; here that waits until it can be heard.
function busy() {
  const { pendingAction, awaitingRevision, publishedRevision } = window.simcordPreview;
  return pendingAction !== null || (awaitingRevision !== null && awaitingRevision > publishedRevision);
}
function postpone(event, again) {
  if (!busy()) return;
  swallow(event);
  const timer = setInterval(() => {
    if (busy()) return;
    clearInterval(timer);
    again();
  }, 30);
}
document.addEventListener("submit", (event) => {
  const isModal = event.target.matches(".modal-dialog"); // which is drawn anew when an answer comes
  postpone(event, () => (isModal ? document.querySelector(".modal-dialog") : event.target)?.requestSubmit());
}, true);
composer.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  const again = () => document.activeElement.dispatchEvent(
    new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }),
  );
  postpone(event, again);
}, true);

// Suggestions come as soon as a field has the focus, not with the first key.
document.addEventListener("focusin", ({ target }) => {
  const asks = target instanceof HTMLInputElement && target.matches(".command-option-input[role=combobox]");
  if (asks && target.value === "") target.dispatchEvent(new Event("input", { bubbles: true }));
});

// "/position" and a space is as good as choosing it from the list.
composer.addEventListener("input", ({ target }) => {
  if (target !== line || !/^\/.*\S $/.test(line.value)) return;
  const typed = line.value.slice(1).trim();
  const named = (entry) => entry.dataset.entryKey?.split(":")[1].replaceAll(".", " ") === typed;
  [...composer.querySelectorAll(".command-entry")].find(named)?.click();
});

// A list of roles, members or channels lags behind quick fingers; its first entry is taken only if it is what was typed.
document.addEventListener("keydown", (event) => {
  const typed = field()?.value.replace(/^[@#]/, "").toLowerCase();
  if (!["Enter", "Tab"].includes(event.key) || event.shiftKey || !typed) return;
  const listed = suggestions().filter((each) => each.matches(".command-entity-suggestion"));
  const fits = (each) => each.textContent.toLowerCase().includes(typed) || each.dataset.value === typed;
  if (!listed.length || listed.some((each) => each.ariaSelected === "true" && fits(each))) return;
  swallow(event);
  listed.find(fits)?.click();
}, true);

// Tab takes the marked suggestion; without one it goes to the next field, and from the last to the other options.
composer.addEventListener("keydown", (event) => {
  if (event.key !== "Tab" || event.shiftKey || !field()) return;
  event.preventDefault();
  const marked = composer.querySelector(".command-suggestion[aria-selected=true]");
  const next = fields()[fields().indexOf(field()) + 1] ?? composer.querySelector(".command-chip");
  if (marked) marked.click(); else next.focus();
});

// A field whose suggestion was taken is done: what is typed next names another option, and Enter sends.
let answered = null; // the option of the field from which a suggestion is being taken
document.addEventListener("click", ({ target }) => {
  answered = target.closest(".command-suggestion") ? field()?.dataset.option : null;
}, true);
document.addEventListener("click", () => {
  if (answered && field()?.dataset.option === answered) composer.querySelector(".command-chip").focus();
});

// The name of an option that is not there yet finds it; a colon, Tab or Enter takes it.
let sought = "";
function seek(event) {
  const ghost = composer.querySelector(".command-ghost");
  const free = idle() || document.activeElement.matches(".command-row button");
  if (!ghost || !free || !(isLetter(event) || ["Tab", "Enter"].includes(event.key))) { sought = ""; return; }
  if (sought && [":", "Tab", "Enter"].includes(event.key)) {
    swallow(event);
    sought = "";
    suggestions().find((each) => !each.hidden)?.click();
  } else if (/^[\w-]$/.test(event.key)) {
    swallow(event);
    if (!sought) ghost.click();
    sought += event.key;
    for (const each of suggestions()) each.hidden = !each.dataset.value.startsWith(sought);
  }
}
document.addEventListener("keydown", seek, true);

// A suggestion that is spelt as it was typed stays marked after it was taken; Enter then sends instead of taking it again.
const taken = new Map();
let left = null; // the option in whose field the key was pressed
document.addEventListener("keydown", (event) => {
  left = ["Enter", "Tab"].includes(event.key) ? field()?.dataset.option : null;
  if (event.key !== "Enter" || !left || taken.get(left) !== field().value) return;
  swallow(event);
  composer.requestSubmit();
}, true);
window.addEventListener("keydown", () => { // last of all: simcord has put the choice into the field
  const input = left && composer.querySelector(`.command-option-input[data-option="${left}"]`);
  if (input) taken.set(left, input.value);
});
document.addEventListener("submit", () => taken.clear(), true);

// Picking a suggestion or a file leaves the focus on it or nowhere; Enter still sends, and typing goes on in the line.
const FILLED = ".command-mention, .command-file-choose:has(~ .command-file-remove)";
document.addEventListener("keydown", (event) => {
  const command = composer.querySelector(".command-row");
  if (event.defaultPrevented) return; // it took a suggestion
  if (event.key === "Enter" && command && (idle() || document.activeElement.matches(FILLED))) {
    event.preventDefault();
    composer.requestSubmit();
  } else if (isLetter(event) && idle() && !command) line.focus();
});
