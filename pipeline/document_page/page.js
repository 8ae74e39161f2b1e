"use strict";
(() => {
  const card = document.getElementById("card");
  const only = document.getElementById("only-doubtful");
  const places = [...document.querySelectorAll("[data-m]")];
  const items = new Map([...document.querySelectorAll("[data-of]")].map((item) => [item.dataset.of, item]));
  const off = new Set();
  let pinned = null;

  const idsOf = (place) => place.dataset.m.split(" ").filter((id) => !items.get(id).classList.contains("off"));

  function light(ids) {
    for (const place of places) place.classList.toggle("on", place.dataset.m.split(" ").some((id) => ids.includes(id)));
    for (const [id, item] of items) item.classList.toggle("on", ids.includes(id));
  }

  function show(place) {
    const ids = idsOf(place);
    if (!ids.length) return;
    light(ids);
    card.replaceChildren();
    for (const id of ids) {
      const item = items.get(id);
      const kind = document.createElement("p");
      kind.className = "kind";
      kind.textContent = item.closest("details").querySelector("summary").firstChild.textContent.trim();
      card.append(kind, ...[...item.children].map((child) => child.cloneNode(true)));
    }
    card.hidden = false;
    const at = place.getClientRects()[0] || place.getBoundingClientRect();
    const below = at.bottom + 8 + card.offsetHeight < innerHeight;
    card.style.top = `${Math.max(8, below ? at.bottom + 8 : at.top - card.offsetHeight - 8)}px`;
    card.style.left = `${Math.max(8, Math.min(at.left, innerWidth - card.offsetWidth - 16))}px`;
  }

  function hide() {
    pinned = null;
    card.hidden = true;
    light([]);
  }

  function open(item) {
    const list = item.closest("details");
    list.open = true;
    item.scrollIntoView({ block: "nearest" });
  }

  for (const place of places) {
    place.addEventListener("mouseenter", () => pinned || show(place));
    place.addEventListener("mouseleave", () => pinned || hide());
    place.addEventListener("focus", () => show(place));
    place.addEventListener("blur", () => pinned || hide());
    place.addEventListener("click", (event) => {
      event.stopPropagation();
      pinned = place;
      show(place);
      const [first] = idsOf(place);
      if (first) open(items.get(first));
    });
  }
  for (const [id, item] of items) {
    item.addEventListener("mouseenter", () => pinned || light([id]));
    item.addEventListener("mouseleave", () => pinned || light([]));
    const link = item.querySelector(".name a");
    if (link) link.addEventListener("click", (event) => {
      const place = visible().find((p) => p.dataset.m.split(" ").includes(id));
      if (!place) return;
      event.preventDefault();
      goTo(place);
    });
  }
  card.addEventListener("click", (event) => event.stopPropagation());
  document.addEventListener("click", hide);
  addEventListener("scroll", () => { if (pinned && !card.hidden) show(pinned); }, { passive: true });

  function visible() {
    return places.filter((place) => place.hasAttribute("tabindex") && place.getClientRects().length && idsOf(place).length);
  }

  function goTo(place) {
    place.scrollIntoView({ block: "center" });
    pinned = place;
    place.focus({ preventScroll: true });
    show(place);
  }

  document.addEventListener("keydown", (event) => {
    if (event.target.matches("input") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") return hide();
    if (event.key === "Enter" && event.target.dataset.m) return event.target.dispatchEvent(new MouseEvent("click"));
    const step = { j: 1, k: -1 }[event.key];
    if (!step) return;
    const all = visible();
    if (!all.length) return;
    const at = all.indexOf(document.activeElement);
    goTo(all[at < 0 ? (step > 0 ? 0 : all.length - 1) : (at + step + all.length) % all.length]);
  });

  function sift() {
    for (const item of items.values()) {
      item.classList.toggle("off", off.has(item.dataset.kind) || (only.checked && !("doubtful" in item.dataset)));
    }
    for (const place of places) {
      const ids = place.dataset.m.split(" ");
      place.classList.toggle("off", ids.every((id) => items.get(id).classList.contains("off")));
      for (const kind of ["citation", "deadline", "signatory", "recipient", "header", "finding"]) {
        place.classList.toggle(kind, ids.some((id) => items.get(id).dataset.kind === kind && !items.get(id).classList.contains("off")));
      }
    }
    hide();
  }
  only.addEventListener("change", sift);
  for (const box of document.querySelectorAll("input[data-kind]")) {
    box.addEventListener("change", () => { off[box.checked ? "delete" : "add"](box.dataset.kind); sift(); });
  }
  for (const radio of document.querySelectorAll("input[name=view]")) {
    radio.addEventListener("change", () => {
      document.body.classList.remove("pictures", "both");
      if (radio.value !== "text") document.body.classList.add(radio.value);
      hide();
    });
  }
  addEventListener("beforeprint", () => { hide(); for (const list of document.querySelectorAll("details")) list.open = true; });
  document.documentElement.dataset.ready = "";
})();
