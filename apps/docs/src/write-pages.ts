// The pages without the API: what one looks at while writing.
import { site, writeSite } from "./pages.ts";

await writeSite(await site());
