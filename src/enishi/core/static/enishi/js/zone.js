// The zone to fill in: the browser's, unless the field holds one already or does not know it.
export function zoneFor(value, browser, known) {
  if (value || !browser) return "";
  if (known && !known.includes(browser)) return "";
  return browser;
}
