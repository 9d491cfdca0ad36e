// Prints what an editor offers at the mark | of each program, as lists of names in JSON.
import ts from "typescript";

const programs = process.argv.slice(2);
const file = `${process.cwd()}/editor/program.ts`;
const options = {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
};
let text = "";
let version = 0;
const textOf = (path) => (path === file ? text : ts.sys.readFile(path));
const service = ts.createLanguageService({
  ...ts.sys,
  useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
  fileExists: (path) => path === file || ts.sys.fileExists(path),
  readFile: textOf,
  getScriptFileNames: () => [file],
  getScriptVersion: (path) => (path === file ? `${version}` : "0"),
  getScriptSnapshot: (path) => {
    const found = textOf(path);
    return found === undefined ? undefined : ts.ScriptSnapshot.fromString(found);
  },
  getCompilationSettings: () => options,
  getDefaultLibFileName: ts.getDefaultLibFilePath,
});
const offers = programs.map((program) => {
  const at = program.indexOf("|");
  text = program.replace("|", "");
  version += 1;
  return service.getCompletionsAtPosition(file, at, {})?.entries.map(({ name }) => name) ?? [];
});
console.log(JSON.stringify(offers));
