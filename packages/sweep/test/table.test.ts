import { columnsOf, csvOf } from "@minisim/sweep";
import { parquetOf } from "@minisim/sweep/node";
import { parquetReadObjects } from "hyparquet";
import { expect, test } from "vitest";

const rows = [
  {
    index: 0,
    na: 0.3,
    pipeline: "roi",
    found: true,
    recall: 1,
    list: [1, 2],
    mixed: 1,
    none: null,
  },
  { index: 1, na: 1e-7, pipeline: 'a "b", c', found: null, recall: 0, list: null, mixed: "x" },
  {
    index: 2,
    na: Number.NaN,
    pipeline: "",
    found: false,
    recall: null,
    list: { a: null },
    mixed: true,
  },
];

test("columns have the type of their values, or the one that was asked for", () => {
  const types = (asked = {}) =>
    Object.fromEntries(columnsOf(rows, asked).map(({ name, type }) => [name, type]));
  expect(types()).toEqual({
    index: "integer",
    na: "float",
    pipeline: "string",
    found: "boolean",
    recall: "integer",
    list: "string",
    mixed: "string",
    none: "string",
  });
  const asked = types({ recall: "float", none: "float", pipeline: "integer", na: "integer" });
  expect(asked).toMatchObject({ recall: "float", none: "float", pipeline: "string", na: "float" });
});

test("CSV by RFC 4180: quotes doubled, CRLF, null is nothing and empty text is quoted", () => {
  expect(csvOf(columnsOf(rows))).toBe(
    [
      "index,na,pipeline,found,recall,list,mixed,none",
      '0,0.3,roi,true,1,"[1,2]",1,',
      '1,1e-7,"a ""b"", c",,0,,x,',
      '2,NaN,"",false,,"{""a"":null}",true,',
      "",
    ].join("\r\n"),
  );
});

test("Parquet keeps every value and its type", async () => {
  const bytes = parquetOf(columnsOf(rows, { recall: "float", none: "float" }));
  const file = bytes.buffer.slice(0) as ArrayBuffer;
  expect(await parquetReadObjects({ file })).toEqual([
    {
      index: 0n,
      na: 0.3,
      pipeline: "roi",
      found: true,
      recall: 1,
      list: "[1,2]",
      mixed: "1",
      none: null,
    },
    {
      index: 1n,
      na: 1e-7,
      pipeline: 'a "b", c',
      found: null,
      recall: 0,
      list: null,
      mixed: "x",
      none: null,
    },
    {
      index: 2n,
      na: Number.NaN,
      pipeline: "",
      found: false,
      recall: null,
      list: '{"a":null}',
      mixed: "true",
      none: null,
    },
  ]);
  expect(parquetOf(columnsOf(rows, { recall: "float", none: "float" }))).toEqual(bytes);
});
