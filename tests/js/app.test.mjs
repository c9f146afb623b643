import assert from "node:assert/strict";
import { test } from "node:test";
import { mayGo } from "../../src/enishi/core/static/enishi/js/sending.js";
import { waitUntil } from "../../src/enishi/core/static/enishi/js/waiting.js";
import { zoneFor } from "../../src/enishi/core/static/enishi/js/zone.js";

test("a form goes once, and again after a pause", () => {
  const state = {};
  assert.equal(mayGo(state, 1000), true);
  assert.equal(mayGo(state, 1200), false);
  assert.equal(mayGo(state, 8999), false);
  assert.equal(mayGo(state, 9001), true);
});

test("an empty field takes the browser's zone", () => {
  assert.equal(zoneFor("", "Europe/Amsterdam", null), "Europe/Amsterdam");
  assert.equal(zoneFor("", "Europe/Amsterdam", [["Asia/Tokyo", []], ["Europe/Amsterdam", []]]), "Europe/Amsterdam");
  assert.equal(zoneFor("", "Asia/Calcutta", [["", [""]], ["Asia/Kolkata", ["Asia/Calcutta"]]]), "Asia/Kolkata");
});

test("a zone that someone chose stays, and an unknown one is not put in", () => {
  assert.equal(zoneFor("Asia/Tokyo", "Europe/Amsterdam", null), "");
  assert.equal(zoneFor("", "Mars/Olympus", [["Asia/Tokyo", ["Japan"]]]), "");
  assert.equal(zoneFor("", undefined, null), "");
});

test("a page waits for an instant to come, and not for one that is past or far away", () => {
  const now = Date.parse("2026-12-10T08:49:00Z");
  assert.equal(waitUntil("2026-12-10T17:50:00+09:00", now), 61000);
  assert.equal(waitUntil("2026-12-10T17:48:00+09:00", now), null);
  assert.equal(waitUntil("2026-12-12T17:50:00+09:00", now), null);
  assert.equal(waitUntil("", now), null);
});
