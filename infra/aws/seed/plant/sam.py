# Prints what SAM CLI would run for every function of the template at argv[1]:
# handler, folder of the code and environment. All that is left out is the container.
import json
import sys

from samcli.commands.local.lib.local_lambda import LocalLambdaRunner
from samcli.lib.providers.sam_function_provider import SamFunctionProvider
from samcli.lib.providers.sam_stack_provider import SamLocalStackProvider

stacks, _ = SamLocalStackProvider.get_stacks(sys.argv[1])
functions = SamFunctionProvider(stacks)
runner = LocalLambdaRunner(local_runtime=None, function_provider=functions, cwd=".", real_path=".")
found = {}
for f in functions.get_all():
    env = runner._make_env_vars(f)
    env.handler, env.memory, env.timeout = f.handler, f.memory, f.timeout
    found[f.function_id] = {"Handler": f.handler, "Code": f.codeuri, "Env": env.resolve()}
json.dump(found, sys.stdout)
