import type { SentenceTable } from "../refusals/sentence.ts";

/** The messages of the log, info and above, by their code. Codes are stable: they are stored. */
export const LOG_SENTENCES = {
  node_started_redis: [
    "Node {node} runs as {role}, on {database} and Redis; Millrace {version}.",
    "节点 {node} 已启动，角色为 {role}，使用 {database} 和 Redis；Millrace {version}。",
  ],
  node_started_alone: [
    "Node {node} runs as {role}, on {database} and the in-process broker; Millrace {version}.",
    "节点 {node} 已启动，角色为 {role}，使用 {database} 和进程内队列；Millrace {version}。",
  ],
  node_serving: [
    "Serving on http://{hostname}:{port}/",
    "开始提供服务：http://{hostname}:{port}/",
  ],
  port_awaited: [
    "Waiting up to {seconds} s for the process that serves at LISTEN {listen}, PORT {port}: it may be a node that stops.",
    "LISTEN {listen}、PORT {port} 正被另一个进程使用，它可能是正在停止的节点；最多等 {seconds} 秒。",
  ],
  folder_awaited: [
    "Waiting up to {seconds} s for the process of Millrace that uses {folder}: it may be stopping.",
    "{folder} 正被另一个 Millrace 进程使用，它可能正在停止；最多等 {seconds} 秒。",
  ],
  embedded_stalled: [
    "The embedded Postgres has not responded for {minutes} minutes; the node stops, so that it can be started again. Nothing is lost.",
    "内置 Postgres 已有 {minutes} 分钟没有响应；节点将停止，以便重新启动。没有数据丢失。",
  ],
  node_stopping: ["Node {node} stops.", "节点 {node} 正在停止。"],
  node_not_removed: [
    "Cannot remove this node from the list, which shows it as lost for a minute: {error}",
    "无法把本节点移出列表，一分钟内会显示为失联：{error}",
  ],
  node_silent: [
    "Node {node} has stopped reporting; it holds {articles} articles until its lease expires.",
    "节点 {node} 不再上报；它手里的 {articles} 篇文章要等租约到期。",
    "Node {node} has stopped reporting; it holds {articles} article until its lease expires.",
  ],
  node_taken_over: [
    "Node {node} is lost; its {ids} articles are pending again.",
    "节点 {node} 失联；它手里的 {ids} 篇文章已退回队列。",
    "Node {node} is lost; its {ids} article is pending again.",
  ],
  node_paused: ["Node {node} is paused by {by}.", "{by} 暂停了节点 {node}。"],
  node_resumed: ["Node {node} is resumed by {by}.", "{by} 恢复了节点 {node}。"],
  node_resumed_by_start: [
    "Node {node} is resumed by the start of the stream.",
    "流水线启动，节点 {node} 恢复处理。",
  ],
  samples_imported: [
    "Imported {accepted} sample articles; set SAMPLE=off to skip them.",
    "已导入 {accepted} 篇示例文章；不需要时设置 SAMPLE=off。",
    "Imported {accepted} sample article; set SAMPLE=off to skip it.",
  ],

  articles_processed: [
    "Processed {count} articles.",
    "处理完成 {count} 篇。",
    "Processed {count} article.",
  ],
  article_failed: [
    "Article {article} failed, try {tries}; next try in {seconds} s: {message}",
    "文章 {article} 第 {tries} 次失败，{seconds} 秒后重试：{message}",
  ],
  article_dead: [
    "Article {article} failed, try {tries}, and is now a dead letter: {message}",
    "文章 {article} 第 {tries} 次失败，成为死信：{message}",
  ],
  article_unreadable: [
    "Postgres refuses to read article {article}; retrying it alone: {reason}",
    "Postgres 读不出文章 {article}，改为单独重试：{reason}",
  ],
  result_refused: [
    "Postgres refuses the result of article {article}; retrying it alone: {reason}",
    "Postgres 拒绝保存文章 {article} 的结果，改为单独重试：{reason}",
  ],
  articles_returned: [
    "Returned {left} unfinished articles to the queue; no try was counted.",
    "{left} 篇未完成的文章已放回队列，不计尝试次数。",
    "Returned {left} unfinished article to the queue; no try was counted.",
  ],
  articles_not_returned: [
    "Cannot return the unfinished articles; another node requeues them when the lease expires: {error}",
    "未完成的文章无法放回队列，租约到期后由其他节点放回：{error}",
  ],
  articles_retried: [
    "Retried {done} articles for {by}.",
    "{by} 重试了 {done} 篇文章。",
    "Retried {done} article for {by}.",
  ],
  dead_letters_cleared: [
    "Cleared {done} articles for {by}.",
    "{by} 清除了 {done} 篇死信。",
    "Cleared {done} article for {by}.",
  ],
  dead_letters_restored: [
    "Brought back {done} articles for {by}.",
    "{by} 撤销清除，{done} 篇死信已恢复。",
    "Brought back {done} article for {by}.",
  ],
  operation_failed: ["Cannot finish an operation: {error}", "批量操作未能完成：{error}"],
  batch_failed: [
    "Cannot finish a batch of {count} articles: {error}",
    "一批 {count} 篇文章未能处理完：{error}",
    "Cannot finish a batch of {count} article: {error}",
  ],
  consumer_failed: [
    "The consumer failed and continues: {error}",
    "取文章时出错，继续运行：{error}",
  ],

  active_returned: [
    "{count} active articles were not being processed; they are pending again.",
    "{count} 篇文章标为处理中却没有在处理，已退回队列。",
    "{count} active article was not being processed; it is pending again.",
  ],
  outbox_queued: [
    "Queued {count} articles from the outbox that were missing in the queue.",
    "队列里缺少已提交的 {count} 篇文章，已补入。",
    "Queued {count} article from the outbox that was missing in the queue.",
  ],
  queue_incomplete: [
    "{missing} unfinished articles were missing in the queue and were queued again.",
    "队列里缺少 {missing} 篇未完成的文章，已补入。",
    "{missing} unfinished article was missing in the queue and was queued again.",
  ],
  queue_misplaced: [
    "{misplaced} ids were among the retries or dead letters of the queue, but not of the database; they were placed where they belong.",
    "队列的重试或死信里有 {misplaced} 个编号与数据库不符，已改正。",
    "{misplaced} id was among the retries or dead letters of the queue, but not of the database; it was placed where it belongs.",
  ],
  queue_not_compared: [
    "Cannot compare the queue with the database: {error}",
    "无法核对队列与数据库：{error}",
  ],
  queue_behind: [
    "The queue was behind the database: {misplaced} articles were placed again.",
    "队列落后于数据库，{misplaced} 篇文章已重新归位。",
    "The queue was behind the database: {misplaced} article was placed again.",
  ],
  database_restored: [
    "The database was restored from an earlier time: {dropped} ids in the queue had no article and were dropped.",
    "数据库恢复到了较早的时间；队列里有 {dropped} 个编号没有对应的文章，已移除。",
    "The database was restored from an earlier time: {dropped} id in the queue had no article and was dropped.",
  ],
  not_requeued: [
    "Cannot requeue the articles of lost nodes: {error}",
    "失联节点的文章无法放回队列：{error}",
  ],
  ids_removed: [
    "Removed from the queue, since it is not an article id: {values}",
    "不是文章编号，已移出队列：{values}",
  ],
  keys_moved: [
    "Another program's values were found under Millrace's keys; moved for {days} days to {keys}",
    "Millrace 的键里有其他程序的值，已移到 {keys}，保留 {days} 天",
  ],
  eviction_policy: [
    "The maxmemory-policy of Redis is {policy}: when it is full, it drops keys of the queue. Set it to noeviction.",
    "Redis 的 maxmemory-policy 是 {policy}，内存用满时会丢弃队列的键；请改为 noeviction。",
  ],

  broker_away: [
    "The broker is unreachable; no articles are taken until it is back: {reason}",
    "Redis 不可用，恢复之前不再取文章：{reason}",
  ],
  broker_back: ["The broker is back after {seconds} s.", "Redis 已恢复，中断 {seconds} 秒。"],
  database_away: [
    "The database is unreachable; no articles are taken until it is back: {reason}",
    "数据库不可用，恢复之前不再取文章：{reason}",
  ],
  database_back: ["The database is back after {seconds} s.", "数据库已恢复，中断 {seconds} 秒。"],
  ping_failed: ["Cannot ping a server: {error}", "无法探测 Redis 或数据库：{error}"],
  clock_ahead: [
    "This machine's clock is {seconds} s ahead of the database's. Times are taken from the database; set the clock, for example by NTP.",
    "本机时钟比数据库快 {seconds} 秒。时间以数据库为准；请校准本机时钟，例如用 NTP。",
  ],
  clock_behind: [
    "This machine's clock is {seconds} s behind the database's. Times are taken from the database; set the clock, for example by NTP.",
    "本机时钟比数据库慢 {seconds} 秒。时间以数据库为准；请校准本机时钟，例如用 NTP。",
  ],
  clock_correct: ["This machine's clock is correct again.", "本机时钟已恢复准确。"],
  clock_not_read: [
    "Cannot read the time of the database: {error}",
    "读不到数据库的时间：{error}",
  ],

  setting_invalid: [
    "The value {value} of the setting {setting} is invalid; its default applies.",
    "设置“{setting}”的值 {value} 无效，改用默认值。",
  ],
  settings_not_checked: [
    "Cannot check for changed settings: {error}",
    "无法检查设置有没有改动：{error}",
  ],
  settings_not_sent: [
    "Cannot notify the other nodes of new settings; they poll for them within seconds: {error}",
    "新设置无法通知其他节点，它们几秒内会自行读取：{error}",
  ],
  tokens_reloaded: [
    "Reloaded the tokens file: {count} tokens.",
    "已重新读取令牌文件，共 {count} 个令牌。",
    "Reloaded the tokens file: {count} token.",
  ],
  tokens_not_loaded: [
    "Cannot load TOKENS_FILE; the previous tokens remain valid: {error}",
    "读不出 TOKENS_FILE，之前的令牌仍然有效：{error}",
  ],
  sessions_not_checked: [
    "Cannot check the sockets' sessions: {error}",
    "无法检查实时连接的登录状态：{error}",
  ],

  maintenance_failed: [
    "Cannot maintain the embedded Postgres: {error}",
    "内嵌 Postgres 的维护出错：{error}",
  ],
  report_failed: ["Cannot report: {error}", "无法上报状态：{error}"],
  history_not_stored: [
    "Cannot store a sample of the history: {error}",
    "无法保存历史数据：{error}",
  ],
  groups_not_stored: [
    "Cannot store the counts by group: {error}",
    "无法保存各分组的计数：{error}",
  ],
  oldest_not_read: [
    "Cannot read the oldest pending article: {error}",
    "查不到等待最久的文章：{error}",
  ],
  rows_not_deleted: ["Cannot delete expired rows: {error}", "无法删除过期的记录：{error}"],
  events_not_stored: [
    "Cannot store {events}; they are only in this line: {error}",
    "事件无法保存，只记在这一行：{events}：{error}",
  ],
  event_not_stored: [
    "Cannot store an event; it is only in this line: {event}",
    "事件无法保存，只记在这一行：{event}",
  ],
  log_not_stored: ["Cannot store the log: {error}", "无法保存日志：{error}"],
  log_not_replayed: ["Cannot replay the log: {error}", "无法补发日志：{error}"],
  lines_dropped: [
    "Dropped {count} log lines from {from} to {to}.",
    "{from} 至 {to} 有 {count} 行日志没有保存。",
    "Dropped {count} log line from {from} to {to}.",
  ],
  message_failed: [
    "A message could not be handled: {error}",
    "有一条消息处理出错：{error}",
  ],

  alert_raised: [
    "Alert {rule}: {measure} is {value}, above {threshold}",
    "告警“{rule}”触发（{measure}）：{value}，高于 {threshold}",
  ],
  alert_resolved: ["Alert {rule} is resolved", "告警“{rule}”已恢复"],
  alert_not_delivered: [
    "An alert could not be delivered to {target}: {error}",
    "告警无法送达“{target}”：{error}",
  ],
  alert_given_up: [
    "An alert could not be delivered to {target} after {tries} tries: {error}",
    "告警试了 {tries} 次仍无法送达“{target}”：{error}",
    "An alert could not be delivered to {target} after {tries} try: {error}",
  ],
  alerts_not_sent: ["Cannot send alerts: {error}", "无法发送告警：{error}"],
  rules_not_evaluated: ["Cannot evaluate the alert rules: {error}", "无法判断告警规则：{error}"],

  request_rejected: [
    "Rejected with {status}: {message} ({target})",
    "已拒绝（{status}）：{message}（{target}）",
  ],
  request_failed: ["Request failed: {error}", "请求出错：{error}"],
  page_work_failed: ["Work started by a page failed: {error}", "页面发起的操作出错：{error}"],
  server_restarted: [
    "The HTTP server failed and is restarted: {error}",
    "HTTP 服务出错，正在重启：{error}",
  ],
  connections_exhausted: [
    "Out of connections; the limit is now {max}: {error}",
    "连接数已用尽，上限降为 {max}：{error}",
  ],
} as const satisfies SentenceTable;
