// Ranges of versions of Python, as pip and uv write them: ">=3.10,<3.13".

const PART = /^(>=|<=|==|>|<)(\d+)\.(\d+)$/;

const partsOf = (range: string) => range.split(",").map((part) => PART.exec(part.trim()));

export const isPythonRange = (range: string): boolean =>
  partsOf(range).every((part) => part !== null);

/** Whether a version, "3.11.7", lies in the range. Its patch number does not count. */
export function isInRange(version: string, range: string): boolean {
  const [major, minor] = version.split(".").map(Number);
  const own = rank(major!, minor!);
  return partsOf(range).every((part) => {
    const [, comparison, low, high] = part!;
    const difference = own - rank(Number(low), Number(high));
    switch (comparison) {
      case ">=":
        return difference >= 0;
      case "<=":
        return difference <= 0;
      case "==":
        return difference === 0;
      case ">":
        return difference > 0;
      default:
        return difference < 0;
    }
  });
}

const rank = (major: number, minor: number): number => 1000 * major + minor;
