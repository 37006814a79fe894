import { Builder } from "fresh/dev";

const builder = new Builder();
if (Deno.args.includes("build")) {
  await builder.build();
} else {
  const port = Number(Deno.env.get("PORT"));
  await builder.listen(() => import("./main.ts"), { hostname: "127.0.0.1", port });
}
