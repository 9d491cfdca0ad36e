"""What a bucket holds, and objects of somebody else in it, by boto3: a client that is none of ours.

bucket.py make BUCKET            makes it
bucket.py put BUCKET NAME...     puts an object of each name
bucket.py list BUCKET            the SHA-256 of every object, by its name, as JSON
"""

import hashlib
import json
import sys

import boto3

s3 = boto3.client("s3", region_name="us-east-1")
task, bucket, *names = sys.argv[1:]
if task == "make":
    s3.create_bucket(Bucket=bucket)
elif task == "put":
    for name in names:
        s3.put_object(Bucket=bucket, Key=name, Body=name.encode())
elif task == "list":
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket)
    keys = [found["Key"] for page in pages for found in page.get("Contents", [])]
    read = lambda key: s3.get_object(Bucket=bucket, Key=key)["Body"].read()
    print(json.dumps({key: hashlib.sha256(read(key)).hexdigest() for key in keys}))
