import type { SentenceTable } from "./sentence.ts";

/** Why an import stops, and why it rejects, skips or notes a record. */
export const IMPORT_SENTENCES = {
  import_stopped: [
    "Cannot finish the import: {action} the articles failed: {reason}",
    "{action}文章时出错：{reason}",
  ],
  input_cut: [
    "The connection ended before the whole input was sent",
    "内容还没有发完，连接就断开了",
  ],
  action_reading: ["reading", "读取"],
  action_saving: ["saving", "保存"],
  content_type_unsupported: [
    "Cannot read the articles: content type {type} is not supported; use one of {types}",
    "不支持 Content-Type {type}，支持的有：{types}",
  ],
  content_encoding_unsupported: [
    "Cannot read the articles: content encoding {encoding} is not supported; use one of gzip, zstd, br, identity",
    "不支持 Content-Encoding {encoding}，支持的有：gzip、zstd、br、identity",
  ],
  format_unknown: [
    "Cannot read the articles: their format is not recognized; name the file by it, such as a.txt, a.md, a.html, a.csv or a.json, or declare it by a content type: {types}",
    "无法识别文章的格式。请按格式命名文件，例如 a.txt、a.md、a.html、a.csv 或 a.json，或用 Content-Type 声明：{types}",
  ],
  format_unsupported: [
    "Cannot read the articles: this is {what}; save it as text, HTML or CSV first",
    "不支持这种文件（{what}），请先另存为文本、HTML 或 CSV",
  ],
  archive_unsupported: [
    "Cannot read the articles: this is {what}; unpack it, or pack it as zip or gzip",
    "不支持这种文件（{what}），请先解压，或改用 zip 或 gzip 压缩",
  ],
  what_pdf: ["a PDF", "PDF 文件"],
  what_rtf: ["a document in RTF", "RTF 文档"],
  what_old_office: ["an older Office document", "旧版 Office 文档"],
  what_office: ["an Office document", "Office 文档"],
  what_image: ["an image", "图片"],
  what_database: ["a database", "数据库"],
  what_recording: ["a recording", "音频或视频"],
  what_binary_table: ["a binary table", "二进制数据表"],
  what_ebook: ["an e-book", "电子书"],
  what_opendocument: ["an OpenDocument file", "OpenDocument 文档"],
  what_ebook_or_opendocument: [
    "an e-book, or an OpenDocument file",
    "电子书或 OpenDocument 文档",
  ],
  what_iwork: ["an iWork document", "iWork 文稿"],
  what_web_archive: ["a web archive in WARC or ARC", "WARC 或 ARC 网页存档"],
  what_email: ["an e-mail, or a page in MHTML", "电子邮件或 MHTML 网页"],
  what_binary: ["binary data", "二进制数据"],
  what_archive: ["an archive that is not zip or tar", "zip 和 tar 以外的压缩包"],
  what_compressed: ["compressed with an unsupported program", "用不支持的程序压缩"],
  what_bzip2: ["compressed with bzip2", "bzip2 压缩"],
  what_xz: ["compressed with xz", "xz 压缩"],

  unpack_failed: ["Cannot unpack the {packing} data: {reason}", "{packing} 数据解压失败：{reason}"],
  data_broken: ["it is broken", "数据损坏"],
  data_cut_off: ["it is cut off", "数据不完整"],
  data_ended: ["unexpected end of file", "数据不完整"],
  data_continues: ["other bytes follow it", "后面还有其他字节"],
  data_followed: [
    "the {packing} data is followed by {count} other bytes, which were skipped",
    "{packing} 数据后面还有 {count} 个其他字节，已跳过",
    "the {packing} data is followed by {count} other byte, which was skipped",
  ],
  data_header: ["incorrect header check", "文件头有误"],
  data_checksum: [
    "the checksum does not match, so what was read of it may be wrong",
    "校验和不符，已读取的内容可能有误",
  ],
  data_length: ["incorrect length check", "长度与记录不符"],
  data_method: ["unknown compression method", "压缩方法未知"],
  data_window: ["invalid window size", "窗口大小有误"],
  data_header_checksum: ["header crc mismatch", "文件头校验和不符"],
  data_block: ["invalid block type", "数据块类型有误"],
  data_block_length: ["invalid stored block lengths", "数据块长度有误"],
  data_distance: ["invalid distance too far back", "数据引用超出范围"],
  data_distance_code: ["invalid distance code", "距离编码有误"],
  data_distances: ["invalid distances set", "距离编码表有误"],
  data_symbols: ["too many length or distance symbols", "编码表过长"],
  data_code_lengths: ["invalid code lengths set", "编码表有误"],
  data_bit_lengths: ["invalid bit length repeat", "编码表重复次数有误"],
  data_block_end: ["invalid code -- missing end-of-block", "数据块没有结束标记"],
  data_literals: ["invalid literal/lengths set", "字符编码表有误"],
  data_literal: ["invalid literal/length code", "字符编码有误"],
  data_excess: [
    "it unpacks to more than {ratio} times its size",
    "解压后超过原大小的 {ratio} 倍",
  ],
  file_not_unpacked: ["it cannot be unpacked", "无法解压"],
  file_encrypted: ["it is encrypted; unpack it first", "已加密，请先解压"],
  file_unsupported: ["it is in no format that is read", "不支持这种格式"],

  no_article_in_input: ["there is no article in it", "里面没有文章"],
  record_too_long: ["the record is longer than 2 MB", "记录超过 2 MB"],
  record_bytes: ["the record holds bytes that are not UTF-8", "记录里有不属于 UTF-8 的字节"],
  record_fields: ["the record has more than 10,000 fields", "记录的字段超过 10,000 个"],
  record_values: [
    "the record has more than 60,000 values, or 20,000 different names",
    "记录里的值超过 60,000 个，或不同的名称超过 20,000 个",
  ],
  record_not_object: ["the article is not a JSON object", "文章不是 JSON 对象"],
  record_not_json: ["the record is not JSON: {reason}", "不是有效的 JSON：{reason}"],
  array_open: ["the JSON array is not closed", "JSON 数组没有结束"],
  record_refused: ["Postgres rejects it: {reason}", "Postgres 拒绝保存：{reason}"],
  content_empty: ["the content is empty", "正文为空"],
  content_missing: ["content is missing", "缺少正文"],
  two_groups: [
    "group_id and group cannot both be given",
    "分组编号（group_id）和分组（group）只能给一个",
  ],
  title_cut: [
    "the title was cut to {most} characters; extra has all of it",
    "标题只保留前 {most} 个字符，全文在 extra 里",
  ],
  source_hashed: [
    "the source is longer than {most} characters and was replaced by its hash",
    "来源超过 {most} 个字符，已改用它的散列值",
  ],
  source_shared: [
    "the source {source} does not identify one article: several have it, with different texts",
    "来源 {source} 不能用来区分文章：几篇内容不同的文章都用它",
  ],
  source_shared_earlier: [
    "the source {source} does not identify one article: an earlier import had several with it; PUT /api/articles makes it unique again",
    "来源 {source} 不能用来区分文章：之前的一次导入里有几篇文章都用它；用 PUT /api/articles 可以恢复",
  ],

  document_empty: ["the document is empty", "文档是空的"],
  document_not_text: [
    "the document is not text in a known charset",
    "文档不是文本，或编码无法识别",
  ],
  document_too_hard: [
    "the document takes too long to read, or is nested too deep",
    "文档解析时间过长，或嵌套过深",
  ],
  characters_lost: [
    "{count} characters could not be read",
    "{count} 个字符无法识别",
    "{count} character could not be read",
  ],
  front_matter_by_line: [
    "the front matter is invalid; it was read line by line",
    "开头的元数据（front-matter）有误，已逐行读取",
  ],
  front_matter_unreadable: [
    "the front matter cannot be read",
    "开头的元数据（front-matter）无法解析",
  ],
  post_draft: ["the post is a draft", "这是草稿"],
  post_unpublished: ["the post is not published: {status}", "文章尚未发布：{status}"],
  not_a_ghost_post: ["it is a Ghost {type}, not a post", "这是 Ghost 的 {type}，不是文章"],
  not_a_blogger_post: ["it is a Blogger {type}, not a post", "这是 Blogger 的 {type}，不是文章"],
  not_a_post: ["it is a WordPress {type}, not a post", "这是 WordPress 的 {type}，不是文章"],
  charset_other: [
    "the text is declared as {declared}, but is in {charset}; it was read as {used}",
    "声明的编码是 {declared}，实际是 {charset}，已按 {used} 读取",
  ],
  charset_not_utf8: [
    "the text is not UTF-8; it was read as {charset}",
    "文本不是 UTF-8，已按 {charset} 读取",
  ],

  in_header: ["the header row: {reason}", "表头：{reason}"],
  header_without_content: [
    "the header row has no column content; name the column with ?map=content:NAME",
    "表头里没有 content 列，可用 ?map=content:列名 指定",
  ],
  line_before_header: ["the line before the header was skipped", "表头之前的一行已跳过"],
  content_column_guessed: [
    "no column is named content; {column} was read as it, since it has the longest texts",
    "没有名为 content 的列；{column} 列文字最长，已当作正文",
  ],
  columns_unnamed: [
    "these columns match no field and are kept in extra: {columns}",
    "这些列名没有对应的字段，内容保留在 extra 里：{columns}",
  ],
  content_guessed: [
    "the table has no header; {what} was read as the content, since it has the longest texts",
    "表格没有表头；{what}的文字最长，已当作正文",
  ],
  what_column: ["column {number}", "第 {number} 列"],
  row_kept_in_extra: ["{reason}; the others were kept in extra", "{reason}，多出的保留在 extra 里"],
  row_joined: [
    "{reason}; the others were read as part of the content",
    "{reason}，多出的并入正文",
  ],
  row_joined_at_spaces: [
    "{reason}; delimiters before a space were read as text",
    "{reason}，后跟空格的分隔符已当作文字",
  ],
  row_unclear: [
    "{reason}; a field that contains the delimiter must be quoted",
    "{reason}；含有分隔符的字段必须加引号",
  ],
  row_length: [
    "the row has {fields_given} fields where the header has {fields_wanted}",
    "这一行有 {fields_given} 列，表头有 {fields_wanted} 列",
    "the row has {fields_given} field where the header has {fields_wanted}",
  ],
  quote_open: ["a quoted field is not closed", "引号没有闭合"],
  quote_followed: [
    "a quoted field has text after its closing quote",
    "闭合的引号后面还有文字",
  ],

  other_document: ["this is {what}", "这是{what}"],
  what_opml: [
    "a list of feeds (OPML), which holds no articles; import the feeds it names",
    "订阅列表（OPML），其中没有文章；请导入它列出的订阅源",
  ],
  what_sitemap: ["a sitemap, which holds no articles", "网站地图，其中没有文章"],
  what_sitemaps: ["a list of sitemaps, which holds no articles", "网站地图的索引，其中没有文章"],
  what_wiki: [
    "a MediaWiki dump, whose pages are in wiki markup",
    "维基的导出文件（MediaWiki），页面是维基标记",
  ],
  what_xml: [
    "not an RSS or Atom feed: its first element is <{element}>",
    "其他 XML，不是 RSS 或 Atom：第一个元素是 <{element}>",
  ],
  feed_empty: [
    "this is not an RSS or Atom feed: it has no element",
    "不是 RSS 或 Atom：里面没有元素",
  ],
  feed_cut_off: ["the feed ends before it is closed", "订阅源不完整，没有结束标签"],
  item_cut_off: ["the feed ends within the item", "订阅源不完整，断在这一条里"],
  item_too_deep: ["elements are nested more than {depth} deep", "元素嵌套超过 {depth} 层"],
  item_too_many_attributes: [
    "an element has more than {count} attributes",
    "有元素的属性超过 {count} 个",
  ],
  item_section_open: ["the item has an unclosed {opening}", "这一条里的 {opening} 没有闭合"],
  item_open: ["the item is not closed", "这一条没有闭合"],
  item_empty: ["the item has no title, no text and no link", "这一条没有标题、正文和链接"],
} as const satisfies SentenceTable;
