// Opens a recording by its address on the web.
import { useRef } from "preact/hooks";
import { openedAddress } from "../state/opened-address.ts";
import { openAt } from "./session.ts";

export function AddressField({ disabled }: { readonly disabled: boolean }) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <form
      class="places"
      onSubmit={(event) => {
        event.preventDefault();
        void openAt(field.current!.value);
      }}
    >
      <input
        ref={field}
        class="address"
        type="text"
        inputMode="url"
        autocomplete="off"
        spellcheck={false}
        data-test="address"
        aria-label="Address of a recording on the web"
        placeholder="https://…/recording.zarr"
        defaultValue={openedAddress.value}
      />
      <button
        type="submit"
        class="quiet"
        data-test="open-address"
        title="The folder of a recording on a web server, which has to let this page read it; its frames are read as they are looked at"
        disabled={disabled}
      >
        Open address
      </button>
    </form>
  );
}
