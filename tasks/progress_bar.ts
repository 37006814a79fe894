/** The intervals of redrawing a terminal, and of adding a line elsewhere; in ms. */
const REDRAW = 100;
const NEXT_LINE = 5_000;
const BAR_WIDTH = 24;

/** The progress of a transfer: sizes in bytes, time in ms since its start. `total` is null if unknown. */
export interface Transfer {
  name: string;
  sent: number;
  total: number | null;
  elapsed: number;
}

/** Disposing leaves the last drawing, on a terminal with the cursor below. */
export interface ProgressBar extends Disposable {
  /** Starts an attempt to send a source: bytes and time of an attempt that was not settled no longer count. */
  begin(): void;
  advance(bytes: number): void;
  /** Called when the attempt succeeded. The time until the next one does not count. */
  settle(): void;
  /** Draws the last state. */
  complete(): void;
}

/** The output of a bar. Without `columns`, it is not a terminal and gets plain lines. */
export interface Display {
  write(text: string): void;
  columns: number | null;
  now(): number;
}

/** Displays the progress of a transfer of `total` bytes, null if unknown. */
export function progressBar(name: string, total: number | null, display: Display): ProgressBar {
  const { write, columns, now } = display;
  let begun = now();
  let drawn = begun;
  let sent = 0;
  const settled = { sent: 0, elapsed: 0 };

  function draw(): void {
    drawn = now();
    const transfer = { name, sent, total, elapsed: settled.elapsed + drawn - begun };
    if (columns === null) write(`${progressLine(transfer)}\n`);
    else write(`\r${progressLine(transfer, BAR_WIDTH).slice(0, columns - 1)}\x1b[K`);
  }

  return {
    begin() {
      begun = now();
      // The first moments after a broken attempt give no estimate.
      if (sent > settled.sent) drawn = begun;
      sent = settled.sent;
    },
    advance(bytes) {
      sent += bytes;
      if (now() - drawn >= (columns === null ? NEXT_LINE : REDRAW)) draw();
    },
    settle() {
      settled.elapsed += now() - begun;
      settled.sent = sent;
      begun = now();
    },
    complete: draw,
    [Symbol.dispose]() {
      if (columns !== null) write("\n");
    },
  };
}

/** Formats a transfer as one line: amount, rate, remaining time; with a bar if it has width. */
export function progressLine({ name, sent, total, elapsed }: Transfer, barWidth = 0): string {
  const rate = elapsed === 0 ? 0 : sent / (elapsed / 1000);
  const speed = rate === 0 ? "" : `${size(rate)}/s`;
  if (total === null) return [name, size(sent), speed].filter((part) => part !== "").join("  ");
  const share = total === 0 ? 1 : Math.min(1, sent / total);
  const filled = Math.round(share * barWidth);
  const parts = [
    name,
    barWidth === 0 ? "" : `${"█".repeat(filled)}${"░".repeat(barWidth - filled)}`,
    `${Math.floor(share * 100)} %`,
    `${size(sent)} of ${size(total)}`,
    speed,
    rate === 0 || share === 1 ? "" : `${duration((total - sent) / rate)} left`,
  ];
  return parts.filter((part) => part !== "").join("  ");
}

function size(bytes: number): string {
  if (bytes < 1e3) return `${Math.round(bytes)} B`;
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`;
  if (bytes < 1e9) return `${(bytes / 1e6).toFixed(1)} MB`;
  return `${(bytes / 1e9).toFixed(2)} GB`;
}

function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  const clock = [Math.floor(whole / 60) % 60, whole % 60].map((n) => String(n).padStart(2, "0"));
  return whole < 3600 ? clock.join(":") : [Math.floor(whole / 3600), ...clock].join(":");
}
