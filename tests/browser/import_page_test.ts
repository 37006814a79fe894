import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { startMillrace } from "../support/millrace.ts";
import { articleLine, importLines } from "../support/overview.ts";

const inEnglish = { locale: "en-US" };

Deno.test({
  name: "the import page accepts files and text, and shows each result",
  ignore: !hasChromium,
  async fn(t) {
    await using millrace = await startMillrace();
    await using chromium = await startChromium();
    const { page, errors } = await chromium.newPage(inEnglish);
    await page.goto(`${millrace.url}/import`);
    const job = (name: string) => page.locator(".import-job", { hasText: name });
    const figure = (name: string, field: string) =>
      job(name).locator(`[data-field="${field}"] dd`).textContent();

    await t.step("an empty text is not imported", async () => {
      await page.getByRole("button", { name: "Import" }).click();
      await page.getByText("There is nothing to import").waitFor();
    });

    await t.step("pasted text is imported in the detected format", async () => {
      const text = page.getByLabel("Paste articles");
      await text.fill(`${articleLine(1)}{"title":}\n${articleLine(1)}`);
      await page.getByRole("button", { name: "Import" }).click();
      assert.equal(await figure("Pasted text", "accepted"), "1");
      assert.equal(await figure("Pasted text", "duplicates"), "1");
      assert.equal(await figure("Pasted text", "rejected"), "1");
      assert.match(await job("Pasted text").locator(".import-rejected").innerText(), /^Line 2/);
      assert.equal(await text.inputValue(), "");
    });

    await t.step("the rejected lines can be downloaded", async () => {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name: "Download the rejected lines" }).click(),
      ]);
      assert.equal(download.suggestedFilename(), "pasted.rejected.txt");
      assert.match(await readFile(await download.path(), "utf8"), /^2\t.+\n$/);
    });

    await t.step(
      "several files are imported one after another, including compressed ones",
      async () => {
        const packed = gzipSync(articleLine(2) + articleLine(3) + articleLine(4));
        await page.getByLabel("Choose files").setInputFiles([
          {
            name: "two.csv",
            mimeType: "text/csv",
            buffer: Buffer.from("title,content\nA,Text\nB,Text\n"),
          },
          { name: "three.jsonl.gz", mimeType: "application/gzip", buffer: packed },
        ]);
        assert.equal(await figure("two.csv", "accepted"), "2");
        assert.equal(await figure("three.jsonl.gz", "accepted"), "3");
      },
    );

    await t.step("a file in an unsupported format is rejected with a reason", async () => {
      const kinds = [
        { name: "a.png", start: "\x89PNG\r\n\x1a\n", reason: /this is an image; save it as text/ },
        { name: "b.pdf", start: "%PDF-1.7\n", reason: /this is a PDF; save it as text/ },
        { name: "c.bz2", start: "BZh91AY&SY", reason: /compressed with bzip2; unpack it/ },
      ];
      for (const { name, start, reason } of kinds) {
        // Longer than what is sent before the refusal.
        const buffer = Buffer.concat([Buffer.from(start, "latin1"), Buffer.alloc(4_000_000)]);
        await page.getByLabel("Choose files").setInputFiles([
          { name, mimeType: "application/octet-stream", buffer },
        ]);
        const refusal = job(name).getByRole("alert");
        await refusal.waitFor();
        assert.match(await refusal.innerText(), reason);
        assert.doesNotMatch(await refusal.innerText(), /failed/);
      }
    });

    await t.step("a dropped file is imported", async () => {
      const dropped = await page.evaluateHandle((line) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([line], "dropped.jsonl"));
        return transfer;
      }, articleLine(5));
      const place = page.locator(".import");
      await place.dispatchEvent("dragover", { dataTransfer: dropped });
      await page.getByText("Drop to import").waitFor();
      await place.dispatchEvent("drop", { dataTransfer: dropped });
      await page.getByText("Drop to import").waitFor({ state: "hidden" });
      assert.equal(await figure("dropped.jsonl", "accepted"), "1");
    });

    await t.step("a large file shows its progress and can be canceled", async () => {
      await page.evaluate(() => {
        const line = `${JSON.stringify({ title: "t", content: "c".repeat(20_000) })}\n`;
        const file = new File(Array(5_000).fill(line), "large.jsonl");
        const transfer = new DataTransfer();
        transfer.items.add(file);
        const input = document.querySelector<HTMLInputElement>('input[type="file"]')!;
        input.files = transfer.files;
        input.dispatchEvent(new Event("change"));
      });
      await job("large.jsonl").getByText(/of 100.+ sent, .+ a second/).waitFor();
      const bar = page.getByRole("progressbar", { name: "Progress of large.jsonl" });
      await eventually(async () => assert.ok(Number(await bar.getAttribute("value")) > 0));
      await page.getByRole("button", { name: "Cancel the import of large.jsonl" }).click();
      await job("large.jsonl").getByText("Cancelled").waitFor();
    });

    await t.step(
      "the result, and each remembered import, links to its articles alone",
      async () => {
        await importLines(millrace, [articleLine(70)]);
        const link = job("two.csv").getByRole("link", { name: "See its articles" });
        for (const reload of [false, true]) {
          if (reload) await page.goto(`${millrace.url}/import`);
          await link.click();
          await page.getByRole("heading", { name: "Articles", level: 1 }).waitFor();
          assert.deepEqual(await page.locator(".rows-title a").allTextContents(), ["B", "A"]);
        }
        await page.locator(".filter-import", { hasText: "two.csv" }).waitFor();
        await page.getByRole("link", { name: "dead" }).click();
        await page.getByText("No article matches").waitFor();
        await page.getByRole("link", { name: "Articles of all imports" }).click();
        await page.getByRole("link", { name: "All", exact: true }).click();
        assert.ok(await page.locator(".rows-title a").count() > 2);
      },
    );

    const unexpected = errors.filter((each) => !/status of 415/.test(each));
    assert.deepEqual(unexpected, []);
  },
});

