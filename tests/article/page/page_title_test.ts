import assert from "node:assert/strict";
import { chooseTitle } from "../../../lib/article/page/page_title.ts";

function choose(
  title: string,
  { heading = "", site = null as string | null, declared = null as string | null } = {},
): string {
  return chooseTitle({ declared: [declared], title, heading, site });
}

Deno.test("chooseTitle() strips site names from Chinese titles", () => {
  assert.equal(choose("60万账号外泄? 官方辟谣_某某财经_某某网"), "60万账号外泄? 官方辟谣");
  assert.equal(choose("文章 | 某某的博客"), "文章");
  assert.equal(choose("法国全国大罢工再次严重影响交通-新华网"), "法国全国大罢工再次严重影响交通");
  assert.equal(
    choose("女儿出嫁，郑板桥画了几笔兰花当嫁妆--文化--人民网"),
    "女儿出嫁，郑板桥画了几笔兰花当嫁妆",
  );
});

Deno.test("chooseTitle() strips the site name that the page declares", () => {
  assert.equal(choose("The wheel — Rivers Today", { site: "Rivers Today" }), "The wheel");
  assert.equal(
    choose("Rivers Today: The wheel", { site: "Rivers Today" }),
    "Rivers Today: The wheel",
  );
  assert.equal(choose("Rivers Today - The wheel", { site: "Rivers Today" }), "The wheel");
});

Deno.test("chooseTitle() returns the heading if the title contains it", () => {
  assert.equal(choose("The wheel | Something", { heading: "The wheel" }), "The wheel");
  assert.equal(choose("", { heading: "The wheel" }), "The wheel");
});

Deno.test("chooseTitle() keeps titles without a site name", () => {
  for (const title of ["C++ - Java", "foo_bar 与 baz", "1-10月投资趋稳", "A", "长征 - 第一章"]) {
    assert.equal(choose(title), title);
  }
});

Deno.test("chooseTitle() completes a title that was cut at a quotation mark", () => {
  assert.equal(
    choose('奖金！"某某奖"首位得主_某某新闻', { declared: "奖金！" }),
    '奖金！"某某奖"首位得主',
  );
});
