// BigTIFF in Node.
import { formatOf } from "../to-path.ts";
import { file } from "./file.ts";

export const format = formatOf(file);
