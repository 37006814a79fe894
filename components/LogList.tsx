import { type ReadonlySignal, useComputed, useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { LogLine } from "../lib/dashboard/log_model.ts";
import { visibleRows } from "../lib/dashboard/visible_rows.ts";
import type { Voice } from "../lib/i18n/voice.ts";
import { LogRow } from "./LogRow.tsx";

export interface LogListProps {
  voice: Voice<LogLine["level"] | "list">;
  /** Oldest first. */
  rows: ReadonlySignal<readonly LogLine[]>;
  /** Whether the newest line is to stay in sight. */
  following: ReadonlySignal<boolean>;
  selected: ReadonlySignal<LogLine | null>;
  select: (line: LogLine | null) => void;
  /** The reader has scrolled away from the newest line, or back to it. */
  onLeave: () => void;
  onReturn: () => void;
}

/** As many as a page is made with. */
const UNMEASURED_ROWS = 200;

/** A list of any length, of which only the rows in sight are in the page. */
export function LogList(props: LogListProps) {
  const { voice, rows, following, selected, select, onLeave, onReturn } = props;
  const view = useRef<HTMLDivElement>(null);
  const space = useRef<HTMLDivElement>(null);
  /** Null until a row was there to be measured; the first ones are in the page until then. */
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
   * Gives the list its length and the window its place as soon as its rows are there: were the newest
   * line out of sight when a scroll event comes, it would look as if the reader had scrolled away.
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
      role="listbox"
      tabIndex={0}
      aria-label={voice.say("list")}
      aria-activedescendant={useComputed(() =>
        selected.value === null ? undefined : rowId(selected.value)
      )}
      onScroll={scrolled}
      onKeyDown={press}
    >
      <div ref={space} class="log-space" role="presentation">
        <Window {...{ voice, rows, range, following, selected, select, settle }} />
      </div>
    </div>
  );
}

interface WindowProps
  extends Pick<LogListProps, "voice" | "rows" | "following" | "selected" | "select"> {
  range: ReadonlySignal<{ first: number; end: number }>;
  settle: (window: HTMLElement, first: number) => void;
}

/** The rows in sight, moved to their place. */
function Window({ voice, rows, range, following, selected, select, settle }: WindowProps) {
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
          select={select}
        />
      ))}
    </div>
  );
}

function rowId({ id }: LogLine): string {
  return `line-${id}`;
}
