import { define } from "../../define.ts";
import { describeInterface } from "../../lib/http/api/describe_interface.ts";
import { noQuery } from "../../lib/http/validate.ts";
import { only } from "../../lib/http/allowed_methods.ts";

/** The OpenAPI 3.1 document of the API. */
export const handler = define.handlers({
  ...only("GET"),
  GET({ state: { node }, url }) {
    noQuery(url.searchParams);
    return Response.json(describeInterface(node.config, url));
  },
});
