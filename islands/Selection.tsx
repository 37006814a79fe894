import { useEffect } from "preact/hooks";
import "../lib/dashboard/shell/base_path.ts";

export interface SelectionProps {
  /** The id of the checkboxes' form. */
  form: string;
  /** The id of their container, whose rows may change. */
  region: string;
}

/**
 * Keeps a selection by id: the checkbox with `data-selects` checks all boxes of a form; rows stay selected, and
 * counted, when they leave the list and return.
 */
export default function Selection({ form, region }: SelectionProps) {
  useEffect(() => {
    const place = document.getElementById(region);
    if (place === null) return;
    const selected = new Set<string>();
    const boxes = () => [
      ...place.querySelectorAll<HTMLInputElement>(`[type="checkbox"][form="${form}"]`),
    ];
    const ofForm = (name: string) => place.querySelector<HTMLElement>(`[data-${name}="${form}"]`);

    function change({ target }: Event) {
      if (!(target instanceof HTMLInputElement)) return;
      const all = target.dataset.selects === form;
      if (!all && target.getAttribute("form") !== form) return;
      for (const box of all ? boxes() : [target]) {
        if (all) box.checked = target.checked;
        if (box.checked) selected.add(box.value);
        else selected.delete(box.value);
      }
      render();
    }

    function click({ target }: Event) {
      if (!(target instanceof Element) || target.closest(`[data-deselects="${form}"]`) === null) {
        return;
      }
      selected.clear();
      for (const box of boxes()) box.checked = false;
      render();
    }

    /** Synchronizes checkboxes, count and hidden fields with the selection. */
    function render() {
      const shown = boxes();
      for (const box of shown) {
        if (selected.has(box.value)) box.checked = true;
        const row = box.closest("tr");
        const isSelected = box.checked ? "true" : "false";
        if (row?.getAttribute("aria-selected") !== isSelected) {
          row?.setAttribute("aria-selected", isSelected);
        }
      }
      const all = ofForm("selects");
      const ticked = shown.filter(({ checked }) => checked).length;
      if (all instanceof HTMLInputElement) {
        all.checked = ticked > 0 && ticked === shown.length;
        all.indeterminate = ticked > 0 && !all.checked;
      }
      const count = ofForm("selected");
      if (count !== null && count.textContent !== `${selected.size}`) {
        count.textContent = `${selected.size}`;
      }
      const element = document.getElementById(form);
      if (element === null) return;
      element.toggleAttribute("data-some", selected.size > 0);
      const away = [...selected].filter((id) => !shown.some(({ value }) => value === id));
      const kept = [...element.querySelectorAll<HTMLInputElement>("[data-away]")];
      if (away.join() === kept.map(({ value }) => value).join()) return;
      for (const field of kept) field.remove();
      for (const id of away) {
        const field = document.createElement("input");
        Object.assign(field, { type: "hidden", name: "id", value: id });
        field.dataset.away = "true";
        element.append(field);
      }
    }

    for (const box of boxes()) if (box.checked) selected.add(box.value);
    place.addEventListener("change", change);
    place.addEventListener("click", click);
    const watch = new MutationObserver(render);
    watch.observe(place, { childList: true, subtree: true });
    render();
    return () => {
      place.removeEventListener("change", change);
      place.removeEventListener("click", click);
      watch.disconnect();
    };
  }, []);
  return null;
}
