// Functions as no step may use them: each gives 1, by way of something on whose last bit engines disagree.
const { cosh } = Math;
const LOG_OF_ONE = Math.log(1);

export const byName = (x: number): number => Math.exp(x * 0);
export const byAnotherName = (x: number): number =>
  Reflect.apply(Math["sin" as "cos"], null, [x * 0]) + 1;
export const takenAtLoading = (x: number): number => cosh(x * 0);
export const computedAtLoading = (): number => 1 + LOG_OF_ONE;
export const byOperator = (x: number): number => (x * 0 + 1) ** 1.5;
export const byAssignment = (x: number): number => {
  let one = x * 0 + 1;
  one **= 3;
  return one;
};
/** Exact everywhere: nothing to complain of. */
export const exactly = (x: number): number => 2 ** (x * 0) * Math.sqrt(1);
