// Polyfills of the two functions used here that Node 20 lacks.

Promise.withResolvers ??= <T>() => {
  let settle: Pick<PromiseWithResolvers<T>, "resolve" | "reject">;
  const promise = new Promise<T>((resolve, reject) => settle = { resolve, reject });
  return { promise, ...settle! };
};

RegExp.escape ??= (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
