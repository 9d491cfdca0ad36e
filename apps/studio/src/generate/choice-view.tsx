// What to make and where to: every product with what it is, and why it cannot hold this recording where it cannot.
import type { MovieKind } from "@minisim/interop/web";
import { signal } from "@preact/signals";
import type { Product } from "./product.ts";
import { products, STORE } from "./products.ts";
import { canPick, type Target } from "./targets.ts";

export const wanted = signal<Product>(STORE);
export const target = signal<Target>("browser");

export function ChoiceView({ movie }: { readonly movie: MovieKind }) {
  const { id, summary } = wanted.value;
  const what = id === "store" ? "folder" : "file";
  const possible = canPick(what);
  const refusal = wanted.value.refusal(movie);
  return (
    <>
      <div class="formats" role="radiogroup" aria-label="Format">
        {products.value.map((product) => (
          <label key={product.id} class={product.refusal(movie) ? "unavailable" : ""}>
            <input
              type="radio"
              name="format"
              value={product.id}
              checked={product.id === id}
              onChange={() => {
                wanted.value = product;
              }}
            />
            {product.title}
          </label>
        ))}
      </div>
      <p class="about">{summary}</p>
      {refusal && (
        <p class="problem" data-test="refusal">
          {refusal}
        </p>
      )}
      <div class="choice">
        <Where
          to="browser"
          text={`in this browser, then download${what === "folder" ? " as zip" : ""}`}
        />
        <Where
          to="disk"
          disabled={!possible}
          text={`straight to a ${what} of the disk${possible ? "" : " (this browser cannot)"}`}
        />
      </div>
    </>
  );
}

/** Where it goes now: what this browser cannot do is not chosen, whatever was chosen for another format. */
export const targetNow = (): Target =>
  canPick(wanted.value.id === "store" ? "folder" : "file") ? target.value : "browser";

function Where({
  to,
  text,
  disabled = false,
}: {
  readonly to: Target;
  readonly text: string;
  readonly disabled?: boolean;
}) {
  return (
    <label class={disabled ? "unavailable" : ""}>
      <input
        type="radio"
        name="target"
        value={to}
        disabled={disabled}
        checked={targetNow() === to}
        onChange={() => {
          target.value = to;
        }}
      />
      {text}
    </label>
  );
}
