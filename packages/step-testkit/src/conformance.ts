// The conformance suite: what every effect step promises, as vitest tests. Call it from a step's own test file.
import type { StepDefinition } from "@minisim/pipeline";
import { describe } from "vitest";
import { createBench } from "./bench.ts";
import type { ConformanceOptions } from "./options.ts";
import type { Subject } from "./promise.ts";
import { sameBytes } from "./promises/bytes.ts";
import { describesItself } from "./promises/description.ts";
import { enginesAgree } from "./promises/engines.ts";
import { framesAreAlone } from "./promises/frames.ts";
import { leavesOthersAlone } from "./promises/independence.ts";
import { lightIsLight } from "./promises/light.ts";
import { parametersParse } from "./promises/parameters.ts";
import { pinned } from "./promises/pinned.ts";
import { truthIsTrue } from "./promises/truth.ts";
import { tellsItsWork } from "./promises/work.ts";

/** Registers the suite for one step. */
export function conformance(step: StepDefinition, options: ConformanceOptions): void {
  const { params = {}, needs = "traces", acquisition = {}, exposure, announced } = options;
  const bench = createBench(step, { needs, acquisition, exposure, announced });
  const subject: Subject = { step, bench, params, options };

  describe(`${step.kind} conforms`, () => {
    describesItself(subject);
    parametersParse(subject);
    sameBytes(subject);
    enginesAgree(subject);
    leavesOthersAlone(subject);
    truthIsTrue(subject);
    tellsItsWork(subject);
    lightIsLight(subject);
    framesAreAlone(subject);
    pinned(subject);
  });
}
