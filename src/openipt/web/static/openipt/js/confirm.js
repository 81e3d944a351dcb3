// Opens the dialog that asks once more; without it the link leads to a page that asks.
export class Confirm {
  static selector = '[data-module~="confirm"]';

  constructor(link) {
    const dialog = document.getElementById(link.dataset.dialog);
    if (!dialog?.showModal) return;
    link.setAttribute("aria-haspopup", "dialog");
    link.addEventListener("click", (event) => {
      event.preventDefault();
      dialog.showModal();
    });
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
  }
}
