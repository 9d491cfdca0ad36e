import { cellActivity } from "@minisim/step-cell-activity";
import { conformance } from "@minisim/step-testkit";

conformance(cellActivity, {
  params: { rate_hz: 3, silent_fraction: 0, trace_noise: 0.05 },
  neutral: { none: "a living cell is never dark" },
  draws: true,
  belowZero: "trace_noise is noise of the trace itself, for tests of trace algorithms",
  golden: new URL("./golden.json", import.meta.url),
  needs: "cells",
});
