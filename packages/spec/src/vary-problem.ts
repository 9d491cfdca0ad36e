// How a change of a spec fails.

/** Why a change cannot be made, in one sentence. */
export class VaryProblem extends Error {
  readonly ofValue: boolean;

  constructor(message: string, ofValue = false) {
    super(message);
    this.ofValue = ofValue;
  }
}
