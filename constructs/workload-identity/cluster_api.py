"""Calls the Kubernetes API of a GKE cluster from Cloud Run, as the service's own identity. Standard library only.

CLUSTER_ENDPOINT and CLUSTER_CA are the outputs of ClusterCaller.
"""

import base64
import json
import os
import ssl
import time
import urllib.request

_token = {"value": "", "expires": 0.0}


def access_token():
    """A token of the service account that this program runs as. Google renews it; we ask a minute before it ends."""
    if time.monotonic() < _token["expires"]:
        return _token["value"]
    host = os.environ.get("GCE_METADATA_HOST", "metadata.google.internal")
    request = urllib.request.Request(
        f"http://{host}/computeMetadata/v1/instance/service-accounts/default/token",
        headers={"Metadata-Flavor": "Google"},
    )
    with urllib.request.urlopen(request, timeout=5) as response:
        answer = json.load(response)
    _token["value"] = answer["access_token"]
    _token["expires"] = time.monotonic() + answer["expires_in"] - 60
    return _token["value"]


def get(path):
    """GET on the Kubernetes API, e.g. /api/v1/namespaces/support/pods."""
    trust = ssl.create_default_context(cadata=base64.b64decode(os.environ["CLUSTER_CA"]).decode())
    request = urllib.request.Request(
        f"https://{os.environ['CLUSTER_ENDPOINT']}{path}",
        headers={"Authorization": f"Bearer {access_token()}"},
    )
    with urllib.request.urlopen(request, timeout=10, context=trust) as response:
        return json.load(response)
