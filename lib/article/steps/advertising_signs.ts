import { foldLetters } from "./fold.ts";

/** Signs of addressing the reader: calls to action, contacts, prices. */
const ADDRESSING = new RegExp(
  [
    "[!！👇👆↓☟▼]|→|>>|»",
    "(?<![申邀聘宴])请|赶快|赶紧|速来|快来|速戳|戳|点此|点我|猛戳|马上|立即|立刻|即刻|抓紧|错过|名额有限|数量有限|先到先得",
    "欢迎|敬请|详询|垂询|您|下方|上方二维码|文末|后台回复|回复关键词|私信|本公众号|本号|小编|客服|热线|进群|加群",
    "原价|现价|仅需|只需|只要|低至|券后|立减|满减|包邮|送货|半价|买一送|[¥￥]\\s?\\d|\\d+(?:\\.\\d+)?\\s?元|\\d(?:\\.\\d)?\\s?折",
    "(?:微信|vx|wx|v信|qq|电话|手机|tel)号?\\s*[:：]?\\s*[a-z0-9][\\w-]{4,}|\\b1[3-9]\\d{9}\\b|https?://|www\\.",
    "\\b(?:click|hurry|today only|order now|act now|your|you|visit us|call us|sign up|don['’]t miss|use code|we)\\b",
    "[$€£]\\s?\\d|\\d+\\s?%\\s?(?:off|discount)",
  ].join("|"),
  "giu",
);

/** Promises, which also occur in prose. */
const LURING =
  /免费|福利|优惠|红包|特价|折扣|抢购|秒杀|限量|限时|领取|扫码|扫描|扫一扫|长按|识别|二维码|公众号|点击|购买|下单|咨询|报名|课程|资料|\b(?:free|save|deal|offer|discount|coupon|code|shop|shipping|sale|exclusive|newsletter|now)\b/giu;

/** Signs of narrative prose: people, causes, times, doubts. */
const TELLING = new RegExp(
  [
    "[他她它]|我(?!们|微信)|我们(?=[都在从看发认曾也把用知可])|人们|有人|某些|一些|许多|很多|不少|大多|部分|每个|各种|双方|朋友说|母亲|父亲|老人|孩子|老板|学生|同事|店主|摊主|居民|网友|市民|受害",
    "记者|报道|据悉|据说|表示|认为|指出|强调|提到|写道|回忆|描述|评论|讨论|称(?=[，：“])|[说问][，：“]|研究|调查|数据|统计|监管|部门|法院|法规|条例|规定|警方|案件|诈骗|骗子|骗局|违法|违规|涉嫌|起诉|罚款|投诉",
    "消费者|用户|读者们|顾客|商家|平台|企业|公司|行业|产业|模式|时代|社会|历史|文化|经济|商业化|策略|现象|趋势|手段|套路|本质|背后|心理|算法|设计师|编辑|作者",
    "当时|后来|曾|过去|如今|从前|近年|去年|今年|当年|那时|那天|昨天|上周|年代|世纪|第一次|有一次|最近|\\d{4}\\s?年",
    "这种|那种|这类|那些|所谓|例如|比如|因为|由于|虽然|尽管|但|然而|不过(?!是)|如果|除非|并非|不是(?!梦)|没有|没|不会|不能|不想|不要|不得|反而|才是|很难|早已|以后|无人|拒绝|为什么|怎么|一种|一个|一张|一则|一条|被|把|让人|使得|导致|造成|引发|意味|成为|成了|变成|变得|带来|取代|越来越|甚至|其实|显然|似乎|往往|常常|经常|通常|总是|仍|依然|已经|已成|开始|几乎|只是|无非|而是|之一|以及",
    "了(?=[，。；一三四五六七八九十他她我这那半几好])|着(?=[^陆装急])|过(?=[，。的])",
    "\\b(?:he|she|they|his|her|their|him|them|said|says|was|were|had|been|when|because|although|however|who|whose|which|people|users|readers|customers|consumers|company|companies|regulators?|study|report|researchers|never|nobody|didn['’]t|doesn['’]t|wasn['’]t|isn['’]t|refused|asked|told|wrote|called|found|became|used to|i|my|few|most|many|some)\\b",
  ].join("|"),
  "giu",
);

/** Returns the number of distinct signs in a paragraph. */
export interface Signs {
  addressing: number;
  luring: number;
  telling: number;
}

/** Counts the signs for and against advertising in a paragraph. */
export function countSigns(given: string): Signs {
  const text = foldLetters(given);
  return {
    addressing: countDistinct(text, ADDRESSING),
    luring: countDistinct(text, LURING),
    telling: countDistinct(text, TELLING),
  };
}

function countDistinct(text: string, signs: RegExp): number {
  return new Set(Array.from(text.matchAll(signs), ([sign]) => sign.toLowerCase())).size;
}
