import { defineWords } from "./words.ts";

/** The messages of the page that documents the HTTP interface; its descriptions are in English. */
export const referenceWords = defineWords({
  zh: {
    title: "接口文档",
    note: "与校验请求的代码同源，接口说明为英文",
    download: "下载 OpenAPI 文档",
    parameters: "参数",
    body: "请求体",
    answer: "响应中的 data",
    refusals: "错误状态码",
    required: "必填",
  },
  en: {
    title: "API reference",
    note: "Made from the schemas that validate requests",
    download: "Download OpenAPI document",
    parameters: "Parameters",
    body: "Request body",
    answer: "data in the response",
    refusals: "Error statuses",
    required: "required",
  },
});
