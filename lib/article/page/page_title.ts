/** The candidates for a page's title. */
export interface TitleSources {
  /** Titles from metadata, best first. */
  declared: readonly (string | null)[];
  /** Its `<title>`, possibly with the site's name. */
  title: string;
  /** Its first `<h1>`. */
  heading: string;
  site: string | null;
}

/** Separators between a title and the site's name. */
const SEPARATOR =
  /\s*[_|｜丨]\s*|\s*-{2,}\s*|\s+[-–—·»«›:]+\s+|\s*[—–]{1,2}\s*(?=[^—–]*$)|\s*-\s*(?=[\p{Script=Han}\w. ]*(?:网|报|社|台|博客)$)/gu;
const SITE =
  /(?:网|网站|新闻|频道|博客|首页|门户|论坛|社区|日报|晚报|早报|周刊|杂志|在线|客户端|财经|知乎|百科|资讯|中心|官网|平台|专栏|头条|公众号|简书|豆瓣|微博|贴吧|blog|news|wikipedia|home|times|post|journal|magazine|\.(?:com|net|org|cn|io|de|fr))$|^(?:首页|home)$/iu;
const SHORTEST_TITLE = 4;
/** A longer text is no title; the patterns above take quadratic time. */
const LONGEST_TITLE = 1_000;
const LONGEST_SITE = 30;
/** 标题--文化--某某网: the part before the site's name is a section of the site. */
const LONGEST_CHANNEL = 4;

/** Chooses a page's title and removes the site's name from it. */
export function chooseTitle({ declared, title, heading, site }: TitleSources): string {
  const given = [...declared, title, heading].map((one) => one?.replace(/\s+/g, " ").trim() ?? "")
    .filter((one) => one !== "");
  const [first = ""] = given;
  // An attribute value that ends early at an unescaped quotation mark in the title.
  const whole = given.find((one) => one.startsWith(`${first}"`)) ?? first;
  if (whole.length > LONGEST_TITLE) return whole;
  return withoutSite(whole, heading.trim(), site?.trim() ?? "");
}

function withoutSite(title: string, heading: string, site: string, wasLonger = false): string {
  const parts = split(title);
  if (parts.length === 1) return title;
  const shown = parts.find(({ text }) => text === heading);
  if (shown !== undefined && heading.length >= SHORTEST_TITLE) return heading;
  let [first, last] = [0, parts.length - 1];
  const isChannel = (part: string) =>
    wasLonger && part.length <= LONGEST_CHANNEL && title.endsWith(`--${part}`);
  while (last > first) {
    const { text } = parts[last]!;
    if (!isSite(text, site, title) && !isChannel(text)) break;
    last--;
  }
  while (first < last && isNamed(parts[first]!.text, site)) first++;
  const shorter = title.slice(parts[first]!.start, parts[last]!.end).trim();
  return shorter === title ? title : withoutSite(shorter, heading, site, true);
}

function isSite(part: string, site: string, title: string): boolean {
  if (part === "" || isNamed(part, site)) return true;
  if (part.length > LONGEST_SITE) return false;
  // 标题_栏目_网站: in Chinese titles, an underscore separates only such parts.
  return SITE.test(part) ||
    (/\p{Script=Han}{4}[^_]*_/u.test(title) && title.endsWith(`_${part}`)) ||
    new RegExp(`_${RegExp.escape(part)}_`).test(title);
}

function isNamed(part: string, site: string): boolean {
  if (site === "") return false;
  const [one, other] = [part.toLowerCase(), site.toLowerCase()];
  return one === other || (one.length >= 3 && other.startsWith(one)) ||
    (other.length >= 3 && one.startsWith(other) && one.length < 2 * other.length);
}

function split(title: string): { text: string; start: number; end: number }[] {
  const parts: { text: string; start: number; end: number }[] = [];
  let start = 0;
  for (const { index, 0: separator } of title.matchAll(SEPARATOR)) {
    parts.push({ text: title.slice(start, index).trim(), start, end: index });
    start = index + separator.length;
  }
  parts.push({ text: title.slice(start).trim(), start, end: title.length });
  return parts;
}
