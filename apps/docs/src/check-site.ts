// What must hold of a built site: every link leads somewhere, to its anchor too, and nothing is fetched from another host.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, posix, relative } from "node:path";

/** All problems of the site in a folder that is served under `base`, each as a sentence. */
export function problemsOfSite(folder: string, base: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
  const anchors = new Map<string, ReadonlySet<string>>();
  const anchorsOf = (file: string): ReadonlySet<string> => {
    const known = anchors.get(file) ?? namesIn(readFileSync(join(folder, file), "utf8"));
    anchors.set(file, known);
    return known;
  };
  const ours = files.filter((file) => !file.startsWith("studio/"));
  return [
    ...ours.filter((file) => file.endsWith(".html")).flatMap((file) => ofPage(file)),
    ...files.filter((file) => file.endsWith(".css")).flatMap((file) => ofStyle(file)),
  ];

  function ofPage(file: string): string[] {
    const html = readFileSync(join(folder, file), "utf8");
    const elements = [...html.matchAll(/<([a-z][\w-]*)((?:"[^"]*"|[^>"])*)>/gi)];
    const problems = elements.flatMap(([, name, attributes]) =>
      [...attributes!.matchAll(/\s(href|src|srcset|poster)="([^"]*)"/g)].flatMap(([, , address]) =>
        problemOf(file, name!, unescaped(address!)),
      ),
    );
    return [...new Set(problems)].map((problem) => `${file}: ${problem}`);
  }

  function problemOf(file: string, element: string, address: string): string[] {
    if (/^(data|mailto):/.test(address)) return [];
    if (/^([a-z]+:)?\/\//.test(address)) {
      return element === "a" ? [] : [`<${element}> is fetched from another host: ${address}`];
    }
    const [path, anchor] = address.split("#") as [string, string?];
    const target = path === "" ? file : placeOf(file, path);
    if (target === undefined) return [`${address} leads out of ${base}.`];
    const found = fileAt(target);
    if (!found) return [`${address} leads nowhere.`];
    if (anchor && !anchorsOf(found).has(decodeURIComponent(anchor)))
      return [`${address}: ${found} has no such anchor.`];
    return [];
  }

  /** From the folder; undefined outside of it. */
  function placeOf(file: string, path: string): string | undefined {
    const plain = decodeURIComponent(path.split("?")[0]!);
    if (plain.startsWith("/")) return plain.startsWith(base) ? plain.slice(base.length) : undefined;
    const place = posix.join(posix.dirname(file), plain);
    return place.startsWith("..") ? undefined : place;
  }

  function fileAt(place: string): string | undefined {
    const tries = place === "" || place.endsWith("/") ? [`${place}index.html`] : [place];
    return tries.find(
      (one) => existsSync(join(folder, one)) && statSync(join(folder, one)).isFile(),
    );
  }

  function ofStyle(file: string): string[] {
    const css = readFileSync(join(folder, file), "utf8");
    return [...css.matchAll(/(?:url\(\s*|@import\s+)["']?((?:[a-z]+:)?\/\/[^"')\s]+)/g)].map(
      ([, address]) => `${file}: fetched from another host: ${address}`,
    );
  }
}

const namesIn = (html: string): ReadonlySet<string> =>
  new Set([...html.matchAll(/\s(?:id|name)="([^"]+)"/g)].map(([, name]) => unescaped(name!)));

const unescaped = (text: string): string =>
  text
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
