// The bot's commands for a message: right-click it, or press "⋯" beside it. simcord's page has no such menu.
const list = document.getElementById("channel-message-list");
const address = new URL("apps", import.meta.url);
const headers = { "X-Simcord-Capability": location.hash.slice(1), "Content-Type": "application/json" };
let menu = null;

function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function close() {
  menu?.remove();
  menu = null;
}

async function use(message, command) {
  close();
  document.dispatchEvent(new Event("app-used"));
  const body = JSON.stringify({ context: window.simcordPreview.contextId, message, command });
  const response = await fetch(address, { method: "POST", headers, body });
  if (!response.ok) window.parent.dispatchEvent(new Event("refused"));
}

function entry(message, command) {
  const button = element("button", { type: "button", role: "menuitem", textContent: command });
  button.addEventListener("click", () => use(message, command));
  return button;
}

async function open(message, x, y) {
  const commands = await (await fetch(address, { headers })).json();
  close();
  const entries = commands.map((command) => entry(message, command));
  const none = element("p", { textContent: "The bot has no commands for messages here." });
  const title = element("h2", { textContent: "Apps" });
  menu = element("div", { className: "apps-menu", role: "menu", ariaLabel: "Apps" }, title, ...(entries.length ? entries : [none]));
  document.body.append(menu);
  menu.style.left = `${Math.max(8, Math.min(x, innerWidth - menu.offsetWidth - 8))}px`;
  menu.style.top = `${Math.max(8, Math.min(y, innerHeight - menu.offsetHeight - 8))}px`;
  entries[0]?.focus();
}

function opener(message) {
  const label = "Apps for this message";
  const button = element("button", { type: "button", className: "message-action-button message-apps", title: label, ariaLabel: label, textContent: "⋯" });
  button.addEventListener("click", () => {
    const { left, bottom } = button.getBoundingClientRect();
    open(message, left, bottom + 4);
  });
  return button;
}

// A message that changes is drawn anew, without what was added here.
function addOpeners() {
  for (const message of list.querySelectorAll(".channel-message:not(:has(.message-apps))")) {
    const bar = message.querySelector(".message-context-actions") ?? element("div", { className: "message-context-actions" });
    bar.append(opener(message.dataset.messageId));
    message.append(bar);
  }
}

function step(event) {
  const entries = [...menu.querySelectorAll("button")];
  const to = entries.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
  event.preventDefault();
  entries.at(to % entries.length)?.focus();
}

new MutationObserver(addOpeners).observe(list, { childList: true, subtree: true });
addOpeners();
list.addEventListener("contextmenu", (event) => {
  const message = event.target.closest(".channel-message");
  if (!message) return;
  event.preventDefault();
  open(message.dataset.messageId, event.clientX, event.clientY);
});
document.addEventListener("pointerdown", ({ target }) => { if (!target.closest(".apps-menu")) close(); });
document.addEventListener("keydown", (event) => {
  if (menu && event.key === "Escape") close();
  else if (menu && ["ArrowDown", "ArrowUp"].includes(event.key)) step(event);
});
