import "./boot.ts";

/** Shows the page anew when the build that it came from is replaced. */
const builds = new EventSource("/_fresh/alive");
let shown: string | undefined;
builds.onmessage = ({ data }: MessageEvent<string>) => {
  shown ??= data;
  if (data !== shown) location.reload();
};
