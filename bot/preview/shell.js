// The shell around the channel frames. All text goes in as textContent; the server's data never becomes markup.
const $ = (id) => document.getElementById(id);
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
const places = await (await fetch("places.json")).json();
const frames = new Map();
const seen = new Map();
let person = places.people[0].key;
let channel = places.channels[0].key;
let settled = null;
let silence = 0;
let missed = 0;

const place = (key = channel) => `${person}/${key}`;
const visible = (key) => place(key) in places.frames;

function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function picture(key) {
  return element("img", { src: `pictures/${key}.png`, alt: "" });
}

function channelButton({ key, topic }) {
  const direct = key === "direct";
  const mark = direct ? picture("parley") : element("span", { className: "mark", textContent: "#" });
  const button = element("button", { type: "button", title: topic }, mark, direct ? places.bot : key);
  button.dataset.channel = key;
  button.addEventListener("click", () => show(key));
  return element("li", {}, button);
}

function personButton({ key, name, note }) {
  const words = element("span", {}, element("b", { textContent: name }), element("small", { textContent: note }));
  const button = element("button", { type: "button" }, picture(key), words);
  button.setAttribute("role", "radio");
  button.dataset.person = key;
  button.addEventListener("click", () => become(key));
  return button;
}

function frame() {
  const key = place();
  if (!frames.has(key)) {
    const src = `frame/${key}?zone=${encodeURIComponent(zone)}#${places.frames[key]}`;
    const made = element("iframe", { src, title: `#${channel}` });
    made.addEventListener("load", () => made.contentWindow.focus());
    frames.set(key, $("stage").appendChild(made));
  }
  return frames.get(key);
}

function show(key) {
  channel = key;
  const current = frame();
  for (const other of frames.values()) other.classList.toggle("shown", other === current);
  if (seen.has(place())) seen.get(place()).unread = false;
  current.contentWindow.focus();
  paint();
}

function become(key) {
  person = key;
  for (const old of frames.values()) old.remove();
  frames.clear();
  show(visible(channel) ? channel : places.channels[0].key);
}

function paint() {
  for (const button of document.querySelectorAll("[data-channel]")) {
    const key = button.dataset.channel;
    button.parentElement.hidden = !visible(key);
    button.setAttribute("aria-current", key === channel ? "page" : "false");
    button.classList.toggle("unread", key !== channel && seen.has(place(key)) && seen.get(place(key)).unread);
  }
  for (const button of document.querySelectorAll("[data-person]")) {
    button.setAttribute("aria-checked", String(button.dataset.person === person));
  }
  $("home").setAttribute("aria-current", String(channel === "direct"));
  $("server").setAttribute("aria-current", String(channel !== "direct"));
}

function note(news) {
  for (const [key, newest] of Object.entries(news)) {
    const before = seen.get(key);
    const fresh = before !== undefined && before.newest !== newest && newest !== "";
    seen.set(key, { newest, unread: key !== place() && (fresh || Boolean(before?.unread)) });
  }
  paint();
}

function toast(text) {
  $("toast").textContent = text;
  $("toast").hidden = false;
  setTimeout(() => { $("toast").hidden = true; }, 6000);
}

// simcord tells what became of the last action; Discord would tell the person who clicked, and gives a bot 3 seconds.
function complain() {
  const last = frames.get(place())?.contentWindow?.simcordPreview?.lastAction;
  if (!last || last.requestId === settled) return;
  const answered = last.acknowledgement !== "unacknowledged" || last.outcomes?.some((outcome) => outcome.messageId);
  const refused = last.rejected || last.settlement === "failed";
  silence = answered || refused ? 0 : silence + 1;
  if (silence > 0 && silence < 3) return;
  if (refused) toast("Discord did not accept that.");
  else if (!answered) toast(`${places.bot} did not respond.`);
  settled = last.requestId;
  silence = 0;
}

async function look() {
  try {
    const response = await fetch("news.json", { cache: "no-store" });
    if (!response.ok) throw new Error(response.statusText);
    note(await response.json());
    missed = 0;
  } catch {
    missed += 1;
  }
  $("ended").hidden = missed < 3;
  complain();
  setTimeout(look, 1000);
}

$("server-name").textContent = places.server;
$("people").append(...places.people.map(personButton));
for (const one of places.channels) $(one.key === "direct" ? "direct" : "channels").append(channelButton(one));
$("home").addEventListener("click", () => show("direct"));
$("server").addEventListener("click", () => show(places.channels[0].key));
show(channel);
look();
