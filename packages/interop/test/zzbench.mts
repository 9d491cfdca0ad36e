import { exportRecording } from "@minisim/interop";
import { smallSource } from "./sources.ts";
const [, , format, path, n = "13000", extra = "{}"] = process.argv;
const frames = Number(n), height = 608, width = 608, px = height * width;
const rand = new Uint8Array(px * 16); let s = 1; for (let i = 0; i < rand.length; i++) { s = (Math.imul(s, 1664525) + 1013904223) >>> 0; rand[i] = s >>> 24; }
const src = { ...(await smallSource()), shape: [frames, height, width] as const, container: "uint8" as const,
 async *frames() { for (let t = 0; t < frames; t += 8) { const end = Math.min(frames, t + 8); const data = rand.slice(0, (end - t) * px); for (let k = 0; k < end - t; k++) { data[k * px] = (t + k) & 255; data[k * px + 1] = (t + k) >> 8; } yield { start: t, end, data }; } } };
const t0 = performance.now();
await exportRecording(src, format!, path!, { force: true, settings: JSON.parse(extra) });
const sec = (performance.now() - t0) / 1000;
console.log(format, frames, "frames", sec.toFixed(1), "s", (frames * px / 1e6 / sec).toFixed(0), "MB/s", (frames / sec).toFixed(0), "frames/s peak RSS", (process.resourceUsage().maxRSS / 1e3).toFixed(0), "MB");
