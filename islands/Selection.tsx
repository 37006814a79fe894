import { useEffect } from "preact/hooks";

export interface SelectionProps {
  /** The id of the form whose boxes belong together. */
  form: string;
  /** The id of the element in which they are; they may come and go. */
  region: string;
}

/** Lets the box with `data-selects` tick all boxes of a form, and keeps it true to them. */
export default function Selection({ form, region }: SelectionProps) {
  useEffect(() => {
    const place = document.getElementById(region);
    if (place === null) return;
    const all = () => place.querySelector<HTMLInputElement>(`[data-selects="${form}"]`);
    const boxes = () => [
      ...place.querySelectorAll<HTMLInputElement>(`[type="checkbox"][form="${form}"]`),
    ];

    function change({ target }: Event) {
      const chief = all();
      if (target === chief) { for (const box of boxes()) box.checked = chief?.checked ?? false; }
      agree();
    }

    function agree() {
      const chief = all();
      if (chief === null) return;
      const ticked = boxes().filter(({ checked }) => checked).length;
      chief.checked = ticked > 0 && ticked === boxes().length;
      chief.indeterminate = ticked > 0 && !chief.checked;
    }

    place.addEventListener("change", change);
    const watch = new MutationObserver(agree);
    watch.observe(place, { childList: true, subtree: true });
    agree();
    return () => {
      place.removeEventListener("change", change);
      watch.disconnect();
    };
  }, []);
  return null;
}
