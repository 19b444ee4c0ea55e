"use strict";
// Filters and sorts the tables, and opens what is folded before the page is printed. Everything is in the page without it.
(function () {
  const text = (cell) => (cell.dataset.value === undefined ? cell.textContent.trim() : cell.dataset.value);

  function sort(table, index, isNumber, isDescending) {
    const body = table.tBodies[0];
    const order = (a, b) => (isNumber ? Number(a) - Number(b) : a < b ? -1 : a > b ? 1 : 0);
    const rows = Array.from(body.rows, (row, place) => ({ row, place, key: text(row.cells[index]) }));
    rows.sort((a, b) => (isDescending ? order(b.key, a.key) : order(a.key, b.key)) || a.place - b.place);
    body.append(...rows.map((each) => each.row));
  }

  for (const table of document.querySelectorAll("table[data-sortable]")) {
    const heads = Array.from(table.tHead.rows[0].cells);
    heads.forEach((head, index) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const isNumber = head.dataset.type === "number";
        const before = head.getAttribute("aria-sort");
        const isDescending = before === null ? isNumber : before === "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", isDescending ? "descending" : "ascending");
        const first = table.tBodies[0].rows[0];
        const isRank = first !== undefined && first.cells[index].dataset.value !== undefined;
        sort(table, index, isNumber || isRank, isDescending);
      });
    });
  }

  for (const form of document.querySelectorAll("form[data-controls]")) {
    const rows = Array.from(document.getElementById(form.dataset.controls).tBodies[0].rows);
    const texts = rows.map((row) => row.textContent.toLowerCase());
    const status = form.querySelector("[role=status]");
    const filter = () => {
      const words = form.elements.q.value.toLowerCase().split(/\s+/).filter(Boolean);
      const chosen = Array.from(form.querySelectorAll("select")).filter((select) => select.value !== "");
      let shown = 0;
      rows.forEach((row, i) => {
        const isShown =
          words.every((word) => texts[i].includes(word)) &&
          chosen.every((select) => row.dataset[select.name] === select.value);
        row.hidden = !isShown;
        shown += isShown ? 1 : 0;
      });
      status.textContent = shown + " of " + rows.length + " shown";
    };
    form.hidden = false;
    form.addEventListener("input", filter);
    form.addEventListener("submit", (event) => event.preventDefault());
    filter();
  }

  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = Array.from(document.querySelectorAll("details:not([open])"));
    opened.forEach((each) => (each.open = true));
  });
  window.addEventListener("afterprint", () => opened.forEach((each) => (each.open = false)));
})();
