// What Discord does with the keyboard and simcord's page does not.
const composer = document.getElementById("channel-composer");
const line = document.getElementById("channel-composer-input");
const timeline = document.getElementById("channel-timeline");

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

// Tab takes the marked suggestion.
composer.addEventListener("keydown", (event) => {
  const marked = composer.querySelector(".command-suggestion[aria-selected=true]");
  if (event.key !== "Tab" || event.shiftKey || !marked) return;
  event.preventDefault();
  marked.click();
});

// A suggestion that is spelt as it was typed stays marked after it was taken; Enter then sends instead of taking it again.
const taken = new Map();
function field() { return document.activeElement.closest(".command-option-input"); }
document.addEventListener("keydown", (event) => {
  if (!(event.key === "Enter" || event.key === "Tab") || !field()) return;
  const { option } = field().dataset;
  if (event.key === "Enter" && taken.get(option) === field().value) {
    event.preventDefault();
    event.stopImmediatePropagation();
    composer.requestSubmit();
    return;
  }
  setTimeout(() => {
    const input = composer.querySelector(`.command-option-input[data-option="${option}"]`);
    if (input) taken.set(option, input.value);
  }, 50);
}, true);
document.addEventListener("submit", () => taken.clear(), true);

function idle() {
  return document.activeElement === document.body && !document.querySelector("[role=dialog]");
}

// Picking the last suggestion takes the focus away; Enter still sends, and typing goes on in the line.
document.addEventListener("keydown", (event) => {
  const command = composer.querySelector(".command-row");
  const types = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (event.key === "Enter" && idle() && command) {
    event.preventDefault();
    composer.requestSubmit();
  } else if (types && idle() && !command) line.focus();
});

// Who sends or clicks something wants to see the answer: its beginning, where it is taller than the window.
const list = document.querySelector("#channel-message-list");
let shown = 0;
let until = 0;
function expectAnswer() { until = Date.now() + 3000; }
function waitForAnswer() { expectAnswer(); timeline.scrollTop = timeline.scrollHeight; }
function showAnswer() {
  const messages = list.querySelectorAll(".channel-message");
  const isNew = messages.length > shown;
  shown = messages.length;
  if (Date.now() > until || !isNew) return;
  const newest = messages[messages.length - 1];
  const tall = newest.offsetHeight > timeline.clientHeight;
  setTimeout(() => newest.scrollIntoView({ block: tall ? "start" : "end" }), 150);
}
new MutationObserver(showAnswer).observe(list, { childList: true, subtree: true });
document.addEventListener("submit", waitForAnswer, true);
list.addEventListener("click", (event) => { if (event.target.closest("button")) expectAnswer(); }, true);
composer.addEventListener("keydown", (event) => { if (event.key === "Enter") waitForAnswer(); }, true);
