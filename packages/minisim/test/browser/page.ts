// Runs in a browser: simulates the pinned specs with the umbrella package and posts their fingerprints to the server.
import { post, prints } from "./prints.ts";

post(async () => ({ prints: await prints() }));
