import { asset } from "fresh/runtime";
import { define } from "../define.ts";

export default define.page(({ Component }) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <title>islands</title>
      <link rel="stylesheet" href={asset("/page.css")} />
      <style>{"h1 { color: rgb(1, 2, 3); }"}</style>
    </head>
    <body>
      <Component />
    </body>
  </html>
));
