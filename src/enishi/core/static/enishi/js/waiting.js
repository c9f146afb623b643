// Milliseconds until an instant and a second more, so that the server is there too; null when it is past or far away.
const FAR = 12 * 60 * 60 * 1000;

export function waitUntil(instant, now) {
  const wait = Date.parse(instant) - now;
  return wait > 0 && wait < FAR ? wait + 1000 : null;
}
