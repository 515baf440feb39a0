#!/usr/bin/env python3
"""Writes what the clients derive: types from the OpenAPI document, and Python's sync client.

    python3 clients/generate.py http://127.0.0.1:7700/openapi.json    # or a file
    python3 clients/generate.py                                       # the sync client only
"""

import json
import keyword
import re
import sys
import urllib.request
from pathlib import Path

HERE = Path(__file__).parent
PYTHON = HERE / "python/src/candor"
SCALARS = {
    "string": ("str", "string"),
    "integer": ("int", "number"),
    "number": ("float", "number"),
    "boolean": ("bool", "boolean"),
    "null": ("None", "null"),
    "object": ("dict[str, Any]", "Record<string, unknown>"),
    None: ("Any", "unknown"),
}


class Types:
    """One language's types, from the schemas of a document."""

    def __init__(self, schemas, python):
        self.schemas, self.python, self.lines = schemas, python, []

    def union(self, parts):
        return " | ".join(dict.fromkeys(parts)) if parts else ("Any" if self.python else "unknown")

    def literal(self, values):
        texts = self.union(json.dumps(value) for value in values)
        return f"Literal[{texts.replace(' | ', ', ')}]" if self.python else texts

    def of(self, schema, name):
        """The type of a schema; `name` is for what has to get one of its own."""
        if "$ref" in schema:
            return schema["$ref"].rsplit("/", 1)[-1]
        if "enum" in schema:
            return self.literal(schema["enum"])
        for way in ("oneOf", "anyOf"):
            if way in schema:
                return self.union([self.of(s, self.variant(name, s, n)) for n, s in enumerate(schema[way])])
        if "allOf" in schema:
            return self.all_of(schema["allOf"], name)
        kinds = schema.get("type")
        if isinstance(kinds, list):
            return self.union([self.of(schema | {"type": kind}, name) for kind in kinds])
        if kinds == "array":
            inner = self.of(schema.get("items", {}), name + "Entry")
            return f"list[{inner}]" if self.python else f"Array<{inner}>"
        if schema.get("properties"):
            return self.record(schema, name)
        more = schema.get("additionalProperties")
        if isinstance(more, dict) and more:
            inner = self.of(more, name + "Value")
            return f"dict[str, {inner}]" if self.python else f"Record<string, {inner}>"
        return SCALARS[kinds][0 if self.python else 1]

    def variant(self, name, schema, n):
        """A name for one of several forms: by the word that tells it from the others."""
        for part in (schema.get("properties") or {}).values():
            if len(part.get("enum", [])) == 1:
                return name + "".join(w.title() for w in re.split(r"\W|_", str(part["enum"][0])))
        return f"{name}{n + 1}"

    def flat(self, schema):
        """The fields of a schema that is one object in parts, and which of them are required."""
        if "$ref" in schema:
            return self.flat(self.schemas[schema["$ref"].rsplit("/", 1)[-1]])
        fields, required = dict(schema.get("properties", {})), set(schema.get("required", []))
        for part in schema.get("allOf", []):
            more, needed = self.flat(part)
            fields |= more
            required |= needed
        if schema.get("oneOf"):  # whichever it is: what all the forms have
            forms = [self.flat(form) for form in schema["oneOf"]]
            for field in set.intersection(*(set(form[0]) for form in forms)):
                kinds = [form[0][field] for form in forms]
                words = [word for kind in kinds for word in kind.get("enum", [])]
                fields[field] = {"enum": words} if words else {"type": "object"}
                required.add(field)
        return fields, required

    def all_of(self, parts, name):
        if not self.python:
            return " & ".join(
                inner if " | " not in (inner := self.of(part, f"{name}{n + 1}")) else f"({inner})"
                for n, part in enumerate(parts)
            )
        fields, required = self.flat({"allOf": parts})
        return self.record({"properties": fields, "required": list(required)}, name)

    def record(self, schema, name):
        fields, required = schema["properties"], schema.get("required", [])
        if not self.python:
            inner = "; ".join(
                f"{field}{'' if field in required else '?'}: {self.of(part, name + field.title())}"
                for field, part in fields.items()
            )
            return "{ " + inner + " }"
        typed = []
        for field, part in fields.items():
            kind = json.dumps(self.of(part, name + field.title().replace("_", ""))).replace('\\"', "'")
            typed.append((field, kind if field in required else f"NotRequired[{kind}]"))
        about = (schema.get("description") or "").split("\n")[0].replace("\\", "").replace('"', "'")
        if any(keyword.iskeyword(field) for field, _ in typed):
            inner = "\n".join(f'    "{field}": {kind},' for field, kind in typed)
            self.lines.append(f'{name} = TypedDict("{name}", {{\n{inner}\n}})')
        else:
            doc = f'    """{about}"""\n\n' if about else ""
            inner = "\n".join(f"    {field}: {kind}" for field, kind in typed)
            self.lines.append(f"class {name}(TypedDict):\n{doc}{inner}")
        return name

    def write(self):
        for name, schema in self.schemas.items():
            kind = self.of(schema, name)
            if self.python and kind != name:
                self.lines.append(f"{name}: TypeAlias = {json.dumps(kind)}".replace('\\"', "'"))
            elif not self.python:
                self.lines.append(f"export type {name} = {kind};")
        return ("\n\n" if self.python else "\n").join(self.lines) + "\n"


def types(document):
    """The text of `types.py` and of `types.ts`."""
    schemas = document["components"]["schemas"]
    python = (
        '"""What goes over the wire. Written by clients/generate.py from the OpenAPI document."""\n\n'
        "from typing import Any, Literal, NotRequired, TypeAlias, TypedDict\n\n"
    )
    typescript = "// What goes over the wire. Written by clients/generate.py from the OpenAPI document.\n"
    return python + Types(schemas, True).write(), typescript + Types(schemas, False).write()


def sync(text):
    """The same code without `async`."""
    for pattern, by in [
        (r"\basync (def|with|for) ", r"\1 "), (r"\bawait ", ""), (r"\bAsync(?=[A-Z])", ""),
        (r"__aenter__", "__enter__"), (r"__aexit__", "__exit__"), (r"\baclose\b", "close"),
        (r"\basyncio\.sleep\b", "time.sleep"), (r"import asyncio\n", ""),
        (r"Callable\[\[float\], Awaitable\[None\]\]", "Callable[[float], None]"),
        (r"\bAwaitable, ", ""), (r"candor\._async_", "candor._"),
    ]:
        text = re.sub(pattern, by, text)
    return "# Written by clients/generate.py from the async file.\n" + text


def main():
    for name in ("client", "queue"):
        (PYTHON / f"_{name}.py").write_text(sync((PYTHON / f"_async_{name}.py").read_text()))
    if len(sys.argv) > 1:
        source = sys.argv[1]
        opened = urllib.request.urlopen(source) if "://" in source else open(source, "rb")
        with opened as file:
            python, typescript = types(json.load(file))
        (PYTHON / "types.py").write_text(python)
        (HERE / "typescript/src/types.ts").write_text(typescript)


if __name__ == "__main__":
    main()
