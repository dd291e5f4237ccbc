// What is refused is said where it was asked; what is no list at all is opened as a page.
export function refusals(list) {
  list.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, pathInfo } = event.detail;
    if (xhr.status >= 400 || xhr.responseText.includes('id="list"')) return;
    event.detail.shouldSwap = false;
    location.assign(pathInfo.finalRequestPath);
  });
  list.addEventListener("htmx:responseError", (event) => {
    const { elt, xhr, pathInfo } = event.detail;
    const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
    const said = page.querySelector(".problem h1")?.textContent.trim();
    const panel = elt.closest(".drop-panel");
    if (said && panel) say(panel, said);
    else location.assign(pathInfo.finalRequestPath);
  });
}

function say(panel, words) {
  panel.querySelector(".list-refused")?.remove();
  const place = document.createElement("p");
  place.className = "list-refused";
  place.setAttribute("role", "alert");
  panel.querySelector(".drop-foot").before(place);
  place.textContent = words;
}
