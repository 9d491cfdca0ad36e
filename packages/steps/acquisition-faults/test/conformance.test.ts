import { acquisitionFaults } from "@minisim/step-acquisition-faults";
import { conformance } from "@minisim/step-testkit";

conformance(acquisitionFaults, {
  params: { lost_rate: 0.1, duplicated_rate: 0.05, torn_rate: 0.2, striped_rate: 0.2 },
  neutral: { lost_rate: 0, torn_rate: 0, striped_rate: 0 },
  draws: true,
  shown: {
    none: "a frame shows others than itself: physics.test.ts puts the movie together from the log",
  },
  golden: new URL("./golden.json", import.meta.url),
});
