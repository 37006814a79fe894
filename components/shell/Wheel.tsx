const PADDLES = [0, 45, 90, 135, 180, 225, 270, 315];

/** The mill wheel, which turns within an element whose `data-turning` is true. */
export function Wheel() {
  return (
    <svg class="wheel" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      <g class="turn">
        <circle cx="24" cy="24" r="14" />
        <circle class="hub" cx="24" cy="24" r="3.2" />
        {PADDLES.map((angle) => (
          <path key={angle} d="M24 10V3.5M24 20.8V10" transform={`rotate(${angle} 24 24)`} />
        ))}
      </g>
    </svg>
  );
}
