import type { Signal } from "@preact/signals";

export interface PlotGestures {
  /** The time under the pointer, ms since the epoch; shared by the charts of a page. */
  moment: Signal<number | null>;
  /** The offset of a drag, in ms. */
  dragged: Signal<number>;
  /** The start and the end of the chart. */
  range: () => readonly [number, number];
  /** Called at the end of a drag with the offset in ms. */
  onDrag: (ms: number) => void;
  /** Called with the time of a click. */
  onOpen: (at: number) => void;
}

/** The maximum movement of a click. */
const CLICK_PX = 6;

/**
 * Returns the pointer handlers of a plot. A mouse hovers, drags the view, and opens a minute by a click; on a
 * touch screen, touching points, and the page still scrolls.
 */
export function plotGestures({ moment, dragged, range, onDrag, onOpen }: PlotGestures) {
  let pressedAt: number | null = null;

  const widthOf = (event: PointerEvent) => {
    const plot = (event.currentTarget as Element).querySelector(".chart-plot")!;
    return plot.getBoundingClientRect();
  };
  const momentOf = (event: PointerEvent) => {
    const { left, width } = widthOf(event);
    const [from, to] = range();
    return from + Math.min(1, Math.max(0, (event.clientX - left) / width)) * (to - from);
  };

  return {
    onPointerDown(event: PointerEvent) {
      if (event.button !== 0) return;
      if (event.pointerType === "touch") moment.value = momentOf(event);
      else pressedAt = event.clientX;
    },
    onPointerMove(event: PointerEvent) {
      const moved = pressedAt === null ? 0 : event.clientX - pressedAt;
      if (dragged.peek() === 0 && Math.abs(moved) < CLICK_PX) {
        moment.value = momentOf(event);
        return;
      }
      const place = event.currentTarget as Element;
      if (!place.hasPointerCapture(event.pointerId)) place.setPointerCapture(event.pointerId);
      const [from, to] = range();
      moment.value = null;
      dragged.value = moved / widthOf(event).width * (to - from);
    },
    onPointerUp(event: PointerEvent) {
      const isPressed = pressedAt !== null;
      pressedAt = null;
      if (!isPressed || (event.target as Element).closest("a") !== null) return;
      if (dragged.peek() === 0) onOpen(momentOf(event));
      else onDrag(dragged.peek());
    },
    onPointerCancel() {
      pressedAt = null;
      dragged.value = 0;
    },
    onPointerLeave(event: PointerEvent) {
      if (event.pointerType !== "touch") moment.value = null;
    },
  };
}
