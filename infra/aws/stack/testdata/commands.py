"""Reads a page from stdin and compares each AWS CLI command on it with AWS's own
description of its services (botocore): is there such an operation, are there
such options, is one missing that must be given? Prints what is wrong, and last
how many commands there were."""
import re
import sys

import botocore.session
from botocore import xform_name
from botocore.exceptions import UnknownServiceError

EVERYWHERE = {"query", "output", "region", "profile", "cli-binary-format", "max-items"}
TAIL = {"since", "follow", "format", "filter-pattern"}  # aws logs tail is the CLI's own


def inside(text, i):
    """The end of a substitution $( ... ) that begins before i."""
    depth = 1
    while i < len(text) and depth:
        depth += {"(": 1, ")": -1}.get(text[i], 0)
        i += 1
    return i


def command(text, i):
    """The words of the command at i, without what is quoted or substituted."""
    out, quote = [], ""
    while i < len(text):
        c = text[i]
        if text.startswith("$(", i):
            i = inside(text, i + 2)
            out.append("$")
            continue
        if quote:
            quote = "" if c == quote else quote
        elif c in "'\"":
            quote = c
        elif text.startswith("\\\n", i):
            i += 1
        elif c in "`|;)\n&":
            break
        else:
            out.append(c)
        i += 1
    return "".join(out).split()


def wrong(session, service, operation, options):
    try:
        client = session.create_client(service, region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x")
    except UnknownServiceError:
        return "there is no such service"
    if (service, operation) == ("logs", "tail"):
        strange = options - TAIL - EVERYWHERE
        return f"no option {sorted(strange)}" if strange else ""
    if operation == "wait":
        return ""
    known = {xform_name(name, "-"): name for name in client.meta.service_model.operation_names}
    if operation not in known:
        return "there is no such operation"
    shape = client.meta.service_model.operation_model(known[operation]).input_shape
    members = {xform_name(m, "-"): m for m in shape.members} if shape else {}
    must = {xform_name(m, "-") for m in shape.required_members} if shape else set()
    options = {o for o in options if o in members or o not in EVERYWHERE}
    strange = {o for o in options if o not in members and o.removeprefix("no-") not in members}
    given = options | {o.removeprefix("no-") for o in options}
    if strange:
        return f"no option {sorted(strange)}"
    if must - given:
        return f"{sorted(must - given)} must be given"
    return ""


page, session, n = sys.stdin.read(), botocore.session.get_session(), 0
for found in re.finditer(r"(?<![\w/.-])aws (?=[a-z0-9-]+ [a-z-]+)", page):
    words = command(page, found.end())
    service, operation = words[0], words[1]
    options = {w[2:] for w in words[2:] if w.startswith("--")}
    n += 1
    if said := wrong(session, service, operation, options):
        print(f"aws {service} {operation}: {said}")
print(n)
