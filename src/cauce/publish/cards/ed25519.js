"use strict";
/* Ed25519 (RFC 8032): by the browser where it can, else by the arithmetic below, checked against it
   by a test. Only verifies: there is no secret here that timing could betray. */
const P = 2n ** 255n - 19n, L = 2n ** 252n + 27742317777372353535851937790883648493n;
const mod = (a) => { const r = a % P; return r < 0n ? r + P : r; };
function power(base, exponent) {
  let result = 1n;
  for (let b = mod(base), e = exponent; e > 0n; e >>= 1n, b = (b * b) % P) if (e & 1n) result = (result * b) % P;
  return result;
}
const D = mod(-121665n * power(121666n, P - 2n)), ROOT = power(2n, (P - 1n) / 4n);
const little = (bytes) => { let n = 0n; for (let i = bytes.length - 1; i >= 0; i--) n = (n << 8n) | BigInt(bytes[i]); return n; };
function point(bytes) {
  const sign = BigInt(bytes[31] >> 7), y = little(bytes) & ((1n << 255n) - 1n);
  if (y >= P) return null;
  const u = mod(y * y - 1n), v = mod(D * y * y + 1n);
  let x = mod(u * power(v, 3n) * power(u * power(v, 7n), (P - 5n) / 8n));
  if (mod(v * x * x) === mod(-u)) x = mod(x * ROOT);
  if (mod(v * x * x) !== u || (x === 0n && sign)) return null;
  if ((x & 1n) !== sign) x = P - x;
  return [x, y, 1n, mod(x * y)];
}
function add(p, q) {
  const a = mod((p[1] - p[0]) * (q[1] - q[0])), b = mod((p[1] + p[0]) * (q[1] + q[0]));
  const c = mod(2n * p[3] * D * q[3]), d = mod(2n * p[2] * q[2]);
  const e = b - a, f = d - c, g = d + c, h = b + a;
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
}
function twice(p) {
  const a = mod(p[0] * p[0]), b = mod(p[1] * p[1]), c = mod(2n * p[2] * p[2]);
  const h = a + b, e = h - mod((p[0] + p[1]) ** 2n), g = a - b, f = c + g;
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
}
const BASE = point(Uint8Array.from({ length: 32 }, (_, i) => (i ? 0x66 : 0x58)));
async function verifyHere(key, signature, message) {
  const A = point(key), s = little(signature.slice(32)), R = point(signature.slice(0, 32));
  if (!A || !R || s >= L) return false;
  const whole = new Uint8Array(64 + message.length);
  whole.set(signature.slice(0, 32)); whole.set(key, 32); whole.set(message, 64);
  const k = little(new Uint8Array(await crypto.subtle.digest("SHA-512", whole))) % L;
  /* s B - k A in one walk over both: it must be R. */
  const minus = [mod(-A[0]), A[1], 1n, mod(-A[3])], both = add(BASE, minus);
  let sum = [0n, 1n, 1n, 0n];
  for (let bit = 252n; bit >= 0n; bit--) {
    sum = twice(sum);
    const one = (s >> bit) & 1n, two = (k >> bit) & 1n;
    if (one || two) sum = add(sum, one ? (two ? both : BASE) : minus);
  }
  return mod(sum[0] - R[0] * sum[2]) === 0n && mod(sum[1] - R[1] * sum[2]) === 0n;
}
let native = null;
async function verify(key, signature, message, here = false) {
  if (!here && native !== false) {
    try {
      const public_ = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
      native = true;
      return await crypto.subtle.verify({ name: "Ed25519" }, public_, signature, message);
    } catch { if (native === null) native = false; else return false; }
  }
  return verifyHere(key, signature, message);
}
