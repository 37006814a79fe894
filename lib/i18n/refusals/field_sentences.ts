import type { SentenceTable } from "./sentence.ts";

/** What is wrong with a field. Several are joined by semicolons. */
export const FIELD_SENTENCES = {
  field_unknown: ["{field} is unknown", "{field}：无法识别"],
  fields_unknown: ["{fields} are unknown", "{fields}：无法识别"],
  field_twice: ["{field} is given twice", "{field}：只能给一次"],
  field_empty: ["{field} must not be empty", "{field}：不能为空"],
  field_too_long: ["{field} is longer than {most} characters", "{field}：超过 {most} 个字符"],
  field_length: ["{field} must have at most {most} characters", "{field}：最多 {most} 个字符"],
  not_object: ["{field} must be an object", "{field}：应为 JSON 对象"],
  not_text: ["{field} must be text", "{field}：应为文字"],
  not_text_or_texts: [
    "{field} must be text or a list of at most {most} texts",
    "{field}：应为文字，或最多 {most} 项文字的列表",
  ],
  text_with_controls: [
    "{field} must not hold control characters or half a surrogate pair",
    "{field}：不能含有控制字符或不成对的代理字符",
  ],
  text_not_storable: [
    "{field} must not hold NUL or half a surrogate pair",
    "{field}：不能含有 NUL 或不成对的代理字符",
  ],
  not_whole_number: [
    "{field} must be a whole number from {least} to {most}",
    "{field}：{least} 到 {most} 的整数",
  ],
  not_whole_number_from: [
    "{field} must be a whole number from {least}",
    "{field}：不小于 {least} 的整数",
  ],
  not_number: [
    "{field} must be a number from {least} to {most}",
    "{field}：{least} 到 {most} 的数",
  ],
  not_either: ["{field} must be {one} or {other}", "{field}：应为 {one} 或 {other}"],
  not_an_option: ["{field} must be one of {options}", "{field}：应为 {options} 之一"],
  not_options: [
    "{field} must be one of {options}, or a list of these",
    "{field}：应为 {options} 之一，或它们的列表",
  ],
  not_among: ["{field} must be among {options}", "{field}：应为 {options} 之一"],
  not_moment: ["{field} must be milliseconds since the epoch", "{field}：应为 1970 年起的毫秒数"],
  not_http_address: ["{field} must be an http address", "{field}：应为 http 地址"],
  not_web_address: [
    "{field} must be an http or https address",
    "{field}：应为 http 或 https 地址",
  ],
  host_not_named: [
    "{field}: ALERT_HOSTS does not name {host}",
    "{field}：ALERT_HOSTS 里没有 {host}",
  ],
  not_time_zone: [
    "{field} must be a time zone such as UTC or Asia/Shanghai",
    "{field}：应为时区名，如 UTC 或 Asia/Shanghai",
  ],
  not_charset: [
    "{field} must be the name of a known character encoding, such as gb18030",
    "{field}：未知的编码",
  ],
  not_cursor: ["{field} must be a cursor of an earlier response", "{field}：应为之前响应里的游标"],
  not_lines: ["{field} must be a list of lines", "{field}：应为多行文字的列表"],
  line_empty: ["{field} must not hold an empty line", "{field}：不能有空行"],
  line_too_long: [
    "{field} must hold lines of at most {most} characters",
    "{field}：每行最多 {most} 个字符",
  ],
  line_malformed: [
    "{field} must look like {examples}",
    "{field}：格式应如 {examples}",
  ],
  line_not_pinyin: [
    "{field} has the reading {reading}, which is not a syllable of pinyin",
    "{field}：读音 {reading} 不是拼音",
  ],
  line_without_group: [
    "{field} names group {group}, which does not exist",
    "{field}：没有编号为 {group} 的分组",
  ],
  line_contradicts: ["{field} contradicts line {line}", "{field}：与第 {line} 行矛盾"],
  too_many_lines: ["{field} must hold at most {most} lines", "{field}：最多 {most} 行"],
  too_many_values: ["{field} must be at most {most} values", "{field}：最多 {most} 个值"],
  too_many_names: ["{field} must hold at most {most} names", "{field}：最多 {most} 个名称"],
  too_many_ids: ["{field} must hold at most {most} ids", "{field}：最多 {most} 个编号"],
  too_many_targets: [
    "{field} must hold at most {most} targets",
    "{field}：最多 {most} 个通知目标",
  ],
  not_article_id: ["{field} must be an article's id", "{field}：应为文章编号"],
  not_id_of_article: ["{field} must be the id of an article", "{field}：应为文章编号"],
  not_article_ids: ["{field} must be a list of article ids", "{field}：应为文章编号的列表"],
  not_target_id: ["{field} must be a target's id", "{field}：应为通知目标的编号"],
  not_target_ids: [
    "{field} must be a list of ids of targets",
    "{field}：应为通知目标编号的列表",
  ],
  not_rule_id: ["{field} must be a rule's id, or null", "{field}：应为规则编号或 null"],
  lost_too_long: [
    "{field} must be at most {most} for nodes_lost: a lost node leaves the list after a minute",
    "{field}：监视失联的节点时最多 {most}，因为失联的节点一分钟后就不在列表里",
  ],
  not_pairs: [
    "{field} must be pairs such as title:headline",
    "{field}：应为 title:headline 这样的对应",
  ],
  null_is_none: ["use null for no value", "不使用时写 null"],
  not_a_pair: ["{pair} is not", "“{pair}”不是"],
  pair_options: ["{field} can name {options}", "{field}：可用的名称有 {options}"],
  not_a_pair_option: ["{pair} is not among them", "“{pair}”不在其中"],
  setting_is: ["{field} is {value}, not {given}", "{field}：现为 {value}，不是 {given}"],
  setting_differs: ["{field} differs from base", "{field}：与 base 不同"],
  field_missing: ["{field} is missing", "{field}：必填"],
  field_invalid: ["{field} is invalid", "{field}：无效"],
} as const satisfies SentenceTable;
