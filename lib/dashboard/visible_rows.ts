/** The rows of a long list that are to be in the page, from `first` up to before `end`. */
export interface VisibleRows {
  first: number;
  end: number;
}

/** Rows kept ready on either side, so that scrolling shows no blank. */
const SPARE = 8;

/** Which rows of equal height a viewport shows. All lengths are in pixels. */
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
