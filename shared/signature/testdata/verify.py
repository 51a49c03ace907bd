"""Reads {secret, headers, body (base64)}[] from standard input and answers, for
each, whether the unmodified Python verifier accepts it."""
import base64
import json
import sys

from standardwebhooks import Webhook, WebhookVerificationError


def accepts(case):
    try:
        Webhook(case["secret"]).verify(base64.b64decode(case["body"]), case["headers"])
        return True
    except WebhookVerificationError:
        return False


print(json.dumps([accepts(c) for c in json.load(sys.stdin)]))
