// Beside the simulation: what pipelines would find in it, and movies and recordings of others.
import { Beside } from "./beside.tsx";
import { Found } from "./found.tsx";
import "../style/examine.css";

export function Examine() {
  return (
    <>
      <Found />
      <Beside />
    </>
  );
}
