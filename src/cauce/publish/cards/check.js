/* The same laws as registers/cards/{code,revoked,check}.py; a test asks both the same questions. */
const DAY = 86400000, EPOCH = Date.UTC(2020, 0, 1);
const text = (bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
const hex = (digits) => Uint8Array.from(digits.match(/../g) || [], (pair) => parseInt(pair, 16));
const number = (bytes) => bytes.reduce((sum, b) => sum * 256 + b, 0);
function joined(context, body) {
  const whole = new Uint8Array(context.length + 1 + body.length);
  whole.set(new TextEncoder().encode(context)); whole.set(body, context.length + 1);
  return whole;
}
function sumOf(bytes) {
  let crc = 0xffff;
  for (const b of bytes) {
    crc ^= b << 8;
    for (let i = 0; i < 8; i++) crc = ((crc << 1) ^ (crc & 0x8000 ? 0x1021 : 0)) & 0xffff;
  }
  return crc;
}
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
function bytesOf(kept) {
  const out = [];
  let held = 0, bits = 0;
  for (const letter of kept) {
    const value = LETTERS.indexOf(letter);
    if (value < 0) return null;
    held = ((held << 5) | value) & 0xfff; bits += 5;
    if (bits >= 8) { bits -= 8; out.push((held >> bits) & 255); held &= (1 << bits) - 1; }
  }
  return held || bits > 4 ? null : Uint8Array.from(out);
}
function readCode(given) {
  if (given.length > 400) return null;
  const kept = given.replace(/[\s-]/g, "");
  if (!/^[\x21-\x7e]*$/.test(kept) || kept.slice(0, 7).toUpperCase() !== "CAUCE1:") return null;
  const whole = bytesOf(kept.slice(7).toUpperCase());
  if (!whole || whole.length !== 83 || whole[0] !== 1) return null;
  if (sumOf(whole.slice(0, 81)) !== number(whole.slice(81))) return null;
  const card = { key: text(whole.slice(1, 5)), token: text(whole.slice(5, 13)), from: number(whole.slice(13, 15)), to: number(whole.slice(15, 17)) };
  return card.to < card.from ? null : { card, body: whole.slice(0, 17), signature: whole.slice(17, 81) };
}
async function readList(content, ring, here) {
  const [mark, rest = ""] = content.trim().split(" ");
  let whole;
  try { whole = mark === "CAUCE-REVOKED-1" ? Uint8Array.from(atob(rest), (c) => c.charCodeAt(0)) : new Uint8Array(0); } catch { return "badlist"; }
  const body = whole.slice(0, -64), count = number(body.slice(14, 18));
  if (body.length < 18 || body.length !== 18 + 8 * count || body[0] !== 1) return "badlist";
  const key = ring.get(text(body.slice(1, 5)));
  if (!key || key.withdrawn) return "badkey";
  if (!(await verify(hex(key.public), whole.slice(-64), joined("cauce.revoked.1", body), here))) return "altered";
  const tokens = new Set();
  for (let at = 18; at < body.length; at += 8) tokens.add(text(body.slice(at, at + 8)));
  return { mechanism: key.mechanism, number: number(body.slice(5, 9)), issued: number(body.slice(9, 13)) * 1000, fresh: body[13], tokens };
}
/* now: milliseconds since 1970; today: the day of the place, counted as in the code. */
const dayOf = (now) => Math.floor((now - new Date(now).getTimezoneOffset() * 60000 - EPOCH) / DAY);
const freshness = (list, now) => (!list ? "NONE" : now - list.issued <= list.fresh * DAY ? "FRESH" : "OLD");
function byDate(card, list, now) {
  const today = dayOf(now);
  if (list && list.issued - now > DAY) return "CLOCK";
  if (card.from <= today && today <= card.to) return "VALID";
  if (card.from - 1 <= today && today <= card.to + 1) return "CLOCK";
  if (today < card.from) return "NOT_YET";
  const signed = list ? Math.floor((list.issued - EPOCH) / DAY) : -1;
  return freshness(list, now) === "OLD" && card.from <= signed && signed <= card.to ? "CLOCK" : "EXPIRED";
}
async function checkCode(given, ring, lists, now, here = false) {
  const found = readCode(given);
  if (!found) return { verdict: "UNREADABLE", freshness: "NONE" };
  const key = ring.get(found.card.key);
  if (!key) return { verdict: "UNKNOWN_KEY", freshness: "NONE" };
  if (!(await verify(hex(key.public), found.signature, joined("cauce.card.1", found.body), here))) return { verdict: "FORGED", freshness: "NONE" };
  if (key.withdrawn) return { verdict: "WITHDRAWN", freshness: "NONE", card: found.card, key };
  const list = lists.get(key.mechanism);
  const verdict = list && list.tokens.has(found.card.token) ? "REVOKED" : byDate(found.card, list, now);
  return { verdict, freshness: freshness(list, now), card: found.card, key, list };
}
