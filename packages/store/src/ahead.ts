// Several reads at a time, for where each is short and the way is long: the small parts of a recording behind a network.

/** As many as browsers have under way with one server. */
const AT_ONCE = 6;

/** What is read of each item, in their order. The first failure in that order is thrown. */
export async function* readAhead<Item, Read>(
  items: Iterable<Item>,
  read: (item: Item) => Promise<Read>,
): AsyncGenerator<Read> {
  const underway: Promise<Read>[] = [];
  for (const item of items) {
    const reading = read(item);
    // Told when its turn comes, if it comes.
    reading.catch(() => {});
    underway.push(reading);
    if (underway.length === AT_ONCE) yield await underway.shift()!;
  }
  while (underway.length > 0) yield await underway.shift()!;
}
