/** Returns the state of an article after its `tries`-th failure: a dead letter once its retries are exhausted. */
export function stateAfterFailure(tries: number, retryMax: number): "retry" | "dead" {
  return tries <= retryMax ? "retry" : "dead";
}
