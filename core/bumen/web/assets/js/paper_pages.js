// What comes of a paper that is not kept yet: the server prints it, and its pages are shown beside
// the form; what is wrong is said in their place. Only the last of several questions is answered,
// and none is asked before the one on its way has its answer: a press that prints stops for nobody.
export function previewing(shown, { address, body }) {
  let isAsking = false;
  let isWanted = false;

  return async function ask() {
    isWanted = true;
    if (isAsking) return;
    isAsking = true;
    shown.setAttribute("aria-busy", "true");
    while (isWanted) {
      isWanted = false;
      await asked();
    }
    isAsking = false;
    shown.removeAttribute("aria-busy");
  };

  async function asked() {
    say(shown, shown.querySelector("[data-said]").dataset.busy, false);
    try {
      const sent = { method: "POST", body: body(), credentials: "same-origin" };
      const answer = await fetch(address, { ...sent, headers: { Accept: "application/json" } });
      const told = await answer.json();
      if (!isWanted) answer.ok ? show(shown, told) : refuse(shown, told.error);
    } catch {
      if (!isWanted) say(shown, shown.querySelector("[data-said]").dataset.unanswered, true);
    }
  }
}

function show(shown, told) {
  const said = shown.querySelector("[data-said]");
  const words = told.record === null ? said.dataset.none : said.dataset.of;
  say(shown, (words ?? "").replace("{record}", () => told.record).replace("{count}", () => told.pages), false);
  const pages = shown.querySelector("[data-pages]");
  pages.replaceChildren(...told.pictures.map((picture, place) => {
    const last = told.pages ?? told.pictures.length;
    const alt = pages.dataset.alt.replace("{page}", place + 1).replace("{last}", last);
    return Object.assign(new Image(), { src: `data:image/png;base64,${picture}`, alt });
  }));
  const remarks = shown.querySelector("[data-remarks]");
  remarks.replaceChildren(...told.remarks.map((one) => Object.assign(document.createElement("li"), { textContent: one })));
  remarks.hidden = !told.remarks.length;
}

function refuse(shown, error) {
  say(shown, Object.values(error.fields ?? {}).flat()[0] ?? error.message, true);
}

function say(shown, words, isWrong) {
  const said = shown.querySelector("[data-said]");
  said.textContent = words;
  said.hidden = !words;
  said.classList.toggle("text-danger", isWrong);
}

// Ask a moment after somebody has stopped typing; not in the middle of a composition.
export function soon(ask, wait) {
  let timer = 0;
  return (event) => {
    if (event.isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(ask, wait);
  };
}
