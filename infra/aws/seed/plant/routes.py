# Prints which function SAM CLI would call for every address of the template at
# argv[1], and the authorizer that it asks first: what "sam local start-api" serves.
import json
import sys

from samcli.lib.providers.api_provider import ApiProvider
from samcli.lib.providers.sam_stack_provider import SamLocalStackProvider

stacks, _ = SamLocalStackProvider.get_stacks(sys.argv[1])
found = {}
for r in ApiProvider(stacks).api.routes:
    for method in r.methods:
        found[method + " " + r.path] = {"Function": r.function_name, "Authorizer": r.authorizer_name or ""}
json.dump(found, sys.stdout)
