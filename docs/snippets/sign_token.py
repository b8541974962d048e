import base64
import hashlib
import hmac
import json
import os
import time


def encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def sign(claims: dict, secret: bytes) -> str:
    head = encode(json.dumps({"alg": "HS256", "typ": "JWT"}).encode())
    body = encode(json.dumps(claims, ensure_ascii=False).encode())
    mac = hmac.new(secret, f"{head}.{body}".encode(), hashlib.sha256)
    return f"{head}.{body}.{encode(mac.digest())}"


now = int(time.time())
print(
    sign(
        {
            "iss": "https://portal.example.gov.cn",
            "aud": "minqing",
            "sub": "u-20391",
            "name": "陈立军",
            "title": "驻村干部",
            "iat": now,
            "exp": now + 900,
            "grants": [{"role": "villageOfficer", "area": "330683100201"}],
        },
        os.environ["MQ_SECRET"].encode(),
    )
)