Deno.test({
  name: "without scripts, the import page posts a text or a file, and returns with the counts",
  ignore: !hasChromium,
  async fn() {
    await using millrace = await startMillrace();
    await using chromium = await startChromium();
    const { page, errors } = await chromium.newPage({ ...inEnglish, javaScriptEnabled: false });
    await page.goto(`${millrace.url}/import`);
    await page.getByLabel("Paste articles").fill("A title\n\nAnd its text, long enough to stay.");
    await page.getByRole("button", { name: "Import" }).click();
    assert.equal(new URL(page.url()).pathname, "/import");
    assert.equal(await page.locator('[data-kind] [data-field="accepted"] dd').textContent(), "1");
    await page.getByLabel("Choose files").setInputFiles([
      { name: "a.jsonl", mimeType: "application/jsonl", buffer: Buffer.from(articleLine(1)) },
    ]);
    await page.getByRole("button", { name: "Import" }).click();
    assert.equal(await page.locator('[data-kind] [data-field="accepted"] dd').textContent(), "1");
    await page.getByLabel("Paste articles").fill("What is typed");
    await page.getByLabel("Character encoding").selectOption("GB18030");
    await page.getByLabel("Choose files").setInputFiles([
      { name: "a.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7\n") },
    ]);
    await page.getByRole("button", { name: "Import" }).click();
    await page.getByRole("alert").getByText("this is a PDF; save it as text").waitFor();
    const text = page.locator("textarea:focus[aria-invalid=true]");
    assert.equal(await text.inputValue(), "What is typed");
    assert.equal(await page.getByLabel("Character encoding").inputValue(), "GB18030");
    await page.getByLabel("Character encoding").selectOption("");
    await text.fill("");
    await page.getByRole("button", { name: "Import" }).click();
    await page.getByRole("alert").getByText("Neither a text nor a file was given").waitFor();
    await page.getByLabel("Paste articles").fill(`${articleLine(2)}{"title":}\n<b>`);
    await page.getByRole("button", { name: "Import" }).click();
    assert.equal(await page.locator("[data-kind] .import-rejected li").count(), 2);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download the rejected lines" }).first().click(),
    ]);
    assert.match(await readFile(await download.path(), "utf8"), /^2\t.+\n3\t.+\n$/);
    assert.deepEqual(errors.filter((each) => !/status of 4(?:00|15)/.test(each)), []);
  },
});

