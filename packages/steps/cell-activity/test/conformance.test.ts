import { cellActivity } from "@minisim/step-cell-activity";
import { conformance } from "@minisim/step-testkit";

conformance(cellActivity, {
  params: { p_quiescent_to_active: 0.1, trace_noise: 0.05 },
  neutral: { none: "a living cell is never dark" },
  draws: true,
  golden: new URL("./golden.json", import.meta.url),
  needs: "cells",
});
