/** The floor of a validation: the document of a YAML file with the places of its nodes, and nothing looked at. */
import { readFileSync } from "node:fs";
import { LineCounter, parseDocument } from "yaml";

parseDocument(readFileSync(process.argv[2], "utf8"), { lineCounter: new LineCounter() });
