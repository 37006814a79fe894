/** A button of a table's row, which submits its action. */
export function RowButton({ action, label }: { action: string; label: string }) {
  return (
    <button
      type="submit"
      class="button"
      data-look="quiet"
      data-size="small"
      name="do"
      value={action}
    >
      {label}
    </button>
  );
}
