/** Icons by name, in a 24 by 24 view box. */
const DRAWINGS = {
  overview: "M4 13h6V4H4zM14 20h6v-9h-6zM14 4v3h6V4zM4 20h6v-3H4z",
  workers: "M4 4h16v6H4zM4 14h16v6H4zM8 7v.2M8 17v.2M12 7h4M12 17h4",
  logs: "M5 6h14M5 10h14M5 14h9M5 18h11",
  settings: "M4 7h8M18 7h2M4 17h2M12 17h8M15 4v6M9 14v6",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  copy: "M9 9h11v11H9zM15 9V4H4v11h5",
  download: "M12 4v12M7 11l5 5 5-5M4 20h16",
  search: "M11 4a7 7 0 1 0 0 14a7 7 0 1 0 0-14M16 16l4 4",
  articles: "M6 3h9l4 4v14H6zM14 3v5h5M9 12h7M9 16h7",
  failures: "M8 3h8l5 5v8l-5 5H8l-5-5V8zM12 8v5M12 16v.2",
  previous: "M15 5l-7 7 7 7",
  next: "M9 5l7 7-7 7",
  back: "M15 5l-7 7 7 7",
  up: "M12 19V5M6 11l6-6 6 6",
  keyboard: "M3 6h18v12H3zM7 10v.2M11 10v.2M15 10v.2M8 14h8",
  undo: "M9 5L4 10l5 5M4 10h10a6 6 0 0 1 0 12h-3",
  refresh: "M20 11a8 8 0 1 0-.6 4M20 4v7h-7",
  start: "M7 4.5v15l12-7.5z",
  stop: "M6 6h12v12H6z",
  retry: "M4 4v6h6M4.6 10A8 8 0 1 1 4 14",
  clear: "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5",
  upload: "M12 16V4M7 9l5-5 5 5M4 16v4h16v-4",
  pause: "M8 5v14M16 5v14",
  close: "M6 6l12 12M18 6L6 18",
  alert: "M12 4l9 16H3zM12 10v4M12 17v.2",
  check: "M5 12.5l4.5 4.5L19 7",
  link:
    "M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 5.7 5.7l1-1",
  clock: "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 7v5l3.5 2",
  bell: "M6 17V11a6 6 0 0 1 12 0v6l1.5 2h-15zM10 21h4",
  language: "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M3 12h18M12 3c-5 5-5 13 0 18c5-5 5-13 0-18",
  system: "M3 5h18v11H3zM9 20h6M12 16v4",
  light:
    "M12 8a4 4 0 1 0 0 8a4 4 0 1 0 0-8M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6L19 19M5 19l1.4-1.4M17.6 6.4L19 5",
  dark: "M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5",
  signOut: "M10 4H5v16h5M14 8l4 4-4 4M18 12H9",
} as const;

export type IconName = keyof typeof DRAWINGS;

/** A decorative icon, hidden from screen readers. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={DRAWINGS[name]} />
    </svg>
  );
}
