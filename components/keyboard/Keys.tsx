/** A key sequence, such as `g o`. Screen readers read `then` between two keys. */
export function Keys({ keys, then }: { keys: string; then: string }) {
  return (
    <span class="keys">
      {keys.split(" ").map((key, at) => (
        <kbd key={key}>
          {at > 0 && <span class="unseen">{then}</span>}
          {key}
        </kbd>
      ))}
    </span>
  );
}
