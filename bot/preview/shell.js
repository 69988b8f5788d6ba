// The shell around the channel frames. All text goes in as textContent; the server's data never becomes markup.
// Who one is and where one is stand in the address after the "#", so each tab may be somebody else: #ann/second/review.
const $ = (id) => document.getElementById(id);
const KEPT = 4; // frames that stay alive in the background, so that going back to one is quick
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
const places = await (await fetch("places.json")).json();
const direct = places.direct.key;
const frames = new Map();
const seen = new Map();
const last = new Map(places.servers.map(({ key }) => [key, `${key}/${places.channels[0].key}`]));
let news = {};
let person = places.people[0].key;
let place = last.get(places.servers[0].key);
let server = places.servers[0].key;
let settled = null;
let silence = 0;
let missed = 0;

const mine = () => news[person].places;
const mark = (key) => `${person}/${key}`;
const isUnread = (key) => key !== place && Boolean(seen.get(mark(key))?.unread) && key in mine();
const isIn = (key) => (one) => one.startsWith(`${key}/`);

function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function picture(key) {
  return element("img", { src: `pictures/${key}.png`, alt: "" });
}

function serverButton({ key, name, initials }) {
  const button = element("button", { type: "button", title: name, textContent: initials });
  button.dataset.server = key;
  button.addEventListener("click", () => show(last.get(key)));
  return button;
}

function placeButton(key, topic, icon, words) {
  const button = element("button", { type: "button", title: topic }, icon, words);
  button.dataset.place = key;
  button.addEventListener("click", () => show(key));
  return element("li", {}, button);
}

function channelButtons({ key: server }) {
  const icon = () => element("span", { className: "mark", textContent: "#" });
  return places.channels.map(({ key, topic }) => placeButton(`${server}/${key}`, topic, icon(), key));
}

function personButton({ key, name }) {
  const words = element("span", {}, element("b", { textContent: name }), element("small"));
  const button = element("button", { type: "button" }, picture(key), words);
  button.setAttribute("role", "radio");
  button.dataset.person = key;
  button.addEventListener("click", () => become(key));
  return button;
}

function roleButton(role) {
  const button = element("button", { type: "button", textContent: role });
  button.dataset.role = role;
  button.addEventListener("click", () => give(role, button.ariaPressed !== "true"));
  return button;
}

async function give(role, given) {
  const body = JSON.stringify({ person, server, role, given });
  await fetch("roles", { method: "POST", headers: { "Content-Type": "application/json" }, body });
  await refresh();
}

function forget(key) {
  frames.get(key).remove();
  frames.delete(key);
}

function frame() {
  const made = frames.get(place) ?? $("stage").appendChild(enter());
  frames.delete(place);
  frames.set(place, made); // the oldest one comes first
  if (frames.size > KEPT) forget(frames.keys().next().value);
  return made;
}

function enter() {
  const src = `enter/${person}/${place}?zone=${encodeURIComponent(zone)}`;
  const made = element("iframe", { src, title: place });
  made.addEventListener("load", () => { if (made.classList.contains("shown")) made.contentWindow.focus(); });
  return made;
}

function show(key) {
  place = key;
  if (place !== direct) {
    server = place.split("/")[0];
    last.set(server, place);
  }
  const current = frame();
  for (const other of frames.values()) other.classList.toggle("shown", other === current);
  if (seen.has(mark(place))) seen.get(mark(place)).unread = false;
  history.replaceState(null, "", `#${mark(place)}`);
  current.contentWindow.focus();
  paint();
}

function become(key) {
  person = key;
  [...frames.keys()].forEach(forget);
  show(place in mine() ? place : last.get(server) in mine() ? last.get(server) : `${server}/${places.channels[0].key}`);
}

// The address says who and where; what it does not say, or says wrongly, stays as it is.
function follow() {
  const [who, ...where] = location.hash.slice(1).split("/");
  if (who in news) person = who;
  if (where.join("/") in mine()) place = where.join("/");
  become(person);
}

function paintPlaces() {
  for (const button of document.querySelectorAll("[data-place]")) {
    const { place: key } = button.dataset;
    button.parentElement.hidden = !(key in mine()) || !(key === direct || isIn(server)(key));
    button.setAttribute("aria-current", key === place ? "page" : "false");
    button.classList.toggle("unread", isUnread(key));
  }
  for (const button of document.querySelectorAll("[data-server]")) {
    const { server: key } = button.dataset;
    button.setAttribute("aria-current", String(place !== direct && key === server));
    button.classList.toggle("unread", key !== server && Object.keys(mine()).filter(isIn(key)).some(isUnread));
  }
  $("home").setAttribute("aria-current", String(place === direct));
  $("home").classList.toggle("unread", isUnread(direct));
}

function paintPeople() {
  for (const { key, owner } of places.people) {
    const button = document.querySelector(`[data-person="${key}"]`);
    const titles = [...(owner ? ["Owner"] : []), ...news[key].roles[server]];
    button.setAttribute("aria-checked", String(key === person));
    button.querySelector("small").textContent = titles.join(", ") || "Member";
  }
  for (const button of document.querySelectorAll("[data-role]")) {
    button.ariaPressed = String(news[person].roles[server].includes(button.dataset.role));
  }
}

function paint() {
  const { name } = places.servers.find(({ key }) => key === server);
  $("server-name").textContent = name;
  document.title = `${places.people.find(({ key }) => key === person).name} · ${name}`;
  paintPlaces();
  paintPeople();
}

function note() {
  for (const [who, { places: newest }] of Object.entries(news)) {
    for (const [where, message] of Object.entries(newest)) {
      const key = `${who}/${where}`;
      const before = seen.get(key);
      const fresh = before !== undefined && before.message !== message && message !== "";
      seen.set(key, { message, unread: key !== mark(place) && (fresh || Boolean(before?.unread)) });
    }
  }
}

async function refresh() {
  const response = await fetch("news.json", { cache: "no-store" });
  if (!response.ok) throw new Error(response.statusText);
  news = await response.json();
  note();
}

function toast(text) {
  $("toast").textContent = text;
  $("toast").hidden = false;
  setTimeout(() => { $("toast").hidden = true; }, 6000);
}

// simcord tells what became of the last action; Discord would tell the person who clicked, and gives a bot 3 seconds.
function complain() {
  const last = frames.get(place)?.contentWindow?.simcordPreview?.lastAction;
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
    await refresh();
    missed = 0;
    if (place in mine()) paint();
    else become(person); // a role was taken away, and the channel with it
  } catch {
    missed += 1;
  }
  $("ended").hidden = missed < 3;
  complain();
  setTimeout(look, 1000);
}

$("servers").append(...places.servers.map(serverButton));
$("channels").append(...places.servers.flatMap(channelButtons));
$("direct").append(placeButton(direct, places.direct.topic, picture("parley"), places.bot));
$("people").append(...places.people.map(personButton));
$("roles").append(...places.roles.map(roleButton));
$("home").addEventListener("click", () => show(direct));
addEventListener("hashchange", follow);
addEventListener("refused", () => toast("Discord did not accept that."));
await refresh();
follow();
look();
