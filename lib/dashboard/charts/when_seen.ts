/** Runs `act` once an element becomes visible. Returns a function that stops observing. */
export function whenSeen(element: Element, act: () => void): () => void {
  const watch = new IntersectionObserver(([entry]) => {
    if (!entry?.isIntersecting) return;
    watch.disconnect();
    act();
  });
  watch.observe(element);
  return () => watch.disconnect();
}
