// The zone to fill in: the browser's, unless the field holds one already or does not know it.
// `known` is a list of [name, other names of the same zone]; browsers still say Asia/Calcutta for Asia/Kolkata.
export function zoneFor(value, browser, known) {
  if (value || !browser) return "";
  if (!known) return browser;
  const found = known.find(([name, others]) => name === browser || others.includes(browser));
  return found ? found[0] : "";
}
