/* What a post or a farm records: kept on this device, in strict order, until the house says it has it. */
const KINDS = { POST: ["ENTRY", "EXIT"], FARM: ["FARM_IN", "FARM_OUT", "EMPLOYER_CHANGE", "HEALTH"] }, AT_ONCE = 1000;
let me = null, waiting = 0, refusedHere = 0, note = null, told = null;
const kept = new Promise((good, bad) => {
  const asked = indexedDB.open("cauce-post", 1);
  asked.onupgradeneeded = () => { asked.result.createObjectStore("me"); asked.result.createObjectStore("events", { keyPath: "counter" }); };
  asked.onsuccess = () => good(asked.result); asked.onerror = () => bad(asked.error);
});
async function within(mode, work) {
  const held = (await kept).transaction(["me", "events"], mode, { durability: "strict" });
  const found = work(held.objectStore("me"), held.objectStore("events"));
  return new Promise((good, bad) => { held.oncomplete = () => good(found.value); held.onerror = held.onabort = () => bad(held.error); });
}
const reading = (request, then) => { const found = {}; request.onsuccess = () => { found.value = then ? then(request.result) : request.result; }; return found; };
/* The count and the event are kept together: whatever is cut, no count is used twice. */
function keep(kind) {
  const event = { card: last.card.token, kind, recorded_at: new Date().toISOString() };
  if (kind === "EMPLOYER_CHANGE") event.employer = me.employer;
  else if (kind !== "HEALTH") event.place = me.place;
  if (kind === "FARM_IN") event.employer = me.employer;
  return within("readwrite", (mine, events) => reading(mine.get("me"), (now) => {
    now.next += 1; event.counter = now.next; mine.put(now, "me"); events.add(event);
  }));
}
async function count() {
  const all = await within("readonly", (_, events) => reading(events.getAll()));
  refusedHere = all.filter((one) => one.why).length; waiting = all.length - refusedHere;
}
async function ask_house(path, body) {
  const asked = await fetch(given.door + path, { method: body ? "POST" : "GET", body, headers: { Authorization: "Bearer " + me.key, "Content-Type": "application/json" }, credentials: "omit", cache: "no-store" });
  const answer = await asked.json();
  if (!asked.ok) throw new Error(answer.error || asked.status);
  return answer;
}
async function fetch_state() {
  const state = await ask_house("/devices/v1/state");
  if (me.id && me.id !== state.device.id) throw new Error("another_device");
  me = { ...me, ...state.device, lists: state.lists, next: Math.max(me.next || 0, state.upto) };
  for (const list of state.lists) await take(list);
  await within("readwrite", (mine) => reading(mine.get("me"), (now) => { me.next = Math.max(me.next, now ? now.next : 0); mine.put(me, "me"); }));
  return Math.abs(Date.parse(state.now) - Date.now()) > 600000;
}
async function send_all() {
  let done = 0;
  for (;;) {
    const all = (await within("readonly", (_, events) => reading(events.getAll()))).filter((one) => !one.why).slice(0, AT_ONCE);
    if (!all.length) return done;
    const receipt = await ask_house("/devices/v1/events", JSON.stringify({ cauce_events: 1, device: me.id, sent_at: new Date().toISOString(), events: all }));
    const refused = new Map(receipt.refused);
    await within("readwrite", (_, events) => { for (const one of all) if (refused.has(one.counter)) events.put({ ...one, why: refused.get(one.counter) }); else events.delete(one.counter); return {}; });
    done += all.length - refused.size;
  }
}
async function go(work) {
  $("send").disabled = true;
  try { told = await work(); } catch (error) { told = { key_unknown: "nokey", another_device: "otherkey" }[error.message] ? [{ key_unknown: "nokey", another_device: "otherkey" }[error.message]] : ["nonet"]; }
  await count(); $("send").disabled = false; shown();
}
function shown() {
  const enrolled = me && me.id;
  $("enrol").hidden = !!enrolled;
  $("who").textContent = say(enrolled ? "who" : "nobody", enrolled ? { name: me.name, place: me.place } : {});
  $("send").hidden = !enrolled;
  $("queue").textContent = (enrolled ? say("queue", { count: waiting }) : "") + (refusedHere ? " " + say("refusedhere", { count: refusedHere }) : "");
  $("sent").textContent = told ? say(...told) : "";
  $("recorded").textContent = note ? say("recorded", { kind: say("do_" + note) }) : "";
}
function answered() {
  const may = me && me.id && last && (last.verdict === "VALID" || last.verdict === "CLOCK");
  note = null; shown();
  $("kinds").hidden = !may;
  $("kinds").replaceChildren(...(may ? KINDS[me.kind] : []).map((kind) => {
    const button = document.createElement("button");
    button.type = "button"; button.id = "do-" + kind; button.textContent = say("do_" + kind);
    button.addEventListener("click", async () => {
      for (const one of $("kinds").children) one.disabled = true;
      await keep(kind); note = kind; await count(); shown();
    }, { once: true });
    return button;
  }));
}
$("enrol").addEventListener("submit", (event) => { event.preventDefault(); me = { key: $("key").value.trim() }; go(async () => { try { const wrong = await fetch_state(); $("key").value = ""; return [wrong ? "clock" : "enrolled"]; } catch (error) { me = null; throw error; } }); });
$("send").addEventListener("click", () => go(async () => { const done = await send_all(); return (await fetch_state()) ? ["clock"] : ["sentall", { count: done }]; }));
(async () => {
  me = (await within("readonly", (mine) => reading(mine.get("me")))) || null;
  if (me && me.lists) for (const list of me.lists) await take(list);
  if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => {});
  await count(); shown(); document.documentElement.dataset.recorder = "yes";
})();
