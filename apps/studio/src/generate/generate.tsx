export function Generate() { return <main />; }
