#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares the committed TIMCloudDef.h with what im-describe prints, and looks at the other two outputs."""
import difflib
import json
import pathlib
import subprocess
import sys

program, header = sys.argv[1:]


def describe(mode):
    return subprocess.run([program, mode], check=True, capture_output=True, text=True).stdout


committed = pathlib.Path(header).read_text().splitlines()
printed = describe('--header').splitlines()
difference = list(difflib.unified_diff(committed, printed, 'committed', 'printed', lineterm=''))
if difference:
    print('\n'.join(difference))
    sys.exit(f'{header} is not what the tables say: {program} --header > {header}')

schema = json.loads(describe('--schema'))
assert len(schema['$defs']) >= 80, 'a schema for each object'
assert 'message_elem_array' in schema['$defs']['Message']['properties']
assert '\n## Message\n' in describe('--markdown')
