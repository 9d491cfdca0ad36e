// A part of the page that can wait until the first picture is there and its cells are counted.
import { useSignal, useSignalEffect } from "@preact/signals";
import type { ComponentType } from "preact";
import { judged } from "../state/counted.ts";
import { Later } from "./later.tsx";

export function WhenCounted({ view }: { readonly view: () => Promise<ComponentType> }) {
  const isTime = useSignal(false);
  useSignalEffect(() => {
    if (judged.value) isTime.value = true;
  });
  return isTime.value ? <Later view={view} quiet /> : null;
}
