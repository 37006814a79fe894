/** A rule for the reading of a character outside of words, by its neighbors. */
export interface Rule {
  character: string;
  /** The syllable with its tone mark. */
  reading: string;
  /** Must match right before the character, in simplified characters. */
  before?: RegExp;
  /** Must match right after the character, in simplified characters. */
  after?: RegExp;
}

const NUMERAL = /[一二三四五六七八九十百千万两几数多每\d]/;
const PRONOUN = "我你您他她它们咱";

/**
 * Readings that a dictionary of words cannot express. The first matching rule of a character applies, else its
 * default reading. Each rule has an example.
 */
export const RULES: readonly Rule[] = [
  // 改不了; 了无生气
  { character: "了", reading: "liǎo", before: /[^\p{P}\s\w]不/u },
  { character: "了", reading: "liǎo", before: /(?:^|\p{P})/u, after: /[无却断结]/ },

  // 第三行; 二十行代码; 一行字, but 一行五人, 一行人
  { character: "行", reading: "háng", before: /第[一二三四五六七八九十百\d]{1,3}/ },
  {
    character: "行",
    reading: "xíng",
    before: /一/,
    after:
      /(?:[一二三四五六七八九十百\d两几数多]|人|等|于|来|到|抵|前|在|参|访|从|赴|离|乘|应|由|共|走|先|还|又|便|都|下|乘|中|返|回|不|均|皆)/,
  },
  {
    character: "行",
    reading: "háng",
    before: /[二三四五六七八九十百千万两几数每\d]|十多/,
    after: /(?!为|动|走|驶|军)/,
  },
  { character: "行", reading: "háng", before: /一/, after: /[\p{Script=Han}]/u },

  {
    character: "行",
    reading: "háng",
    before: /[了每写排第删空这那哪另起成]一/,
  },

  // 这得看情况, 就得跟着改
  {
    character: "得",
    reading: "děi",
    before: new RegExp(
      `[${PRONOUN}]|(?:总|还|就|都|也|又|非|可|准|须|至少|首先|恐怕|大概|看来|这|那|谁|人|家)`,
    ),
    after:
      /(?![了见到出知以意益来名奖病分体罪胜逞失救势宠力当道其此之无不起住很太上下过着便证悉票志]|第)\p{Script=Han}/u,
  },
  // 必须，得先问; 是得弄清楚
  {
    character: "得",
    reading: "děi",
    before: /(?:^|[，。；：！？“]|是)/,
    after:
      /(?:先|弄|跟|从|把|让|给|去|再|要|看|想|用|靠|问|等|听|说|做|写|学|吃|买|付|花|交|改|换|带|赶|回|在|有个|有点)/,
  },
  // 跑得快
  { character: "得", reading: "de", before: /\p{Script=Han}/u, after: /\p{Script=Han}/u },

  // 慢慢地走, 安全地避免
  {
    character: "地",
    reading: "de",
    before:
      /[^\P{Script=Han}一二三四五六七八九十百千万两几数多每各此本该某当产场基陆草湿工耕农种田外内异属领圣墓胜营阵战境封禁块片亩的大小满遍到在离占租卖买这那就原随平空荒圈拖扫给着了和与是有为从向对于往上下处把将等]/u,
    after: /(?![上下里面的之中内外时])\p{Script=Han}/u,
  },

  // 睡着了, 找不着
  {
    character: "着",
    reading: "zháo",
    before: /[睡找猜逮捉抓够摸点烧燃打射碰撞遇见寻买借吃得]/,
    after: /了/,
  },
  { character: "着", reading: "zháo", before: /[睡找猜摸够用犯数管见吃靠怪沾挨捞寻][不得]/ },
  { character: "着", reading: "zháo", before: /睡/, after: /(?:$|[，。；！？的没以之后时觉])/ },

  // 着便装; 身着
  {
    character: "着",
    reading: "zhuó",
    before: /(?:^|\p{P}|[身均须应统必])/u,
    after: /(?!呢|的|吧|呀|啊)\p{Script=Han}/u,
  },

  // 一只
  { character: "只", reading: "zhī", before: NUMERAL, after: /(?!有|是|能|会|要|不|得|为|好|看)/ },
  {
    character: "只",
    reading: "zhī",
    before: /[这那哪某整]/,
    after: /(?!有|是|能|会|要|不|得|为|好|怕|看|可|顾|管|因)/,
  },

  // 县长陈先生, but 全区长12公里
  {
    character: "长",
    reading: "zhǎng",
    before: /[省市县区乡镇村部局处科厅院校所站队团连排营旅师军舰船组社馆园会庭署]/,
    after: /(?![\d一二三四五六七八九十百千约达近为仅有不超度短])/,
  },
  { character: "长", reading: "zhǎng", after: /(?:着|得|出|满|成|到了|在了|起来|上来)/ },

  // 二重人格; 重写
  { character: "重", reading: "chóng", before: NUMERAL },
  {
    character: "重",
    reading: "chóng",
    after:
      /(?:录|制|来|拍|印|刊|发|建|修|写|做|造|申|演|游|逢|见|返|回|归|登|开|启|试|叠|走|读|考|装|排|设|算|提|温|整|播|译|编|订|校|定|命名|构|置|绘|跑|现|燃|获|新|组|复|又)/,
  },

  // 还我河山, 还他钱
  {
    character: "还",
    reading: "huán",
    after: new RegExp(
      `(?:[${PRONOUN}](?:河山|钱|命|自由|公道|清白|一个)|给|清|回|掉|上|了?[债钱款贷账情]|本国|故|魂|珠|俗|政)`,
    ),
  },
  {
    character: "还",
    reading: "huán",
    before: /(?:归|偿|送|交|退|奉|璧|返|追|讨|索|没|不|难|已|未|要|如期|按时)/,
    after: /(?:$|\p{P}|的|了|者)/u,
  },

  // 建都
  {
    character: "都",
    reading: "dū",
    before: /(?:建|定|迁|奠|移|还|故|旧|新|帝|国|古|陪)/,
    after: /(?:$|\p{P}|于|在|的|之)/u,
  },

  // 曾氏
  { character: "曾", reading: "zēng", after: /(?:氏|某|先生|女士|小姐|老|教授|家|南丰|子|点|公)/ },

  // 《项羽传》
  { character: "传", reading: "zhuàn", after: /[》·]/ },
  {
    character: "传",
    reading: "zhuàn",
    before: /(?:列|自|外|别|小|左|经|史|评|本|家|世|合|内|正|后|前|新|大)/,
    after: /(?:$|[\p{P}]|中(?!了)|里|卷|序|的作者|云|曰)/u,
  },

  // 率军, but 成功率高
  {
    character: "率",
    reading: "shuài",
    after:
      /(?:[军兵众团队师领先其舰骑部百千万数主国新红残全水步精轻有三两机]|第|大军|大部|大批|代表|所部|族|家人|妻)/,
  },

  // 盛饭
  {
    character: "盛",
    reading: "chéng",
    after: /(?:米|饭|汤|粥|菜|酒|出|满|放|了|着|好|在|装|起来|上|一碗|给)/,
  },

  // 头上扎着头绳
  {
    character: "扎",
    reading: "zā",
    after: /(?:着|好|了|上|起|成|个|根|条|紧)?.{0,2}(?:绳|辫|带|巾|结|裤|领|马尾|束|彩|腰|头)/u,
  },

  // 校毕
  { character: "校", reading: "jiào", after: /[毕阅勘注订准样射验改点译核记稿释雠]/ },
  {
    character: "校",
    reading: "jiào",
    before: /(?:再|初|重|复|参|点|互|手|精|未|审|三|二)/,
    after: /(?:$|\p{P})/u,
  },

  // 593弄
  {
    character: "弄",
    reading: "lòng",
    before: /(?:\d|[路街里巷坊村家花福新])/,
    after: /(?!得|不|到|成|清|好|坏|出|死|走|乱|个)/,
  },

  // 柏林
  { character: "柏", reading: "bó", after: /(?:林|培|威|特|拉|图|恩|格森|辽|忌|克|瑞|加)/ },

  // 削籍
  { character: "削", reading: "xuē", after: /[籍职官爵发平弱减除去亲藩地权夺足铁]/ },

  // 咳，
  { character: "咳", reading: "hāi", before: /(?:^|[，。！？“「：…—])/, after: /[，！。…—]/ },

  // a surname, except in words such as 朴素
  { character: "朴", reading: "pǔ", after: /(?:$|\p{P}|的|而|地|之|茨|次|实|质|拙|厚|学|讷)/u },
];
