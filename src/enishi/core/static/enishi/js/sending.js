// May this form be sent now? A second press within some seconds is the same press.
const PAUSE = 8000;

export function mayGo(state, now) {
  const before = Number(state.sentAt);
  if (state.sentAt !== undefined && now - before < PAUSE) return false;
  state.sentAt = String(now);
  return true;
}
