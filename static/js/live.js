/* Live updates. The page holds
 *
 *   <div id="board" data-live="/live/<token>/" data-live-version="7" data-live-state="/…/state/">
 *
 * The stream sends what changed: elements with ids. Each replaces the one with its id, or is appended to the element
 * whose id `data-into` names, or, with `data-gone`, is taken away. After a gap in versions the state is fetched and
 * takes the place of the whole element; where streams are blocked, the state is fetched every few seconds instead.
 * Nothing is replaced around a text field that somebody is typing in. `data-live-status` says how it goes:
 * connecting, live, polling or stopped. A `live:change` event follows every change.
 */
"use strict";

(() => {
  const HELLO_WITHIN = 8000;
  const POLL_EVERY = 5000;
  const TRY_STREAM_AGAIN = 60000;
  const FAILURES_BEFORE_POLLING = 3;
  const HIDDEN_FOR = 30000;
  const JITTER = 600;

  const jitter = (milliseconds) => milliseconds * (0.75 + Math.random() / 2);

  function fieldInUse(within) {
    const field = document.activeElement;
    if (!field || !within.contains(field) || !field.matches("textarea, input, [contenteditable]")) {
      return null;
    }
    if (field.type === "checkbox" || field.type === "radio") {
      return null;
    }
    const typed = field.isContentEditable || field.value !== field.defaultValue;
    return typed ? field : null;
  }

  /* What was typed, and the hidden fields of its form: they say which version it was typed on. */
  function typedValues(within) {
    const fields = [...within.querySelectorAll("textarea[id], input[id]")];
    const typed = fields.filter(
      (field) => field.type !== "hidden" && (field.value !== field.defaultValue || field.checked !== field.defaultChecked),
    );
    const forms = new Set(typed.map((field) => field.form));
    const hidden = fields.filter((field) => field.type === "hidden" && forms.has(field.form));
    return [...typed, ...hidden].map(({ id, value, checked }) => ({ id, value, checked }));
  }

  function putBack(values) {
    for (const { id, value, checked } of values) {
      const field = document.getElementById(id);
      if (field && "value" in field) {
        field.value = value;
        field.checked = checked;
      }
    }
  }

  function replaceKeepingFocus(old, fresh) {
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    const selection = focused && "selectionStart" in focused ? [focused.selectionStart, focused.selectionEnd] : null;
    const values = typedValues(old);
    old.replaceWith(fresh);
    putBack(values);
    const again = focused && focused.id && document.getElementById(focused.id);
    if (again) {
      again.focus({ preventScroll: true });
      if (selection && selection[0] !== null && again.setSelectionRange) {
        again.setSelectionRange(...selection);
      }
    }
    if (window.htmx) {
      window.htmx.process(fresh);
    }
  }

  function elementsOf(html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    return [...template.content.children];
  }

  class Live {
    constructor(id) {
      this.id = id;
      this.failures = 0;
      this.tag = null;
      this.isWaitingForField = false;
      this.timers = {};
      this.connect();
    }

    get root() {
      return document.getElementById(this.id);
    }

    get version() {
      return Number(this.root.dataset.liveVersion);
    }

    set version(number) {
      this.root.dataset.liveVersion = String(number);
    }

    say(status) {
      if (this.root) {
        this.root.dataset.liveStatus = status;
      }
    }

    later(name, milliseconds, what) {
      clearTimeout(this.timers[name]);
      this.timers[name] = setTimeout(what, milliseconds);
    }

    connect() {
      this.disconnect();
      if (!this.root) {
        this.stop();
        return;
      }
      this.say("connecting");
      this.source = new EventSource(this.root.dataset.live);
      this.later("hello", HELLO_WITHIN, () => this.fail());
      this.source.addEventListener("hello", (event) => this.greet(Number(event.lastEventId)));
      for (const kind of ["change", "moved", "stale"]) {
        this.source.addEventListener(kind, (event) => this.receive(kind, Number(event.lastEventId), event.data));
      }
      this.source.addEventListener("error", () => this.trouble());
    }

    disconnect() {
      clearTimeout(this.timers.hello);
      if (this.source) {
        this.source.close();
        this.source = null;
      }
    }

    stop() {
      this.disconnect();
      Object.values(this.timers).forEach(clearTimeout);
      this.say("stopped");
      all.delete(this.id);
    }

    greet(version) {
      clearTimeout(this.timers.hello);
      clearTimeout(this.timers.poll);
      clearTimeout(this.timers.again);
      this.failures = 0;
      this.say("live");
      if (this.root && version !== this.version) {
        this.catchUpSoon();
      }
    }

    trouble() {
      if (this.source && this.source.readyState === EventSource.CLOSED) {
        this.fail();
      }
    }

    /* Refused, or no word in time. The state brings a fresh token; after a few failures it is fetched regularly. */
    async fail() {
      this.disconnect();
      this.failures += 1;
      const isThere = await this.catchUp();
      if (!isThere) {
        return;
      }
      if (this.failures < FAILURES_BEFORE_POLLING) {
        this.later("again", jitter(1000 * (this.failures - 1)), () => this.connect());
      } else {
        this.say("polling");
        this.poll();
        this.later("again", jitter(TRY_STREAM_AGAIN), () => this.connect());
      }
    }

    poll() {
      this.later("poll", jitter(POLL_EVERY), async () => {
        if (await this.catchUp()) {
          this.poll();
        }
      });
    }

    receive(kind, version, html) {
      const root = this.root;
      if (!root) {
        this.stop();
      } else if (version === this.version + 1 && kind === "moved") {
        this.version = version;
      } else if (version === this.version + 1 && kind === "change" && this.apply(html)) {
        this.version = version;
        this.tell();
      } else if (version > this.version) {
        this.catchUpSoon();
      }
    }

    apply(html) {
      return elementsOf(html).every((element) => this.applyOne(element));
    }

    /* False if the element has no place, or the place is in use; then the whole state is fetched. */
    applyOne(element) {
      const old = document.getElementById(element.id);
      if (old && fieldInUse(old)) {
        return false;
      }
      if ("gone" in element.dataset) {
        old?.remove();
      } else if (old) {
        replaceKeepingFocus(old, element);
      } else {
        const place = document.getElementById(element.dataset.into);
        if (!place) {
          return false;
        }
        place.append(element);
        window.htmx?.process(element);
      }
      return true;
    }

    catchUpSoon() {
      this.later("catchUp", Math.random() * JITTER, () => this.catchUp());
    }

    /* Fetches the state. False when there is nothing more to follow. */
    async catchUp() {
      const root = this.root;
      if (!root) {
        this.stop();
        return false;
      }
      const headers = { "X-Live": "state" };
      if (this.tag) {
        headers["If-None-Match"] = this.tag;
      }
      let response;
      try {
        response = await fetch(root.dataset.liveState, { headers, cache: "no-store", credentials: "same-origin" });
      } catch {
        return true;
      }
      if (response.redirected || [401, 403, 404, 410].includes(response.status)) {
        this.stop();
        return false;
      }
      if (response.status === 200) {
        this.takeOver(await response.text(), response.headers.get("ETag"));
      }
      return true;
    }

    takeOver(html, tag) {
      const fresh = elementsOf(html).find((element) => element.id === this.id);
      const root = this.root;
      if (!fresh || !root) {
        return;
      }
      root.dataset.live = fresh.dataset.live;
      if (Number(fresh.dataset.liveVersion) <= this.version) {
        return;
      }
      if (fieldInUse(root)) {
        this.waitForField(root);
        return;
      }
      if (root.querySelector(".htmx-request")) {
        this.later("catchUp", JITTER, () => this.catchUp()); // its answer needs the element that asked
        return;
      }
      const status = root.dataset.liveStatus;
      replaceKeepingFocus(root, fresh);
      this.tag = tag;
      this.say(status);
      this.tell();
    }

    /* Once the person has left the field, or sent or emptied it. */
    waitForField(root) {
      if (this.isWaitingForField) {
        return;
      }
      this.isWaitingForField = true;
      const look = () => {
        if (fieldInUse(root)) {
          return;
        }
        this.isWaitingForField = false;
        root.removeEventListener("focusout", lookSoon);
        root.removeEventListener("input", look);
        this.catchUpSoon();
      };
      const lookSoon = () => setTimeout(look);
      root.addEventListener("focusout", lookSoon);
      root.addEventListener("input", look);
    }

    tell() {
      this.root.dispatchEvent(new CustomEvent("live:change", { bubbles: true, detail: { version: this.version } }));
    }
  }

  const all = new Map();

  function look() {
    for (const root of document.querySelectorAll("[data-live][id]")) {
      if (!all.has(root.id)) {
        all.set(root.id, new Live(root.id));
      }
    }
  }

  /* A hidden page gives its connection back: a browser allows few to one host. */
  let hiddenTimer;
  document.addEventListener("visibilitychange", () => {
    clearTimeout(hiddenTimer);
    if (document.hidden) {
      hiddenTimer = setTimeout(() => all.forEach((live) => live.disconnect()), HIDDEN_FOR);
    } else {
      all.forEach((live) => live.source || live.connect());
    }
  });
  window.addEventListener("pagehide", () => all.forEach((live) => live.disconnect()));
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) {
      all.forEach((live) => live.connect());
    }
  });
  document.addEventListener("htmx:load", look);

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", look);
  } else {
    look();
  }
})();
