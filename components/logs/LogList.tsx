import { type ReadonlySignal, useComputed, useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { LogLine } from "../../lib/dashboard/logs/log_model.ts";
import { visibleRows } from "../../lib/dashboard/logs/visible_rows.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import { LogRow } from "./LogRow.tsx";

export interface LogListProps {
  voice: Voice<LogLine["level"]>;
  label: string;
  /** Oldest first. */
  rows: ReadonlySignal<readonly LogLine[]>;
  /** Whether to keep the newest line visible. */
  following: ReadonlySignal<boolean>;
  selected: ReadonlySignal<LogLine | null>;
  /** Whether the rows have their dates, as those of several days need. */
  dated: boolean;
  select: (line: LogLine | null) => void;
  /** Called when the reader scrolls away from the newest line, or back. */
  onLeave: () => void;
  onReturn: () => void;
}

/** The number of initially rendered lines. */
const UNMEASURED_ROWS = 200;

/** A virtual list: only the visible rows are in the DOM. */
export function LogList(props: LogListProps) {
  const { voice, label, rows, following, selected, dated, select, onLeave, onReturn } = props;
  const view = useRef<HTMLDivElement>(null);
  const space = useRef<HTMLDivElement>(null);
  /** The row height; null until measured, when only the first rows are rendered. */
  const rowHeight = useSignal<number | null>(null);
  const viewport = useSignal({ top: 0, height: 0 });
  const range = useComputed(() => {
    const count = rows.value.length;
    if (rowHeight.value === null) return { first: 0, end: Math.min(count, UNMEASURED_ROWS) };
    return visibleRows({ count, rowHeight: rowHeight.value, ...viewport.value });
  });

  function look() {
    const { scrollTop: top, clientHeight: height } = view.current!;
    const known = viewport.peek();
    if (known.top !== top || known.height !== height) viewport.value = { top, height };
  }

  function measure() {
    const row = space.current!.querySelector("[role=option]");
    if (row) rowHeight.value = row.getBoundingClientRect().height;
    look();
  }

  useEffect(() => {
    const observer = new ResizeObserver(measure);
    observer.observe(view.current!);
    return () => observer.disconnect();
  }, []);
  /**
   * Sets the list's height and scroll position before the next scroll event: an invisible newest line would
   * count as the reader having scrolled away.
   */
  function settle(window: HTMLElement, first: number) {
    if (rowHeight.peek() === null) measure();
    const height = rowHeight.peek();
    if (height === null) return;
    const length = rows.peek().length * height;
    space.current!.style.height = `${length}px`;
    window.style.transform = `translateY(${first * height}px)`;
    if (following.peek()) view.current!.scrollTop = length;
    look();
  }

  function scrolled() {
    look();
    const { scrollHeight, scrollTop, clientHeight } = view.current!;
    const away = scrollHeight - scrollTop - clientHeight > 2 * (rowHeight.peek() ?? 0);
    if (away) onLeave();
    else onReturn();
  }

  function press(event: KeyboardEvent) {
    const { key } = event;
    if (key === "Escape") return select(null);
    if (key !== "ArrowUp" && key !== "ArrowDown") return;
    event.preventDefault();
    const lines = rows.peek();
    const chosen = selected.peek();
    const at = chosen === null ? -1 : lines.indexOf(chosen);
    const wanted = at === -1 ? lines.length - 1 : at + (key === "ArrowUp" ? -1 : 1);
    const next = Math.min(lines.length - 1, Math.max(0, wanted));
    const line = lines[next];
    if (line === undefined) return;
    select(line);
    show(next);
  }

  function show(index: number) {
    const height = rowHeight.peek() ?? 0;
    const { scrollTop, clientHeight } = view.current!;
    if (index * height < scrollTop) view.current!.scrollTop = index * height;
    else if ((index + 1) * height > scrollTop + clientHeight) {
      view.current!.scrollTop = (index + 1) * height - clientHeight;
    }
  }

  return (
    <div
      ref={view}
      class="log-view"
      data-dated={dated}
      role="listbox"
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={useComputed(() =>
        selected.value === null ? undefined : rowId(selected.value)
      )}
      onScroll={scrolled}
      onKeyDown={press}
    >
      <div ref={space} class="log-space" role="presentation">
        <Window {...{ voice, rows, range, following, selected, dated, select, settle }} />
      </div>
    </div>
  );
}

interface WindowProps
  extends Pick<LogListProps, "voice" | "rows" | "following" | "selected" | "select"> {
  range: ReadonlySignal<{ first: number; end: number }>;
  dated: boolean;
  settle: (window: HTMLElement, first: number) => void;
}

/** The visible rows, at their position. */
function Window(
  { voice, rows, range, following, selected, dated, select, settle }: WindowProps,
) {
  const list = useRef<HTMLDivElement>(null);
  const { first, end } = range.value;
  const count = rows.value.length;
  const follows = following.value;
  useLayoutEffect(() => settle(list.current!, first), [first, end, count, rows.value, follows]);
  return (
    <div ref={list} class="log-window" role="presentation">
      {rows.value.slice(first, end).map((line, place) => (
        <LogRow
          key={(first + place) % (end - first)}
          voice={voice}
          id={rowId(line)}
          line={line}
          selected={selected.value === line}
          position={first + place + 1}
          count={count}
          dated={dated}
          select={select}
        />
      ))}
    </div>
  );
}

function rowId({ id }: LogLine): string {
  return `line-${id}`;
}
