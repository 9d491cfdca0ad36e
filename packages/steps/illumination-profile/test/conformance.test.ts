import { illuminationProfile } from "@minisim/step-illumination-profile";
import { conformance } from "@minisim/step-testkit";

conformance(illuminationProfile, {
  neutral: { falloff: 1 },
  draws: false,
  shown: { factors: ["illumination"] },
  golden: new URL("./golden.json", import.meta.url),
});
