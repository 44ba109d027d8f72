const given = JSON.parse(document.getElementById("given").textContent);
const ring = new Map(given.ring.map((key) => [key.id, key])), lists = new Map(), read = new Map();
const $ = (id) => document.getElementById(id);
const KIND = { VALID: "good", REVOKED: "bad", WITHDRAWN: "bad", FORGED: "bad", EXPIRED: "bad", NOT_YET: "bad" };
let language = (navigator.language || "es").startsWith("en") ? "en" : "es", last = null;
const say = (word, put = {}) => Object.entries(put).reduce((said, [name, value]) => said.replace(`{${name}}`, value), given.words[language][word]);
const day = (count) => new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }).format(EPOCH + count * DAY);
const moment = (at) => new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" }).format(at);
function fill(list, lines) { list.replaceChildren(...lines.map((line) => { const li = document.createElement("li"); li.textContent = line; return li; })); }
function show() {
  if (typeof shown === "function") shown();
  document.documentElement.lang = language;
  document.title = say("title");
  for (const one of document.querySelectorAll("[data-word]")) one.textContent = say(one.dataset.word);
  $("language").textContent = say("other"); $("language").lang = language === "en" ? "es" : "en";
  $("made").textContent = say("made", { at: moment(Date.parse(given.made)) });
  const known = [...new Set(given.ring.map((key) => key.mechanism))];
  fill($("held"), known.map((name) => { const list = lists.get(name); return list ? say("list", { name, number: list.number, at: moment(list.issued), count: list.tokens.size }) : say("nolist", { name }); }));
  if (last) answer();
}
function answer() {
  const { verdict, freshness: fresh, card, key, list, before } = last, facts = [];
  $("answer").className = KIND[verdict] === "good" && fresh !== "FRESH" ? "" : KIND[verdict] || "";
  $("verdict").textContent = say(verdict); $("meaning").textContent = say(verdict + "_is", { today: day(dayOf(Date.now())) });
  if (card) facts.push(say("days", { from: day(card.from), to: day(card.to) }), say("by", { issuer: key[language], name: key.mechanism }), say("token", { token: card.token }));
  if (card && verdict !== "WITHDRAWN") facts.push(say(fresh, list ? { at: moment(list.issued) } : {}));
  if (before) facts.push(say("before", { at: moment(before) }));
  fill($("facts"), facts); $("answer").hidden = false;
  if (typeof answered === "function") answered();
}
async function ask(code) {
  last = await checkCode(code, ring, lists, Date.now());
  if (last.card) { last.before = read.get(last.card.token); read.set(last.card.token, Date.now()); }
  answer();
}
async function take(content) {
  const list = await readList(content, ring);
  if (typeof list === "string") return say(list);
  const held = lists.get(list.mechanism);
  if (held && list.number < held.number) return say("replayed", { number: list.number, held: held.number });
  lists.set(list.mechanism, list);
  return say("taken", { number: list.number, name: list.mechanism });
}
let stream = null;
function stop() { if (stream) for (const track of stream.getTracks()) track.stop(); stream = null; $("video").hidden = true; $("scan").dataset.word = "scan"; show(); }
async function scan() {
  if (stream) return stop();
  try { stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }); } catch { $("nocamera").hidden = false; return undefined; }
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  $("video").srcObject = stream; $("video").hidden = false; await $("video").play(); $("scan").dataset.word = "stop"; show();
  const look = async () => {
    if (!stream) return;
    const [found] = await detector.detect($("video")).catch(() => []);
    if (found) { stop(); $("code").value = found.rawValue.slice(0, 400); await ask(found.rawValue); } else setTimeout(look, 150);
  };
  return look();
}
$("form").addEventListener("submit", (event) => { event.preventDefault(); ask($("code").value); });
$("form").addEventListener("reset", () => { last = null; $("answer").hidden = true; });
$("language").addEventListener("click", () => { language = language === "en" ? "es" : "en"; show(); });
$("file").addEventListener("change", async () => { const file = $("file").files[0]; if (file) { $("loaded").textContent = file.size > 2e6 ? say("badlist") : await take(await file.text()); show(); } });
if ("BarcodeDetector" in window && navigator.mediaDevices) $("scan").addEventListener("click", scan);
else { $("scan").hidden = true; $("nocamera").hidden = false; }
(async () => {
  if (!window.crypto || !crypto.subtle || typeof BigInt === "undefined") { $("form").hidden = true; $("scan").hidden = true; show(); $("loaded").textContent = say("cannot"); return; }
  for (const content of given.lists) { const said = await take(content); if (!lists.size) $("loaded").textContent = said; }
  show(); document.documentElement.dataset.ready = "yes";
})();
