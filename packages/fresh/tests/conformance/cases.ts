/**
 * The requests to the conformance app; each is one line of expected.json. In `path` and `headers`, {build}
 * stands for the build's cache key, {module} for the path of one of its scripts, and {etag} for the entity
 * tag of a plain GET of the path.
 */
export interface Case {
  name: string;
  method?: string;
  path: string;
  body?: string;
  headers?: Record<string, string>;
  /** Additional response headers to record. */
  keep?: string[];
  /** The response text is not recorded, because it is long or differs between builds. */
  dropText?: true;
}

const FIRST = ["x-first"];
const CACHING = ["cache-control", "etag", "vary", "content-length", "x-first"];
const ENCODING = ["content-encoding"];
const packed = { "accept-encoding": "gzip, br" };
const upgrade = {
  "connection": "Upgrade",
  "upgrade": "websocket",
  "sec-websocket-version": "13",
  "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
};
const HANDSHAKE = ["upgrade", "sec-websocket-accept", "sec-websocket-protocol"];

/** `upgrade` without one of its headers. */
function without(name: keyof typeof upgrade): Record<string, string> {
  return Object.fromEntries(Object.entries(upgrade).filter(([key]) => key !== name));
}

export const cases: Case[] = [
  { name: "page with islands", path: "/" },
  { name: "HEAD of a page", method: "HEAD", path: "/" },
  { name: "page(data, headers)", path: "/about?q=1" },
  { name: "trailing slash", path: "/about/" },
  { name: "route registered in code", path: "/code/hello/x" },
  { name: "dynamic segment", path: "/articles/42" },
  { name: "dynamic segment, percent-encoded", path: "/articles/%E4%B8%AD%E6%96%87" },
  { name: "static segment wins over dynamic", path: "/articles/new" },
  { name: "wildcard segment", path: "/files/a/b/c.txt" },
  { name: "optional segment left out", path: "/opt" },
  { name: "optional segment given", path: "/opt/zh" },
  { name: "route group and its layout", path: "/grouped" },
  { name: "nested middleware and Head", path: "/nested/page" },
  { name: "handlers: GET", path: "/api/echo?q=2" },
  { name: "handlers: POST", method: "POST", path: "/api/echo", body: "payload" },
  { name: "handlers: DELETE", method: "DELETE", path: "/api/echo" },
  { name: "handlers: HEAD falls back to GET", method: "HEAD", path: "/api/echo" },
  { name: "handlers: method not given", method: "PUT", path: "/api/echo", body: "x" },
  { name: "page without handler: POST", method: "POST", path: "/articles/new", body: "x" },
  { name: "handler throws", path: "/api/throw" },
  { name: "HttpError 418", path: "/api/http-error?status=418" },
  { name: "HttpError 404", path: "/api/http-error?status=404" },
  { name: "redirect default", path: "/redirect" },
  { name: "redirect 307", path: "/redirect?status=307&to=/articles/1" },
  { name: "redirect to //evil", path: "/redirect?to=//evil.example" },
  { name: "ctx.render with status and headers", path: "/render" },
  { name: "not found", path: "/nope" },
  { name: "not found under a nested middleware", path: "/nested/nope" },
  { name: "WebSocket route without upgrade", path: "/ws/echo" },
  { name: "static file", path: "/style.css" },
  { name: "static file, HEAD", method: "HEAD", path: "/style.css" },
  { name: "static file, path traversal", path: "/..%2fdeno.json" },
  { name: "static file, POST", method: "POST", path: "/style.css", body: "x" },

  // Stylesheets in one head, from _app, a layout and a page
  { name: "sheets: page 1", path: "/head/sheets?page=1" },
  { name: "sheets: page 2", path: "/head/sheets?page=2" },
  { name: "sheets: layout 1", path: "/head/sheets?layout=1" },
  { name: "sheets: layout 1, page 1", path: "/head/sheets?layout=1&page=1" },
  { name: "sheets: one more in _app", path: "/head/sheets?app=1" },
  { name: "sheets: one more in _app, page 1", path: "/head/sheets?app=1&page=1" },
  { name: "sheets: one more in _app, layout 1, page 1", path: "/head/sheets?app=1&layout=1&page=1" },
  { name: "sheets: two more in _app, page 2", path: "/head/sheets?app=2&page=2" },
  { name: "sheets with keys: page 1", path: "/head/sheets?keyed&page=1" },
  { name: "sheets with keys: page 2", path: "/head/sheets?keyed&page=2" },
  { name: "sheets with keys: one more in _app, layout 1, page 1", path: "/head/sheets?keyed&app=1&layout=1&page=1" },
  { name: "sheets, only _app's with a key: page 1", path: "/head/sheets?keyed=style&page=1" },
  { name: "sheets, only the page's with keys: page 2", path: "/head/sheets?keyed=page&page=2" },
  { name: "sheets, the page's with _app's key", path: "/head/sheets?keyed&replace=link" },
  { name: "sheets, the page's <meta> with _app's key", path: "/head/sheets?keyed&replace=meta" },
  { name: "title and meta: page", path: "/head/meta" },
  { name: "title and meta: layout and page", path: "/head/meta?title" },
  { name: "title: layout", path: "/head/sheets?title" },
  { name: "title of a drawing", path: "/head/drawing" },
  { name: "title of a drawing, and of a layout", path: "/head/drawing?title" },
  // Malformed percent encodings, and odd ones that are not
  { name: "malformed: no route", path: "/%FF", keep: FIRST },
  { name: "malformed: no route, lone %", path: "/%", keep: FIRST },
  { name: "malformed: after a static route", path: "/about%", keep: FIRST },
  { name: "malformed: after a static file", path: "/style.css%FF", keep: FIRST },
  { name: "malformed: dynamic segment", path: "/articles/%FF", keep: FIRST },
  { name: "malformed: dynamic segment, lone %", path: "/articles/100%", keep: FIRST },
  { name: "malformed: dynamic segment, cut short", path: "/articles/%E0%A4%A", keep: FIRST },
  { name: "malformed: dynamic segment, HEAD", method: "HEAD", path: "/articles/%FF", keep: FIRST },
  { name: "malformed: dynamic segment, POST", method: "POST", path: "/articles/%FF", body: "x", keep: FIRST },
  { name: "malformed: wildcard segment", path: "/files/a/%FF/c", keep: FIRST },
  { name: "malformed: wildcard segment, POST", method: "POST", path: "/files/%", body: "x", keep: FIRST },
  { name: "malformed: optional segment", path: "/opt/%FF", keep: FIRST },
  { name: "malformed: route registered in code", path: "/code/hello/%FF", keep: FIRST },
  { name: "malformed: API, dynamic segment", path: "/api/%FF", keep: FIRST },
  { name: "malformed: API, dynamic segment, PUT", method: "PUT", path: "/api/%", body: "x", keep: FIRST },
  { name: "malformed: API, after a route", path: "/api/echo/%FF", keep: FIRST },
  { name: "malformed: query", path: "/about?q=%FF", keep: FIRST },
  { name: "encoded slash in a dynamic segment", path: "/articles/a%2Fb" },
  { name: "encoded slash in a wildcard segment", path: "/files/a%2Fb/c%20d" },
  { name: "encoded %, + and space in a dynamic segment", path: "/articles/%25+%20" },
  { name: "encoded letter in a static route", path: "/%61bout" },
  { name: "encoded letter in a static file", path: "/%73tyle.css" },
  // Methods
  { name: "TRACE of a page", method: "TRACE", path: "/about", keep: FIRST },
  { name: "PROPFIND of a page", method: "PROPFIND", path: "/articles/new", keep: FIRST },
  { name: "BREW on a dynamic page", method: "BREW", path: "/articles/42", body: "x", keep: FIRST },
  { name: "BREW on handlers", method: "BREW", path: "/api/echo", body: "x", keep: FIRST },
  { name: "BREW on one handler for all", method: "BREW", path: "/files/a", body: "x", keep: FIRST },
  { name: "BREW on a route registered in code", method: "BREW", path: "/code/hello/x", body: "x", keep: FIRST },
  { name: "BREW on a static file", method: "BREW", path: "/style.css", body: "x", keep: FIRST },
  { name: "BREW where nothing is", method: "BREW", path: "/nope", body: "x", keep: FIRST },
  { name: "OPTIONS of a page", method: "OPTIONS", path: "/about", keep: FIRST },
  { name: "OPTIONS on handlers", method: "OPTIONS", path: "/api/echo", keep: FIRST },
  { name: "PATCH on a dynamic page", method: "PATCH", path: "/articles/42", body: "x", keep: FIRST },
  // Slashes
  { name: "trailing slash: static segment beside a dynamic one", path: "/articles/new/" },
  { name: "trailing slash: dynamic segment", path: "/articles/42/" },
  { name: "trailing slash: wildcard segment", path: "/files/a/" },
  { name: "trailing slash: wildcard segment, empty", path: "/files/" },
  { name: "wildcard segment, none", path: "/files" },
  { name: "trailing slash: optional segment left out", path: "/opt/" },
  { name: "trailing slash: optional segment given", path: "/opt/zh/" },
  { name: "trailing slash: route registered in code", path: "/code/hello/x/" },
  { name: "trailing slash: handlers", path: "/api/echo/" },
  { name: "trailing slash: folder's index", path: "/faults/" },
  { name: "trailing slash: static file", path: "/style.css/" },
  { name: "doubled slash: page", path: "//about" },
  { name: "doubled slash: wildcard segment", path: "/files//a" },
  { name: "doubled slash: static file", path: "//style.css" },
  // Static files
  { name: "file", path: "/style.css", keep: CACHING },
  { name: "file, HEAD", method: "HEAD", path: "/style.css", keep: CACHING },
  { name: "file, build's key", path: "/style.css?__frsh_c={build}", keep: CACHING },
  { name: "file, another build's key", path: "/style.css?a=1&__frsh_c=0123", keep: CACHING },
  { name: "file, empty key", path: "/style.css?__frsh_c=", keep: CACHING },
  { name: "file, other query", path: "/style.css?a=1", keep: FIRST },
  { name: "file, If-None-Match", path: "/style.css", headers: { "if-none-match": "{etag}" }, keep: CACHING },
  { name: "file, If-None-Match, HEAD", method: "HEAD", path: "/style.css", headers: { "if-none-match": "{etag}" }, keep: CACHING },
  { name: "file, If-None-Match, build's key", path: "/style.css?__frsh_c={build}", headers: { "if-none-match": "{etag}" }, keep: CACHING },
  { name: "file, If-None-Match, another's", path: "/style.css", headers: { "if-none-match": '"x"' }, keep: FIRST },
  { name: "file, If-None-Match, list", path: "/style.css", headers: { "if-none-match": '"x", {etag}' }, keep: FIRST },
  { name: "file, If-None-Match, *", path: "/style.css", headers: { "if-none-match": "*" }, keep: FIRST },
  { name: "file, Range", path: "/style.css", headers: { range: "bytes=0-3" }, keep: ["accept-ranges", "content-range"] },
  { name: "file, DELETE", method: "DELETE", path: "/style.css", keep: FIRST },
  { name: "file, OPTIONS", method: "OPTIONS", path: "/style.css", keep: FIRST },
  { name: "file: svg", path: "/icon.svg", keep: FIRST },
  { name: "file: json", path: "/data.json", keep: FIRST },
  { name: "file: js", path: "/module.js", keep: FIRST },
  { name: "file: txt", path: "/note.txt", keep: FIRST },
  { name: "file: png", path: "/icon.png", keep: FIRST },
  { name: "file: woff2", path: "/font.woff2", keep: FIRST },
  { name: "file: webmanifest", path: "/app.webmanifest", keep: FIRST },
  { name: "file: html", path: "/sub/index.html", keep: FIRST },
  { name: "file: no extension", path: "/plain", keep: FIRST },
  { name: "file: odd name", path: "/a%20b%2Cc.txt", keep: FIRST },
  { name: "file: odd name, comma as it is", path: "/a%20b,c.txt", keep: FIRST },
  { name: "file: another case", path: "/STYLE.css", keep: FIRST },
  { name: "file: folder with index.html", path: "/sub/", keep: FIRST },
  { name: "file: missing", path: "/missing.css", keep: FIRST },
  { name: "favicon.ico", path: "/favicon.ico", keep: FIRST },
  { name: "favicon.ico, POST", method: "POST", path: "/favicon.ico", body: "x", keep: FIRST },
  { name: "script of the build", path: "{module}", keep: ["cache-control", "vary", "x-first"], dropText: true },
  { name: "script of another build", path: "/_fresh/js/0123/a.js", keep: FIRST },
  { name: "asset()", path: "/api/asset" },
  { name: "assets in elements", path: "/assets" },
  // Compression: none
  { name: "page, compressible", path: "/long", headers: packed, keep: [...ENCODING, "vary"], dropText: true },
  { name: "JSON, compressible", path: "/api/long", headers: packed, keep: [...ENCODING, "vary"], dropText: true },
  { name: "file, compressible", path: "/long.css", headers: packed, keep: [...ENCODING, ...CACHING], dropText: true },
  { name: "script of the build, compressible", path: "{module}", headers: packed, keep: ENCODING, dropText: true },
  // WebSocket upgrades, as bare requests
  { name: "upgrade", path: "/ws/echo", headers: upgrade, keep: HANDSHAKE },
  { name: "upgrade without key", path: "/ws/echo", headers: without("sec-websocket-key"), keep: HANDSHAKE },
  { name: "upgrade without version", path: "/ws/echo", headers: without("sec-websocket-version"), keep: HANDSHAKE },
  { name: "upgrade, version 8", path: "/ws/echo", headers: { ...upgrade, "sec-websocket-version": "8" }, keep: HANDSHAKE },
  { name: "upgrade without connection: upgrade", path: "/ws/echo", headers: { ...upgrade, connection: "close" }, keep: HANDSHAKE },
  { name: "upgrade to something else", path: "/ws/echo", headers: { ...upgrade, upgrade: "h2c" }, keep: HANDSHAKE },
  { name: "upgrade of a page", path: "/about", headers: upgrade, keep: HANDSHAKE },
  { name: "upgrade, protocol wanted and not given", path: "/ws/echo", headers: { ...upgrade, "sec-websocket-protocol": "chat" }, keep: HANDSHAKE },
  { name: "upgrade, protocol wanted and given", path: "/ws/protocol", headers: { ...upgrade, "sec-websocket-protocol": "log, chat" }, keep: HANDSHAKE },
  { name: "upgrade, protocol given and not wanted", path: "/ws/protocol", headers: upgrade, keep: HANDSHAKE },
  { name: "upgrade, protocol given, another wanted", path: "/ws/protocol", headers: { ...upgrade, "sec-websocket-protocol": "log" }, keep: HANDSHAKE },
  { name: "upgrade, without key, other route", path: "/ws/bare", headers: without("sec-websocket-key"), keep: HANDSHAKE },
  // Errors, and which middlewares see them
  { name: "fault: none", path: "/faults", keep: FIRST },
  { name: "fault: page", path: "/faults?at=page", keep: FIRST },
  { name: "fault: page, HEAD", method: "HEAD", path: "/faults?at=page", keep: FIRST },
  { name: "fault: page, HttpError", path: "/faults?at=page&gone", keep: FIRST },
  { name: "fault: handler", path: "/faults?at=handler", keep: FIRST },
  { name: "fault: handler, POST", method: "POST", path: "/faults?at=handler", body: "x", keep: FIRST },
  { name: "fault: handler, POST, HttpError", method: "POST", path: "/faults?at=handler&gone", body: "x", keep: FIRST },
  { name: "fault: middleware", path: "/faults?at=middleware", keep: FIRST },
  { name: "fault: layout", path: "/faults?at=layout", keep: FIRST },
  { name: "fault: error page", path: "/faults?at=error%20page", keep: FIRST },
  { name: "fault: method not given", method: "PUT", path: "/faults", body: "x", keep: FIRST },
  { name: "fault: not found beside it", path: "/faults/nope", keep: FIRST },
  { name: "throwing handler, POST", method: "POST", path: "/api/throw", body: "x", keep: FIRST },
  { name: "not found: headers", path: "/nope", keep: [...FIRST, "cache-control", "vary"] },
  { name: "not found: HEAD", method: "HEAD", path: "/nope", keep: FIRST },
  { name: "not found: POST", method: "POST", path: "/nope", body: "x", keep: FIRST },
  { name: "page: headers", path: "/about", keep: [...FIRST, "cache-control", "vary", "etag"] },
  { name: "links to the page and above it", path: "/links/here" },
  { name: "links to the page with a query", path: "/links/here?q=1" },
  { name: "an island's prop is a class instance", path: "/props/class%20instance" },
  { name: "an island's prop is a function", path: "/props/function" },
];

/** The values that `/props/…` of the app passes to an island; browser.ts reads the received ones. */
export const kinds: string[] = [
  ...["undefined", "null", "booleans", "numbers", "bigint", "strings", "date", "invalid date", "map", "set"],
  ...["URL", "URLSearchParams", "RegExp", "Uint8Array", "Uint8Array, part of a buffer", "Uint16Array"],
  ...["Float64Array", "ArrayBuffer", "holes", "undefined fields", "nested", "circle", "same object twice"],
  ...["class instance", "error", "promise", "object without prototype", "__proto__ key", "signal", "computed"],
  ...["same signal twice", "signal in a map", "symbol", "function"],
];
