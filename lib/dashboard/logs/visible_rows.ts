/** The rendered rows of a virtual list, from `first` up to before `end`. */
export interface VisibleRows {
  first: number;
  end: number;
}

/** The overscan on either side, so that scrolling shows no blank. */
const SPARE = 8;

/** Returns the rows of equal height that a viewport shows. All lengths are in pixels. */
export function visibleRows(
  { count, rowHeight, top, height }: {
    count: number;
    rowHeight: number;
    top: number;
    height: number;
  },
): VisibleRows {
  const first = Math.floor(top / rowHeight) - SPARE;
  const end = Math.ceil((top + height) / rowHeight) + SPARE;
  return {
    first: Math.min(count, Math.max(0, first)),
    end: Math.min(count, Math.max(0, end)),
  };
}
