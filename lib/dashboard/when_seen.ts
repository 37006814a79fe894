/** Runs `act` once an element comes into view. Returns what ends the watch. */
export function whenSeen(element: Element, act: () => void): () => void {
  const watch = new IntersectionObserver(([entry]) => {
    if (!entry?.isIntersecting) return;
    watch.disconnect();
    act();
  });
  watch.observe(element);
  return () => watch.disconnect();
}
