import type { SentenceTable } from "./sentence.ts";

/** The JavaScript engine's reasons why a text is not JSON. */
export const JSON_SENTENCES = {
  json_place: [
    "{reason} in JSON at position {position} (line {line} column {column})",
    "第 {line} 行第 {column} 列：{reason}",
  ],
  json_position: ["{reason} in JSON at position {position}", "位置 {position}：{reason}"],
  json_token: ["Unexpected token '{token}', {text} is not valid JSON", "意外的“{token}”：{text}"],
  json_invalid: ["{text} is not valid JSON", "{text} 不是有效的 JSON"],
  json_end: ["Unexpected end of JSON input", "内容不完整"],
  json_after_place: [
    "Unexpected non-whitespace character after JSON at position {position} (line {line} column {column})",
    "第 {line} 行第 {column} 列：JSON 结束后还有内容",
  ],
  json_after: [
    "Unexpected non-whitespace character after JSON at position {position}",
    "位置 {position}：JSON 结束后还有内容",
  ],
  json_property: ["Expected property name or '}'", "应为属性名或 }"],
  json_quoted_property: ["Expected double-quoted property name", "应为双引号括起的属性名"],
  json_colon: ["Expected ':' after property name", "属性名后应为冒号"],
  json_comma_in_object: ["Expected ',' or '}' after property value", "属性值后应为逗号或 }"],
  json_comma_in_array: ["Expected ',' or ']' after array element", "数组元素后应为逗号或 ]"],
  json_string: ["Unterminated string", "字符串没有闭合"],
  json_control: ["Bad control character in string literal", "字符串里有控制字符"],
  json_escape: ["Bad escaped character", "转义字符有误"],
  json_unicode: ["Bad Unicode escape", "Unicode 转义有误"],
  json_minus: ["No number after minus sign", "负号后面没有数字"],
  json_fraction: ["Unterminated fractional number", "小数点后面没有数字"],
  json_exponent: ["Exponent part is missing a number", "指数部分没有数字"],
  json_number: ["Unexpected number", "意外的数字"],
  json_unexpected_string: ["Unexpected string", "意外的字符串"],
} as const satisfies SentenceTable;
