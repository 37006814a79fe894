const LONGEST = 120;
const NOTICE =
  /^[\s\p{P}\p{S}]*(?:相关(?:推荐|阅读|文章|新闻|链接|搜索|专题|内容)|推荐阅读|延伸阅读|扩展阅读|热门(?:文章|推荐|评论|新闻)|猜你喜欢|为您推荐|更多精彩|[上下]一篇|返回(?:顶部|首页|列表)|当前位置|您(?:现在)?的位置|责任编辑|责编|打印本页|关闭窗口|分享到|版权(?:声明|所有)|特别声明|免责声明|copyright|all rights reserved|©)\s*(?:[:：|>»©(（\[【/]|$)|(?:ICP备|ICP证|公网安备)\s*\d|©\s*(?:19|20)\d\d|all rights reserved/iu;

/** Whether a short paragraph is typical boilerplate: breadcrumbs, related links, copyright. */
export function isNotice(text: string): boolean {
  return text.length <= LONGEST && NOTICE.test(text);
}

const LONGEST_HEADING = 40;
const COMMENTS_HEADING =
  /^[\s\p{P}]*(?:(?:全部|精选|最新|热门|网友|发表|用户|读者|文章|写)?(?:评论|留言|跟帖|回帖)(?:列表|区)?|(?:\d+|no|latest|recent|leave a|post a|add a)?\s*(?:comments?|reply|repl(?:y|ies)|responses))\s*(?:[(（\[]?\s*\d+\s*条?\s*[)）\]]?)?[\s:：]*$/iu;

/** Whether a line is the heading of readers' comments. */
export function isCommentsHeading(text: string): boolean {
  return text.length <= LONGEST_HEADING && COMMENTS_HEADING.test(text);
}
