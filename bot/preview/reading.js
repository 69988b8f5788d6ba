// Where the reader is: at the newest message, or further up.
const NEAR = 60; // pixels from the end that still count as the end
const timeline = document.getElementById("channel-timeline");
const list = document.getElementById("channel-message-list");
const composer = document.getElementById("channel-composer");

// simcord follows new messages from the very last pixel only, and offers "Jump to latest" anywhere above it.
function toTheEnd() { timeline.scrollTop = timeline.scrollHeight; }
timeline.addEventListener("scrollend", () => {
  const below = timeline.scrollHeight - timeline.scrollTop - timeline.clientHeight;
  if (below > 1 && below <= NEAR) toTheEnd();
});

// Who sends or clicks something wants to see the answer: its beginning, where it is taller than the window.
let shown;
let until = 0;
function expectAnswer() { until = Date.now() + 3000; }
function waitForAnswer() {
  expectAnswer();
  toTheEnd();
}
function showAnswer() {
  const newest = [...list.querySelectorAll(".channel-message")].at(-1);
  const isNew = newest && newest.dataset.messageId !== shown;
  shown = newest?.dataset.messageId;
  if (Date.now() > until || !isNew) return;
  setTimeout(() => {
    if (newest.offsetHeight > timeline.clientHeight) newest.scrollIntoView({ block: "start" });
    else toTheEnd();
  }, 150);
}
new MutationObserver(showAnswer).observe(list, { childList: true, subtree: true });
document.addEventListener("submit", waitForAnswer, true);
document.addEventListener("app-used", expectAnswer);
list.addEventListener("click", (event) => { if (event.target.closest("button")) expectAnswer(); }, true);
composer.addEventListener("keydown", (event) => { if (event.key === "Enter") waitForAnswer(); }, true);