Deno.test({
  name: "imports are shown in every tab, and a charset is previewed before the import",
  ignore: !hasChromium,
  async fn(t) {
    await using millrace = await startMillrace({ env: { SAMPLE: "off" } });
    await using chromium = await startChromium();
    const { page, errors } = await chromium.newPage(inEnglish);
    await page.goto(`${millrace.url}/import`);
    const recent = (name: string) => page.locator(".import-recent .import-job", { hasText: name });
    const query = "name=elsewhere.jsonl";
    const article = {
      title: "字段",
      content: "银行门口的行人停下来，看河水推着木轮慢慢地转，水声一直响到傍晚。",
      author: "某人",
      url: "https://x.example/1",
      tags: ["水车"],
      likes: 7,
    };

    await t.step("imports of other programs are shown, also after a reload", async () => {
      await millrace.fetch(`/api/articles/import?${query}`, {
        method: "POST",
        headers: { "content-type": "application/jsonl" },
        body: `${JSON.stringify(article)}\n{"title":}\n`,
      });
      await recent("elsewhere.jsonl").getByText("Finished").waitFor();
      await page.reload();
      await recent("elsewhere.jsonl").locator(".import-rejected", { hasText: "Line 2" }).waitFor();
    });

    await t.step("only an import that was broken off is resumed, with its own file", async () => {
      const refused = await millrace.fetch("/api/articles/import?name=a.pdf", {
        method: "POST",
        body: "%PDF-1.7\n",
      });
      assert.equal(refused.status, 415);
      const gone = new AbortController();
      const sending = millrace.fetch("/api/articles/import?name=cut.jsonl", {
        method: "POST",
        body: new ReadableStream<Uint8Array>({
          start: (controller) => controller.enqueue(new TextEncoder().encode(articleLine(80))),
        }),
        signal: gone.signal,
      });
      await recent("cut.jsonl").getByText("Running").waitFor();
      await eventually(async () => {
        const { data } = await (await millrace.fetch("/api/articles?limit=1")).json();
        assert.equal(data.articles[0].title, "Article 80");
      });
      gone.abort();
      await assert.rejects(sending);
      await recent("cut.jsonl").getByText("The connection ended before the whole input").waitFor();
      await recent("a.pdf").getByText("this is a PDF").waitFor();
      assert.equal(await recent("a.pdf").locator("input, dl, a").count(), 0);
      const file = (name: string) => ({
        name,
        mimeType: "application/jsonl",
        buffer: Buffer.from(articleLine(80) + articleLine(81)),
      });
      const field = page.getByLabel("Choose cut.jsonl again to go on where it stopped");
      await field.setInputFiles([file("other.jsonl")]);
      await page.getByText("This is other.jsonl. Choose cut.jsonl.").waitFor();
      await field.setInputFiles([file("cut.jsonl")]);
      const job = page.locator(".import-job", { hasText: "cut.jsonl" });
      await job.getByText("Imported", { exact: true }).waitFor();
      assert.equal(await job.locator('[data-field="accepted"] dd').textContent(), "2");
      assert.equal(await job.locator('[data-field="duplicates"] dd').textContent(), "0");
    });

    await t.step("a file in a chosen charset is previewed before the import", async () => {
      await page.getByLabel("Character encoding").selectOption("GB18030");
      const bytes = Buffer.concat([
        Buffer.from("title,content\n"),
        Buffer.from("b1eacce22cd2f8d0d0", "hex"),
      ]);
      await page.getByLabel("Choose files").setInputFiles([
        { name: "gbk.csv", mimeType: "text/csv", buffer: bytes },
      ]);
      await page.locator(".import-preview pre", { hasText: "标题,银行" }).waitFor();
      await page.getByRole("button", { name: "Import it like this" }).click();
      const job = page.locator(".import-job", { hasText: "gbk.csv" });
      assert.equal(await job.locator('[data-field="accepted"] dd').textContent(), "1");
    });

    await t.step("an article's page shows the fields from its producer", async () => {
      await page.goto(`${millrace.url}/articles/1`);
      const field = (name: string) => page.locator(`[data-field="${name}"] dd`).innerText();
      assert.equal(await field("author"), "某人");
      assert.equal(await field("url"), "https://x.example/1");
      assert.equal(await field("tags"), "水车");
      assert.match(await field("extra"), /"likes":7/);
    });

    assert.deepEqual(errors, []);
  },
});
