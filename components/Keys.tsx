/** Keys to press, one after the other: `g o` is two of them. `then` is read out between them. */
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
