export function Learn() { return <main />; }
