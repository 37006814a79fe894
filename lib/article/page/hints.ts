import type { Block } from "./page_tree.ts";

/**
 * The classification of a block by its element and names: `part` is boilerplate by its element or role,
 * `chrome` by its names; `suspect` may also be part of an article, so its text decides.
 */
export type Hint = "part" | "chrome" | "suspect" | "comments" | null;

const PARTS: ReadonlySet<string> = new Set(["nav", "footer", "aside", "menu", "dialog"]);
const ROLES =
  /(?:^|\s)(?:navigation|complementary|contentinfo|search|dialog|alertdialog|menu|menubar|toolbar|tablist|alert|status)$/;
const FORMS: ReadonlySet<string> = new Set(["form", "fieldset"]);
/** Names of these elements describe their topic or the whole page. */
const NAMED_OTHERWISE: ReadonlySet<string> = new Set(
  "html body main h1 h2 h3 h4 h5 h6 blockquote tr td tbody".split(" "),
);

/** Matches words between separators, as in `related-posts`, `post_share`, `site-footer`. */
function words(list: string): RegExp {
  return new RegExp(`(?:^|[\\s_.:-])(?:${list.trim().split(/\s+/).join("|")})(?=$|[\\s_.:\\d-])`);
}

const COMMENTS = words(`
  blog_comment_body cmt cmt_area cmt-list comments commentlist commentarea feedbackcon commentsection comment-form discussion disqus kommentar kommentare
  replies respond responses trackback trackbacks pingback pingbacks pings webmentions
`);

/** A single comment, but not a caption or a live commentary. */
const COMMENT = /(?:^|\s)comment(?=$|[\s_-])/;

const CHROME = words(`
  adsense adsbygoogle advert advertisement advertising advertorial affiliate
  authorbox author-box author-bio author-info author-card author-description about-author about-the-author saboxplugin
  biography breadcrumb breadcrumbs captcha colophon complementary contentinfo consent cookie cookies
  cookiebar copyright donate donation editsection footer footnav gdpr headline-list imprint impressum jp-relatedposts
  kontakt language-switcher languages login masthead menu menubar metadata metabar mw-jump nav navbar navbox navi
  navigation newsletter nextprev noscript offcanvas overlay pager pagination paging popular popup postmeta
  post-meta entry-meta entry-footer prevnext prev-next prenext prenext-posts printfooter recommend recommended
  recommendation recommendations related related-articles relatedposts related-posts relatedarticles rss
  search searchform share shares sharebar sharedaddy share-buttons sharing shariff shoutbox sidebar signin signup
  sign-up sitemap siteinfo skip-link social socials socialmedia social-media sponsor sponsored sub-menu
  submenu subnav subscribe subscription tagcloud taglist tag-list toolbar toolbox topbar trending vorschlag
  widget-area widgetarea widgets yarpp yarpp-related
`);

const SUSPECT = words(`
  ad ads agegate alert aside author banner bio carousel slider paywall box-teaser btn button buttons byline caption crumbs cta date dialog disclaimer
  download downloads dropdown extra feedback flash form head header hero infobox jump languages legal license
  licence links list logo meta modal more notice popover post-tags print promo promotion promoted rating ratings
  recent reviews section-header sources tag tags teaser teasers tool tools tweet twitter utility vcard voting warning
  widget
`);

/** Class names of blog software for categories, which do not describe parts of pages. */
const SORTING = /(?:^|\s)(?:tag|category|post|page|type|status|format|author|term|has)-\S+/g;
const WHOLE_ARTICLE = /(?:^|\s)(?:hentry|h-entry|type-post|type-page)(?:\s|$)/;

/** Names that describe a block's neighbors, or what it has or lacks, or a post that an article quotes. */
const WRAPPER =
  /(?:^|[\s_-])(?:page|main|wrap|wrapper|layout|site|above|below|before|has|no|not|with|without|hidden|fixed|one|left|right)[_-]|[_-](?:page|main|wrap|wrapper|layout)(?=$|[\s_-])|social[\w-]*[_-]embed/;

/** Classifies a block by its element, role, class and id. */
export function hintOf({ name, hints }: Block): Hint {
  if (PARTS.has(name) || ROLES.test(hints)) return "part";
  if (NAMED_OTHERWISE.has(name)) return null;
  return hintOfNames(hints) ?? (FORMS.has(name) ? "suspect" : null);
}

function hintOfNames(names: string): Hint {
  if (names.length < 3 || WHOLE_ARTICLE.test(names)) return null;
  const name = names.replace(SORTING, "");
  if (COMMENTS.test(name) || COMMENT.test(name)) return "comments";
  if (CHROME.test(names)) return WRAPPER.test(names) ? "suspect" : "chrome";
  return SUSPECT.test(name) ? "suspect" : null;
}
