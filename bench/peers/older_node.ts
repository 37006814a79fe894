// Node 20 lacks the two newest functions that the article steps and the peers use.

Promise.withResolvers ??= <T>() => {
  let settle: Pick<PromiseWithResolvers<T>, "resolve" | "reject">;
  const promise = new Promise<T>((resolve, reject) => settle = { resolve, reject });
  return { promise, ...settle! };
};

RegExp.escape ??= (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
