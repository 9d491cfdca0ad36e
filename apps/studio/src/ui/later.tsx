// A view that is loaded when it is first opened.
import { useSignal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { failure } from "../state/live.ts";

interface Props {
  readonly view: () => Promise<ComponentType>;
  /** A part of a page that is there already. */
  readonly quiet?: true;
}

export function Later({ view, quiet }: Props) {
  const loaded = useSignal<{ readonly View: ComponentType } | null>(null);
  useEffect(() => {
    view().then(
      (View) => {
        loaded.value = { View };
      },
      () => {
        failure.value = "This part of the page could not be loaded: it needs the network once.";
      },
    );
  }, []);
  const View = loaded.value?.View;
  if (View) return <View />;
  return quiet ? null : <main class="starting">Loading …</main>;
}
