export interface CountDownProps {
  label: string;
  /** The text of the remaining time. */
  left: string;
  /** The elapsed share, 0 to 1. */
  share: number;
}

/** A countdown bar. */
export function CountDown({ label, left, share }: CountDownProps) {
  const width = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <span class="count-down">
      <span>{label}</span>
      <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect class="track" width="100" height="8" rx="2" />
        <rect class="fill" width={width} height="8" rx="2" />
      </svg>
      <b>{left}</b>
    </span>
  );
}
