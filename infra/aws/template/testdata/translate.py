"""Reads a SAM template and writes what CloudFormation would see of it, as JSON.

SAM's own transform does the work, as in "sam validate"; nothing is asked of AWS.
"""

import json
import sys

import yaml
from samcli.lib.translate.sam_template_validator import SamTemplateValidator
from samcli.yamlhelper import yaml_parse


class NoPolicies:
    """The template names no policy that SAM would have to look up."""

    def load(self):
        return {}


validator = SamTemplateValidator(yaml_parse(sys.stdin.read()), NoPolicies(), region="eu-west-1")
json.dump(yaml.safe_load(validator.get_translated_template_if_valid()), sys.stdout)
