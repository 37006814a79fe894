import type { SentenceTable } from "./sentence.ts";

/** Why a request is refused. */
export const REQUEST_SENTENCES = {
  no_article: ["There is no article {id}", "没有编号为 {id} 的文章"],
  no_article_with_source: [
    "There is no article with the source {source}",
    "没有来源为 {source} 的文章",
  ],
  no_node: ["There is no node {node}", "没有名为 {node} 的节点"],
  no_operation: ["There is no operation {id}", "没有编号为 {id} 的批量操作"],
  no_import: ["There is no import {id}", "没有编号为 {id} 的导入"],
  no_stopped_import: ["There is no stopped import {id}", "没有编号为 {id} 的中断导入"],
  no_rule: ["There is no rule {id}", "没有编号为 {id} 的规则"],
  no_firing: ["There is no firing {id}", "没有编号为 {id} 的告警"],
  no_target: ["There is no target {id}", "没有编号为 {id} 的通知目标"],
  no_change: ["This change no longer exists", "这条修改记录已经不在了"],
  no_path: ["There is no {path}", "没有 {path}"],
  no_route: ["{method} {path} has no route", "没有 {method} {path} 这个接口"],
  not_an_id: ["{given} is not an id", "{given} 不是编号"],
  no_node_action: ["{given} is neither pause nor resume", "{given} 不是 pause 或 resume"],

  settings_changed: ["{name} has changed {fields} meanwhile", "{name} 刚刚改过：{fields}"],
  name_of_rule_taken: ["There is a rule named {name} already", "已有名为“{name}”的规则"],
  name_of_target_taken: ["There is a target named {name} already", "已有名为“{name}”的通知目标"],
  article_waits: ["Article {id} waits to be processed already", "文章 {id} 已经在等待处理"],
  text_known: ["Article {id} has this text already", "已有同样内容的文章，编号 {id}"],
  source_known: [
    "Article {id} has the source {source} already",
    "来源 {source} 已有文章，编号 {id}",
  ],
  source_known_changed: [
    "Article {id} has the source {source} already, with another text; ?update=true replaces it",
    "来源 {source} 已有文章，编号 {id}，但内容不同；加上 ?update=true 可以替换",
  ],
  source_differs: [
    "The article has the source {source}, but the address {address}",
    "文章里的来源是 {source}，与地址里的 {address} 不同",
  ],
  version_changed: [
    "The article has changed since: If-Match names another version",
    "文章已有变化，与 If-Match 里的版本不同",
  ],
  version_missing: [
    "The article does not exist, which If-Match requires",
    "文章不存在，而 If-Match 要求它存在",
  ],
  version_known: [
    "The article is stored already, in a version that If-None-Match names",
    "文章已经存在，版本在 If-None-Match 之中",
  ],
  key_length: [
    "Idempotency-Key must have 1 to {most} characters",
    "Idempotency-Key 应有 1 到 {most} 个字符",
  ],
  key_reused: [
    "The Idempotency-Key came with another request before",
    "这个 Idempotency-Key 已用于另一个请求",
  ],
  key_under_way: [
    "The request with this Idempotency-Key is under way",
    "使用这个 Idempotency-Key 的请求还在处理",
  ],
  node_lost: ["Cannot {action} node {node}: it is lost", "无法{action}节点 {node}：它已失联"],
  action_pause: ["pause", "暂停"],
  action_resume: ["resume", "恢复"],
  not_undoable: [
    "Operation {id} is not a clearing of the last ten minutes, moved no articles, or was taken back before",
    "批量操作 {id} 不能撤销：它不是最近十分钟内的清除，没有清除任何文章，或者已经撤销过",
  ],
  only_dead_cleared: ["Only dead letters can be cleared", "只有死信可以清除"],
  state_not_dead: ["state must be dead to be cleared", "只有死信可以清除：state 应为 dead"],
  backup_of_server: [
    "The database is a server's; back it up with pg_dump",
    "数据库是独立的服务器，请用 pg_dump 备份",
  ],
  backup_under_way: ["A backup is under way already", "已有备份正在进行"],
  too_many_waiting: [
    "{waiting} articles wait to be processed, and the settings allow {most}; try again in {seconds} s",
    "已有 {waiting} 篇等待处理，设置的上限是 {most} 篇；请 {seconds} 秒后再试",
    "{waiting} article waits to be processed, and the settings allow {most}; try again in {seconds} s",
  ],
  timed_out: ["Signal timed out.", "等待应答超时"],
  host_not_allowed: ["ALERT_HOSTS does not name {host}", "ALERT_HOSTS 里没有 {host}"],

  form_outdated: [
    "The form is not of this version; reload the page",
    "页面已经更新，请刷新后重新填写",
  ],
  form_missing: ["There is no form in the request", "请求里没有表单"],
  form_too_long: ["The form is longer than {bytes} bytes", "表单超过 {bytes} 字节"],
  form_unreadable: ["The form cannot be read", "表单无法解析"],
  nothing_given: ["Neither a text nor a file was given", "没有填写文本，也没有选择文件"],
  not_json_type: [
    "The content type must be application/json; it is {what}",
    "Content-Type 应为 application/json，现为：{what}",
  ],
  nothing: ["missing", "空"],
  body_packed: [
    "The body must not be packed; its content encoding is {encoding}",
    "请求体不能压缩，现为 {encoding}",
  ],
  body_not_json: ["The body is not JSON: {reason}", "请求体不是有效的 JSON：{reason}"],
  body_values: [
    "The body has more than 60,000 values, or 20,000 different names",
    "请求体里的值超过 60,000 个，或不同的名称超过 20,000 个",
  ],
  body_nested: ["The body is nested more than {depth} deep", "请求体嵌套超过 {depth} 层"],
  body_too_long: ["The body is longer than {bytes} bytes", "请求体超过 {bytes} 字节"],
  body_unreadable: ["The body cannot be read: {reason}", "请求体无法读取：{reason}"],
  body_not_object: ["the body must be a JSON object", "请求体应为 JSON 对象"],
  body_not_objects: [
    "the body must be a JSON object, or an array of them",
    "请求体应为 JSON 对象或它们的数组",
  ],
  array_empty: ["the array has no article", "数组里没有文章"],
  array_too_long: [
    "the array has more than {most} articles; POST /api/articles/import takes any number",
    "数组里超过 {most} 篇文章；POST /api/articles/import 不限篇数",
  ],

  method_unsupported: ["This address supports only {methods}", "这个地址只支持 {methods}"],
  not_a_socket: ["This address supports only WebSocket", "这个地址只支持 WebSocket"],
  too_many_sockets: [
    "This address holds {count} sockets already",
    "这个来源地址已有 {count} 个 WebSocket 连接",
  ],
  method_unknown: ["The method must be one of {methods}", "请求方法应为 {methods} 之一"],
  address_malformed: ["The address or the Host header is malformed", "地址或 Host 头格式有误"],
  address_too_long: ["The address is longer than {most} characters", "地址超过 {most} 个字符"],
  path_malformed: ["The path has a malformed % sequence", "路径里的 % 编码有误"],
  handshake_malformed: ["The WebSocket handshake is malformed", "WebSocket 握手格式有误"],
  control_character: [
    "The request would put a control character into the header {name}",
    "请求会把控制字符带入 {name} 头",
  ],
  failed: ["Something went wrong; request {id}", "出错了，请求编号 {id}"],
  internal_error: [
    "Internal error; details are in the log, at request {id}",
    "内部错误，原因已写入日志，请求编号 {id}",
  ],
  not_ready: ["Not ready: {what} cannot be reached", "尚未就绪，连不上{what}"],
  server_broker: ["the broker", " Redis"],
  server_database: ["the database", "数据库"],
  servers: ["the broker and the database", " Redis 和数据库"],

  foreign_site: ["The request comes from a page of another site", "请求来自其他网站的页面"],
  foreign_origin: ["The request comes from a page of another origin", "请求来自其他源的页面"],
  token_unknown: ["The token is not known", "令牌不正确"],
  too_many_tokens: [
    "Too many wrong tokens from this address",
    "这个地址试错令牌的次数过多，请稍后再试",
  ],
  not_bearer: ["Authorization must be Bearer and a token", "Authorization 应为 Bearer 加令牌"],
  not_signed_in: [
    "Sign in, or send a token as Authorization: Bearer",
    "请先登录，或用 Authorization: Bearer 发送令牌",
  ],
  no_role: ["{name} has no role here", "{name} 在这里没有角色"],
  no_permission: [
    "This needs the permission {permission}; the role {role} does not have it",
    "需要 {permission} 权限，{role} 角色没有",
  ],
  host_unknown: ["The Host is not among the addresses in PUBLIC_URL", "Host 不在 PUBLIC_URL 之中"],
  forwarded_without_token: [
    "Without ADMIN_TOKEN nothing that a proxy forwards is served",
    "没有设置 ADMIN_TOKEN，不接受代理转发的请求",
  ],
  remote_without_token: [
    "Without ADMIN_TOKEN only programs of this machine are served",
    "没有设置 ADMIN_TOKEN，只接受本机的请求",
  ],
  host_without_token: [
    "Without ADMIN_TOKEN the Host must be this machine, such as localhost",
    "没有设置 ADMIN_TOKEN，Host 应为本机，如 localhost",
  ],
} as const satisfies SentenceTable;
